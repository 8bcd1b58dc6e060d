import { clear } from './copy';
import { Shape } from './convolution';

// Pooling of [batch, height, width, channels]; `outChannels` equals `channels`. Places of the padding do not count.

/** Largest of each window, NaN if there is one in it. */
export function maxPool(s: Shape, x: usize, y: usize): void {
  const pixel = <usize>s.channels << 2;
  const rowBytes = <usize>s.width * pixel;
  for (let image = 0; image < s.batch; image++) {
    const from = x + <usize>image * (<usize>s.height * rowBytes);
    for (let oy = 0; oy < s.outHeight; oy++) {
      const top = oy * s.strideY - s.padTop;
      const y0 = from + <usize>max(0, top) * rowBytes;
      const y1 = from + <usize>min(s.height, top + s.filterHeight) * rowBytes;
      for (let ox = 0; ox < s.outWidth; ox++) {
        const left = ox * s.strideX - s.padLeft;
        const x0 = <usize>max(0, left) * pixel;
        const x1 = <usize>min(s.width, left + s.filterWidth) * pixel;
        let at: usize = 0;
        for (; at + 16 <= pixel; at += 16) {
          let best = f32x4.splat(-Infinity);
          for (let row = y0 + at; row < y1; row += rowBytes) {
            for (let p = row + x0; p < row + x1; p += pixel) best = f32x4.max(v128.load(p), best);
          }
          v128.store(y + at, best);
        }
        for (; at < pixel; at += 4) {
          let best: f32 = -Infinity;
          for (let row = y0 + at; row < y1; row += rowBytes) {
            for (let p = row + x0; p < row + x1; p += pixel) best = max(load<f32>(p), best);
          }
          store<f32>(y + at, best);
        }
        y += pixel;
      }
    }
  }
}

/** dx = gradient for x: each window's gradient goes to the first of its largest places. */
export function maxPoolGradient(s: Shape, x: usize, dy: usize, dx: usize): void {
  const pixel = <usize>s.channels << 2;
  const rowBytes = <usize>s.width * pixel;
  const imageBytes = <usize>s.height * rowBytes;
  const step = <i32>rowBytes;
  for (let image = 0; image < s.batch; image++) {
    clear(dx, imageBytes);
    for (let oy = 0; oy < s.outHeight; oy++) {
      const top = oy * s.strideY - s.padTop;
      const y0 = <i32>rowBytes * max(0, top);
      const y1 = <i32>rowBytes * min(s.height, top + s.filterHeight);
      for (let ox = 0; ox < s.outWidth; ox++) {
        const left = ox * s.strideX - s.padLeft;
        const x0 = <i32>pixel * max(0, left);
        const x1 = <i32>pixel * min(s.width, left + s.filterWidth);
        let at: usize = 0;
        for (; at + 16 <= pixel; at += 16) {
          let best = f32x4.splat(-Infinity);
          // Places are offsets within the image.
          let where = i32x4.splat(-1);
          for (let row = y0; row < y1; row += step) {
            for (let place = row + x0; place < row + x1; place += <i32>pixel) {
              const value = v128.load(x + at + <usize>place);
              const larger = f32x4.gt(value, best);
              best = f32x4.pmax(best, value);
              where = v128.bitselect(i32x4.splat(place), where, larger);
            }
          }
          const to = dx + at;
          toPlace(to, i32x4.extract_lane(where, 0), dy + at);
          toPlace(to + 4, i32x4.extract_lane(where, 1), dy + at + 4);
          toPlace(to + 8, i32x4.extract_lane(where, 2), dy + at + 8);
          toPlace(to + 12, i32x4.extract_lane(where, 3), dy + at + 12);
        }
        for (; at < pixel; at += 4) {
          let best: f32 = -Infinity;
          let where = -1;
          for (let row = y0; row < y1; row += step) {
            for (let place = row + x0; place < row + x1; place += <i32>pixel) {
              const value = load<f32>(x + at + <usize>place);
              if (value > best) {
                best = value;
                where = place;
              }
            }
          }
          toPlace(dx + at, where, dy + at);
        }
        dy += pixel;
      }
    }
    x += imageBytes;
    dx += imageBytes;
  }
}

/** Add the number at `from` to the one at a place; −1 is none, where all are NaN. */
@inline
function toPlace(to: usize, place: i32, from: usize): void {
  if (place < 0) return;
  const at = to + <usize>place;
  store<f32>(at, load<f32>(at) + load<f32>(from));
}

/** Mean of each window. */
export function averagePool(s: Shape, x: usize, y: usize): void {
  const pixel = (<usize>s.channels) << 2;
  for (let image = 0; image < s.batch; image++) {
    const from = x + <usize>(image * s.height * s.width) * pixel;
    for (let oy = 0; oy < s.outHeight; oy++) {
      for (let ox = 0; ox < s.outWidth; ox++) {
        const top = oy * s.strideY - s.padTop;
        const left = ox * s.strideX - s.padLeft;
        const y0 = max(0, top);
        const y1 = min(s.height, top + s.filterHeight);
        const x0 = max(0, left);
        const x1 = min(s.width, left + s.filterWidth);
        const share: f32 = <f32>1 / <f32>((y1 - y0) * (x1 - x0));
        let at: usize = 0;
        for (; at + 16 <= pixel; at += 16) {
          let sum = f32x4.splat(0);
          for (let yy = y0; yy < y1; yy++) {
            for (let xx = x0; xx < x1; xx++) {
              sum = f32x4.add(sum, v128.load(from + <usize>(yy * s.width + xx) * pixel + at));
            }
          }
          v128.store(y + at, f32x4.mul(sum, f32x4.splat(share)));
        }
        for (; at < pixel; at += 4) {
          let sum: f32 = 0;
          for (let yy = y0; yy < y1; yy++) {
            for (let xx = x0; xx < x1; xx++) sum += load<f32>(from + <usize>(yy * s.width + xx) * pixel + at);
          }
          store<f32>(y + at, sum * share);
        }
        y += pixel;
      }
    }
  }
}

/** dx = gradient for x: each place of a window gets its share. */
export function averagePoolGradient(s: Shape, dy: usize, dx: usize): void {
  const pixel = (<usize>s.channels) << 2;
  clear(dx, <usize>(s.batch * s.height * s.width) * pixel);
  for (let image = 0; image < s.batch; image++) {
    const to = dx + <usize>(image * s.height * s.width) * pixel;
    for (let oy = 0; oy < s.outHeight; oy++) {
      for (let ox = 0; ox < s.outWidth; ox++) {
        const top = oy * s.strideY - s.padTop;
        const left = ox * s.strideX - s.padLeft;
        const y0 = max(0, top);
        const y1 = min(s.height, top + s.filterHeight);
        const x0 = max(0, left);
        const x1 = min(s.width, left + s.filterWidth);
        const share: f32 = <f32>1 / <f32>((y1 - y0) * (x1 - x0));
        for (let yy = y0; yy < y1; yy++) {
          for (let xx = x0; xx < x1; xx++) {
            const p = to + <usize>(yy * s.width + xx) * pixel;
            let at: usize = 0;
            for (; at + 16 <= pixel; at += 16) {
              const part = f32x4.mul(v128.load(dy + at), f32x4.splat(share));
              v128.store(p + at, f32x4.add(v128.load(p + at), part));
            }
            for (; at < pixel; at += 4) store<f32>(p + at, load<f32>(p + at) + load<f32>(dy + at) * share);
          }
        }
        dy += pixel;
      }
    }
  }
}
