import { tanh4 } from '../../compiled/assembly/math';

/** y = tanh x, number by number. */
export function tanh(x: usize, y: usize, count: i32): void {
  const bytes = <usize>count << 2;
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(y + at, tanh4(v128.load(x + at)));
  for (; at < bytes; at += 4) store<f32>(y + at, f32x4.extract_lane(tanh4(v128.load32_splat(x + at)), 0));
}
