import { splat } from './math';

/** y = x · mask, where each mask value is 0 with probability `rate` and 1 / (1 - rate) otherwise. */
export function dropout(x: usize, y: usize, mask: usize, bytes: usize, rate: f32, state: usize): void {
  const keep = splat(<f32>1 / (<f32>1 - rate));
  const edge = splat(rate);
  for (let o: usize = 0; o < bytes; o += 16) {
    const m = v128.and(keep, f32x4.ge(uniform4(state), edge));
    v128.store(mask + o, m);
    v128.store(y + o, f32x4.mul(v128.load(x + o), m));
  }
}

/** Four uniform numbers in [0, 1) of 24 bits: four xoshiro128++ generators (Blackman and Vigna) side by side. */
function uniform4(state: usize): v128 {
  const s0 = v128.load(state);
  const s1 = v128.load(state, 16);
  const s2 = v128.load(state, 32);
  const s3 = v128.load(state, 48);
  const result = i32x4.add(rotate(i32x4.add(s0, s3), 7), s0);
  const t2 = v128.xor(s2, s0);
  const t3 = v128.xor(s3, s1);
  v128.store(state, v128.xor(s0, t3));
  v128.store(state, v128.xor(s1, t2), 16);
  v128.store(state, v128.xor(t2, i32x4.shl(s1, 9)), 32);
  v128.store(state, rotate(t3, 11), 48);
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(result, 8)), splat(5.9604644775390625e-8));
}

@inline
function rotate(v: v128, by: i32): v128 {
  return v128.or(i32x4.shl(v, by), i32x4.shr_u(v, 32 - by));
}
