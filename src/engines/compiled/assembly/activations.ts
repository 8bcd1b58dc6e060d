import { exp4, sigmoid4, splat, sum1, tanh4 } from './math';

export const LINEAR: i32 = 0;
export const RELU: i32 = 1;
export const SIGMOID: i32 = 2;
export const TANH: i32 = 3;
export const SOFTMAX: i32 = 4;
export const ELU: i32 = 5;
export const SELU: i32 = 6;

const SELU_SCALE: f32 = 1.0507009873554805;
const SELU_SCALE_ALPHA: f32 = 1.7580993408473768;

/** y = f(y) over `bytes` bytes of whole rows. `outputs` and `stride` matter to softmax alone. */
export function activate(kind: i32, y: usize, bytes: usize, outputs: i32, stride: usize): void {
  const end = y + bytes;
  const zero = splat(0);
  const one = splat(1);
  switch (kind) {
    case RELU: {
      // pmax keeps NaN, as relu must.
      for (; y < end; y += 16) v128.store(y, f32x4.pmax(v128.load(y), zero));
      return;
    }
    case SIGMOID: {
      for (; y < end; y += 16) v128.store(y, sigmoid4(v128.load(y)));
      return;
    }
    case TANH: {
      for (; y < end; y += 16) v128.store(y, tanh4(v128.load(y)));
      return;
    }
    case ELU: {
      for (; y < end; y += 16) {
        const x = v128.load(y);
        v128.store(y, v128.bitselect(x, f32x4.sub(exp4(x), one), f32x4.ge(x, zero)));
      }
      return;
    }
    case SELU: {
      const scale = splat(SELU_SCALE);
      const scaleAlpha = splat(SELU_SCALE_ALPHA);
      for (; y < end; y += 16) {
        const x = v128.load(y);
        const below = f32x4.mul(scaleAlpha, f32x4.sub(exp4(x), one));
        v128.store(y, v128.bitselect(f32x4.mul(scale, x), below, f32x4.ge(x, zero)));
      }
      return;
    }
    case SOFTMAX: {
      for (; y < end; y += stride) softmax(y, outputs, stride);
      return;
    }
  }
}

function softmax(y: usize, outputs: i32, stride: usize): void {
  const last = y + (<usize>outputs << 2);
  const end = y + stride;
  for (let p = last; p < end; p += 4) store<f32>(p, -Infinity);
  // A NaN that pmax passes over makes the sum NaN, and so the whole row.
  let top = v128.load(y);
  for (let p = y + 16; p < end; p += 16) top = f32x4.pmax(top, v128.load(p));
  const max = max2(
    max2(f32x4.extract_lane(top, 0), f32x4.extract_lane(top, 1)),
    max2(f32x4.extract_lane(top, 2), f32x4.extract_lane(top, 3)),
  );
  let sum = splat(0);
  for (let p = y; p < end; p += 16) {
    const e = exp4(f32x4.sub(v128.load(p), splat(max)));
    v128.store(p, e);
    sum = f32x4.add(sum, e);
  }
  const total = splat(sum1(sum));
  for (let p = y; p < end; p += 16) v128.store(p, f32x4.div(v128.load(p), total));
}

@inline
function max2(a: f32, b: f32): f32 {
  return max<f32>(a, b);
}

/** d = d · f'(x), where y = f(x), over `bytes` bytes of whole rows. */
export function derive(kind: i32, y: usize, d: usize, bytes: usize, stride: usize): void {
  const end = y + bytes;
  const zero = splat(0);
  const one = splat(1);
  switch (kind) {
    case RELU: {
      for (; y < end; y += 16, d += 16) {
        v128.store(d, v128.andnot(v128.load(d), f32x4.le(v128.load(y), zero)));
      }
      return;
    }
    case SIGMOID: {
      for (; y < end; y += 16, d += 16) {
        const s = v128.load(y);
        v128.store(d, f32x4.mul(v128.load(d), f32x4.mul(s, f32x4.sub(one, s))));
      }
      return;
    }
    case TANH: {
      for (; y < end; y += 16, d += 16) {
        const t = v128.load(y);
        v128.store(d, f32x4.mul(v128.load(d), f32x4.sub(one, f32x4.mul(t, t))));
      }
      return;
    }
    case ELU: {
      for (; y < end; y += 16, d += 16) {
        const e = v128.load(y);
        const slope = v128.bitselect(one, f32x4.add(e, one), f32x4.ge(e, zero));
        v128.store(d, f32x4.mul(v128.load(d), slope));
      }
      return;
    }
    case SELU: {
      const scale = splat(SELU_SCALE);
      const scaleAlpha = splat(SELU_SCALE_ALPHA);
      for (; y < end; y += 16, d += 16) {
        const e = v128.load(y);
        const slope = v128.bitselect(scale, f32x4.add(e, scaleAlpha), f32x4.gt(e, zero));
        v128.store(d, f32x4.mul(v128.load(d), slope));
      }
      return;
    }
    case SOFTMAX: {
      for (; y < end; y += stride, d += stride) {
        let sum = zero;
        for (let o: usize = 0; o < stride; o += 16) {
          sum = f32x4.add(sum, f32x4.mul(v128.load(y + o), v128.load(d + o)));
        }
        const dot = splat(sum1(sum));
        for (let o: usize = 0; o < stride; o += 16) {
          v128.store(d + o, f32x4.mul(v128.load(y + o), f32x4.sub(v128.load(d + o), dot)));
        }
      }
      return;
    }
  }
}
