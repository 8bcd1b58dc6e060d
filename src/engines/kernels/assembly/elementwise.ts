import { tanh4 } from '../../compiled/assembly/math';

/** y = tanh x, number by number. */
export function tanh(x: usize, y: usize, count: i32): void {
  const bytes = <usize>count << 2;
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(y + at, tanh4(v128.load(x + at)));
  for (; at < bytes; at += 4) store<f32>(y + at, f32x4.extract_lane(tanh4(v128.load32_splat(x + at)), 0));
}

/** y = x, but at least `least` and at most `most`; NaN stays. */
export function clip(x: usize, y: usize, count: i32, least: f32, most: f32): void {
  const bytes = <usize>count << 2;
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(y + at, clip4(v128.load(x + at), least, most));
  for (; at < bytes; at += 4) {
    store<f32>(y + at, f32x4.extract_lane(clip4(v128.load32_splat(x + at), least, most), 0));
  }
}

/** pmin and pmax keep a NaN that stands on the left. */
@inline
function clip4(x: v128, least: f32, most: f32): v128 {
  return f32x4.pmax(f32x4.pmin(x, f32x4.splat(most)), f32x4.splat(least));
}

/** y = the larger, or with `smaller` the smaller, of a and b, number by number; NaN if either is. A step of 0 takes one number of a or b for all. */
export function extreme(a: usize, aStep: usize, b: usize, bStep: usize, y: usize, count: i32, smaller: bool): void {
  const bytes = <usize>count << 2;
  for (let at: usize = 0; at < bytes; at += 4) {
    const p = load<f32>(a);
    const q = load<f32>(b);
    store<f32>(y + at, smaller ? min(p, q) : max(p, q));
    a += aStep;
    b += bStep;
  }
}

/** y = dy where x is positive, 0·dy where it is not, NaN where it is NaN. */
export function reluGradient(dy: usize, x: usize, y: usize, count: i32): void {
  const bytes = <usize>count << 2;
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(y + at, through(v128.load(dy + at), v128.load(x + at)));
  for (; at < bytes; at += 4) {
    const last = through(v128.load32_splat(dy + at), v128.load32_splat(x + at));
    store<f32>(y + at, f32x4.extract_lane(last, 0));
  }
}

@inline
function through(dy: v128, x: v128): v128 {
  const step = v128.and(f32x4.splat(1), f32x4.gt(x, f32x4.splat(0)));
  return f32x4.mul(dy, v128.bitselect(step, x, f32x4.eq(x, x)));
}
