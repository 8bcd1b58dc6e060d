import { clear } from './copy';
import { Shape } from './convolution';

// Pooling of [batch, height, width, channels]; `outChannels` equals `channels`. Places of the padding do not count.

/** Largest of each window, NaN if there is one in it. */
export function maxPool(s: Shape, x: usize, y: usize): void {
  const pixel = (<usize>s.channels) << 2;
  for (let image = 0; image < s.batch; image++) {
    const from = x + <usize>(image * s.height * s.width) * pixel;
    for (let oy = 0; oy < s.outHeight; oy++) {
      for (let ox = 0; ox < s.outWidth; ox++) {
        const top = oy * s.strideY - s.padTop;
        const left = ox * s.strideX - s.padLeft;
        let at: usize = 0;
        for (; at + 16 <= pixel; at += 16) {
          let best = f32x4.splat(-Infinity);
          for (let fy = max(0, -top); fy < min(s.filterHeight, s.height - top); fy++) {
            for (let fx = max(0, -left); fx < min(s.filterWidth, s.width - left); fx++) {
              const value = v128.load(from + <usize>((top + fy) * s.width + left + fx) * pixel + at);
              best = f32x4.max(value, best);
            }
          }
          v128.store(y + at, best);
        }
        for (; at < pixel; at += 4) {
          let best: f32 = -Infinity;
          for (let fy = max(0, -top); fy < min(s.filterHeight, s.height - top); fy++) {
            for (let fx = max(0, -left); fx < min(s.filterWidth, s.width - left); fx++) {
              const value = load<f32>(from + <usize>((top + fy) * s.width + left + fx) * pixel + at);
              best = max(value, best);
            }
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
  const pixel = (<usize>s.channels) << 2;
  clear(dx, <usize>(s.batch * s.height * s.width) * pixel);
  for (let image = 0; image < s.batch; image++) {
    const base = <usize>(image * s.height * s.width) * pixel;
    for (let oy = 0; oy < s.outHeight; oy++) {
      for (let ox = 0; ox < s.outWidth; ox++) {
        const top = oy * s.strideY - s.padTop;
        const left = ox * s.strideX - s.padLeft;
        const y0 = max(0, top);
        const y1 = min(s.height, top + s.filterHeight);
        const x0 = max(0, left);
        const x1 = min(s.width, left + s.filterWidth);
        let at: usize = 0;
        for (; at + 16 <= pixel; at += 16) {
          let best = f32x4.splat(-Infinity);
          let where = i32x4.splat(-1);
          for (let yy = y0; yy < y1; yy++) {
            for (let xx = x0; xx < x1; xx++) {
              const place = yy * s.width + xx;
              const value = v128.load(x + base + <usize>place * pixel + at);
              const larger = f32x4.gt(value, best);
              best = v128.bitselect(value, best, larger);
              where = v128.bitselect(i32x4.splat(place), where, larger);
            }
          }
          const d = v128.load(dy + at);
          for (let yy = y0; yy < y1; yy++) {
            for (let xx = x0; xx < x1; xx++) {
              const place = yy * s.width + xx;
              const to = dx + base + <usize>place * pixel + at;
              const part = v128.and(d, i32x4.eq(where, i32x4.splat(place)));
              v128.store(to, f32x4.add(v128.load(to), part));
            }
          }
        }
        for (; at < pixel; at += 4) {
          let best: f32 = -Infinity;
          let where = -1;
          for (let yy = y0; yy < y1; yy++) {
            for (let xx = x0; xx < x1; xx++) {
              const place = yy * s.width + xx;
              const value = load<f32>(x + base + <usize>place * pixel + at);
              if (value > best) {
                best = value;
                where = place;
              }
            }
          }
          if (where >= 0) {
            const to = dx + base + <usize>where * pixel + at;
            store<f32>(to, load<f32>(to) + load<f32>(dy + at));
          }
        }
        dy += pixel;
      }
    }
  }
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
