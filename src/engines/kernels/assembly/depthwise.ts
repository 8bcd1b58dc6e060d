import { clear } from './copy';
import { Shape } from './convolution';

// Depthwise convolution: each channel has `multiplier` filters of its own, and those filters' outputs stand side by side. Filters are
// [rows, columns, channels, multiplier].

/** y = depthwise convolution of x with the filter w. */
export function depthwise(s: Shape, x: usize, w: usize, y: usize): void {
  const outPixel = <usize>s.outChannels << 2;
  const pixel = <usize>s.channels << 2;
  const multiplier = s.outChannels / s.channels;
  clear(y, <usize>(s.batch * s.outHeight * s.outWidth) * outPixel);
  for (let image = 0; image < s.batch; image++) {
    for (let oy = 0; oy < s.outHeight; oy++) {
      const top = oy * s.strideY - s.padTop;
      for (let ox = 0; ox < s.outWidth; ox++) {
        const left = ox * s.strideX - s.padLeft;
        for (let fy = 0; fy < s.filterHeight; fy++) {
          const yy = top + fy * s.dilationY;
          if (<u32>yy >= <u32>s.height) continue;
          for (let fx = 0; fx < s.filterWidth; fx++) {
            const xx = left + fx * s.dilationX;
            if (<u32>xx >= <u32>s.width) continue;
            const p = x + <usize>((image * s.height + yy) * s.width + xx) * pixel;
            const q = w + <usize>(fy * s.filterWidth + fx) * outPixel;
            if (multiplier == 1) addProducts(y, p, q, pixel);
            else spread(p, y, q, s.channels, multiplier);
          }
        }
        y += outPixel;
      }
    }
  }
}

/** dx = gradient for x, or with `forFilter` dw = gradient for the filter w; from the other one and the gradient dy of the output. */
export function depthwiseGradient(s: Shape, x: usize, w: usize, dy: usize, forFilter: bool): void {
  const outPixel = (<usize>s.outChannels) << 2;
  const pixel = (<usize>s.channels) << 2;
  const multiplier = s.outChannels / s.channels;
  if (forFilter) clear(w, <usize>(s.filterHeight * s.filterWidth) * outPixel);
  else clear(x, <usize>(s.batch * s.height * s.width) * pixel);
  for (let image = 0; image < s.batch; image++) {
    for (let oy = 0; oy < s.outHeight; oy++) {
      const top = oy * s.strideY - s.padTop;
      for (let ox = 0; ox < s.outWidth; ox++) {
        const left = ox * s.strideX - s.padLeft;
        for (let fy = 0; fy < s.filterHeight; fy++) {
          const y = top + fy * s.dilationY;
          if (<u32>y >= <u32>s.height) continue;
          for (let fx = 0; fx < s.filterWidth; fx++) {
            const xx = left + fx * s.dilationX;
            if (<u32>xx >= <u32>s.width) continue;
            const p = x + <usize>((image * s.height + y) * s.width + xx) * pixel;
            const q = w + <usize>(fy * s.filterWidth + fx) * outPixel;
            if (multiplier == 1) {
              if (forFilter) addProducts(q, p, dy, pixel);
              else addProducts(p, q, dy, pixel);
            } else if (forFilter) {
              spread(p, q, dy, s.channels, multiplier);
            } else {
              gather(p, q, dy, s.channels, multiplier);
            }
          }
        }
        dy += outPixel;
      }
    }
  }
}

/** to += a·b, number by number. */
function addProducts(to: usize, a: usize, b: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.mul(v128.load(a + at), v128.load(b + at))));
  }
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(to + at) + load<f32>(a + at) * load<f32>(b + at));
}

/** Each of `multiplier` numbers a channel of `to` += the channel's number of x · that of `by`. */
function spread(x: usize, to: usize, by: usize, channels: i32, multiplier: i32): void {
  for (let channel = 0; channel < channels; channel++) {
    const value = load<f32>(x);
    for (let i = 0; i < multiplier; i++) {
      store<f32>(to, load<f32>(to) + value * load<f32>(by));
      to += 4;
      by += 4;
    }
    x += 4;
  }
}

function gather(dx: usize, w: usize, dy: usize, channels: i32, multiplier: i32): void {
  for (let channel = 0; channel < channels; channel++) {
    let sum = load<f32>(dx);
    for (let i = 0; i < multiplier; i++) {
      sum += load<f32>(w) * load<f32>(dy);
      w += 4;
      dy += 4;
    }
    store<f32>(dx, sum);
    dx += 4;
  }
}
