import { splat } from '../../compiled/assembly/math';

// The functions of gates, for rows that are gone through once a step: about half the work of the trainer's, which are good to a unit in the last place
// and give the smallest numbers, and good to four units. The coefficients are least-squares fits, reweighted towards the smallest
// largest relative error.

/** 1 / (1 + e^-x) of four numbers, relative error below 2e-6, never below 1e-38; NaN stays. */
@inline
export function sigmoidGate(x: v128): v128 {
  // 2^y for y = -x·log₂e. pmin and pmax keep a NaN that stands on the left.
  let y = f32x4.mul(x, splat(-1.44269504088896341));
  y = f32x4.pmax(f32x4.pmin(y, splat(126)), splat(-126));
  // Added to a number of this size, y is rounded to a whole one, which with 127 stands in the lowest bits.
  const moved = f32x4.add(y, splat(12583039));
  const r = f32x4.sub(y, f32x4.sub(moved, splat(12583039)));
  let p = splat(0.0013264727);
  p = f32x4.add(f32x4.mul(p, r), splat(0.009671513));
  p = f32x4.add(f32x4.mul(p, r), splat(0.055507336));
  p = f32x4.add(f32x4.mul(p, r), splat(0.24022242));
  p = f32x4.add(f32x4.mul(p, r), splat(0.693147));
  p = f32x4.add(f32x4.mul(p, r), splat(1));
  return f32x4.div(splat(1), f32x4.add(splat(1), f32x4.mul(p, i32x4.shl(moved, 23))));
}

/** tanh of four numbers, relative error below 4e-7; NaN stays. */
@inline
export function tanhGate(x: v128): v128 {
  // Beyond 9, tanh is 1 to the last bit.
  x = f32x4.pmax(f32x4.pmin(x, splat(9)), splat(-9));
  const z = f32x4.mul(x, x);
  let p = splat(1.3354652e-8);
  p = f32x4.add(f32x4.mul(p, z), splat(2.0609074e-5));
  p = f32x4.add(f32x4.mul(p, z), splat(0.0034955875));
  p = f32x4.add(f32x4.mul(p, z), splat(0.13381025));
  p = f32x4.add(f32x4.mul(p, z), splat(1));
  let q = splat(7.776554e-7);
  q = f32x4.add(f32x4.mul(q, z), splat(3.285634e-4));
  q = f32x4.add(f32x4.mul(q, z), splat(0.02587698));
  q = f32x4.add(f32x4.mul(q, z), splat(0.46714342));
  q = f32x4.add(f32x4.mul(q, z), splat(1));
  const y = f32x4.div(f32x4.mul(x, p), q);
  return f32x4.pmax(f32x4.pmin(y, splat(1)), splat(-1));
}
