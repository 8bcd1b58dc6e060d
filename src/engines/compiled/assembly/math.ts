// Elementary functions from nothing but IEEE operations, so that every processor gives the same bits.
// The polynomials are those of Cephes (Moshier), single precision, good to about one unit in the last place.

@inline
export function splat(value: f32): v128 {
  return f32x4.splat(value);
}

/** base^n by squaring; n is not negative. */
export function power(base: f32, n: i32): f32 {
  let result: f32 = 1;
  for (; n > 0; n >>= 1) {
    if (n & 1) result *= base;
    base *= base;
  }
  return result;
}

/** e^x of four numbers; NaN stays, overflow is infinite, underflow gradual. */
@inline
export function exp4(x: v128): v128 {
  // pmin and pmax keep a NaN that stands on the left.
  x = f32x4.pmax(f32x4.pmin(x, splat(89)), splat(-104));
  // Adding 1.5 · 2^23 rounds to a whole number, which then stands in the lowest bits.
  const shifted = f32x4.add(f32x4.mul(x, splat(1.44269504088896341)), splat(12582912));
  const n = f32x4.sub(shifted, splat(12582912));
  let r = f32x4.sub(x, f32x4.mul(n, splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, splat(-2.12194440e-4)));
  let p = splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), splat(1));
  // 2^n in two factors, since n runs from -150 to 128.
  const e = i32x4.sub(shifted, i32x4.splat(0x4b400000));
  const half = i32x4.shr_s(e, 1);
  const first = i32x4.shl(i32x4.add(half, i32x4.splat(127)), 23);
  const second = i32x4.shl(i32x4.add(i32x4.sub(e, half), i32x4.splat(127)), 23);
  return f32x4.mul(f32x4.mul(p, first), second);
}

/** 1 / (1 + e^-x) of four numbers. */
export function sigmoid4(x: v128): v128 {
  return f32x4.div(splat(1), f32x4.add(splat(1), exp4(f32x4.neg(x))));
}

/** tanh of four numbers. */
export function tanh4(x: v128): v128 {
  const size = f32x4.abs(x);
  const z = f32x4.mul(x, x);
  let p = splat(-5.70498872745e-3);
  p = f32x4.add(f32x4.mul(p, z), splat(2.06390887954e-2));
  p = f32x4.add(f32x4.mul(p, z), splat(-5.37397155531e-2));
  p = f32x4.add(f32x4.mul(p, z), splat(1.33314422036e-1));
  p = f32x4.add(f32x4.mul(p, z), splat(-3.33332819422e-1));
  const near = f32x4.add(x, f32x4.mul(f32x4.mul(p, z), x));
  const far = f32x4.sub(
    splat(1),
    f32x4.div(splat(2), f32x4.add(exp4(f32x4.add(size, size)), splat(1))),
  );
  const sign = v128.and(x, i32x4.splat(0x80000000));
  return v128.bitselect(near, v128.or(far, sign), f32x4.lt(size, splat(0.625)));
}

/** Natural logarithm of a positive normal number; NaN stays. */
export function log1(x: f32): f32 {
  if (!(x < Infinity)) return x;
  let bits = reinterpret<i32>(x);
  let e = ((bits >> 23) & 255) - 126;
  let m = reinterpret<f32>((bits & 0x007fffff) | 0x3f000000);
  if (m < <f32>0.707106781186547524) {
    e -= 1;
    m = m + m - 1;
  } else {
    m = m - 1;
  }
  const z = m * m;
  let p: f32 = 7.0376836292e-2;
  p = p * m - <f32>1.1514610310e-1;
  p = p * m + <f32>1.1676998740e-1;
  p = p * m - <f32>1.2420140846e-1;
  p = p * m + <f32>1.4249322787e-1;
  p = p * m - <f32>1.6668057665e-1;
  p = p * m + <f32>2.0000714765e-1;
  p = p * m - <f32>2.4999993993e-1;
  p = p * m + <f32>3.3333331174e-1;
  const n = <f32>e;
  let y = p * m * z;
  y += n * <f32>-2.12194440e-4;
  y -= <f32>0.5 * z;
  return m + y + n * <f32>0.693359375;
}

/** The four sums a0+a1+a2+a3, b0+…, c0+…, d0+… as one vector. */
@inline
export function sum4(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

@inline
export function sum1(a: v128): f32 {
  return (
    f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 2) + (f32x4.extract_lane(a, 1) + f32x4.extract_lane(a, 3))
  );
}
