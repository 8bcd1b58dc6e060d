import { addTo, clear, copy } from './copy';

/** Copy runs of `bytes`, n0·n1·n2·n3 of them, that stand the given strides apart, one after the other. */
export function copyRuns(
  from: usize,
  to: usize,
  bytes: usize,
  n0: i32,
  s0: usize,
  n1: i32,
  s1: usize,
  n2: i32,
  s2: usize,
  n3: i32,
  s3: usize,
): void {
  for (let a = 0; a < n0; a++) {
    for (let b = 0; b < n1; b++) {
      for (let c = 0; c < n2; c++) {
        for (let d = 0; d < n3; d++) {
          copy(to, from + <usize>a * s0 + <usize>b * s1 + <usize>c * s2 + <usize>d * s3, bytes);
          to += bytes;
        }
      }
    }
  }
}

/** The first of `count` int32 indices that is not within 0 … size − 1; −1 if all are. */
export function firstOutside(indices: usize, count: i32, size: i32): i32 {
  for (let i = 0; i < count; i++) {
    if (<u32>load<i32>(indices + ((<usize>i) << 2)) >= <u32>size) return i;
  }
  return -1;
}

/** Rows of `bytes` by index: [batch, outer, size, bytes] and [batch, count] give [batch, outer, count, bytes]. */
export function gatherRows(
  from: usize,
  indices: usize,
  to: usize,
  batch: i32,
  outer: i32,
  size: i32,
  count: i32,
  bytes: usize,
): void {
  for (let b = 0; b < batch; b++) {
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < count; i++) {
        copy(to, from + <usize>load<i32>(indices + ((<usize>i) << 2)) * bytes, bytes);
        to += bytes;
      }
      from += <usize>size * bytes;
    }
    indices += (<usize>count) << 2;
  }
}

/** Add each of `count` float rows of `bytes` to the row of `to` that its index names; indices outside 0 … size − 1 are left out. */
export function sumSegments(
  from: usize,
  indices: usize,
  to: usize,
  count: i32,
  size: i32,
  bytes: usize,
): void {
  clear(to, <usize>size * bytes);
  for (let i = 0; i < count; i++) {
    const index = load<i32>(indices + ((<usize>i) << 2));
    if (<u32>index < <u32>size) addTo(to + <usize>index * bytes, from, bytes);
    from += bytes;
  }
}

/** Rows summed in one go: they stay in the first-level cache, and rounding errors grow with their number only. */
const rowsAtOnce: i32 = 64;

/** Sums over the middle axis of [outer, count, inner] floats, times `scale`. */
export function sumMiddle(from: usize, to: usize, outer: i32, count: i32, inner: i32, scale: f32): void {
  const bytes = (<usize>inner) << 2;
  for (let o = 0; o < outer; o++) {
    clear(to, bytes);
    for (let first = 0; first < count; first += rowsAtOnce) {
      addRows(from, to, min(rowsAtOnce, count - first), bytes);
      from += <usize>min(rowsAtOnce, count - first) * bytes;
    }
    if (scale != 1) {
      for (let at: usize = 0; at < bytes; at += 4) store<f32>(to + at, load<f32>(to + at) * scale);
    }
    to += bytes;
  }
}

function addRows(from: usize, to: usize, rows: i32, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    let even = f32x4.splat(0);
    let odd = even;
    let p = from + at;
    let i = 0;
    for (; i + 2 <= rows; i += 2) {
      even = f32x4.add(even, v128.load(p));
      odd = f32x4.add(odd, v128.load(p + bytes));
      p += 2 * bytes;
    }
    if (i < rows) even = f32x4.add(even, v128.load(p));
    v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.add(even, odd)));
  }
  for (; at < bytes; at += 4) {
    let sum: f32 = 0;
    let p = from + at;
    for (let i = 0; i < rows; i++) {
      sum += load<f32>(p);
      p += bytes;
    }
    store<f32>(to + at, load<f32>(to + at) + sum);
  }
}

/** Sums of `outer` rows of `count` floats, times `scale`; added up in 64 bits. */
export function sumRows(from: usize, to: usize, outer: i32, count: i32, scale: f64): void {
  const bytes = (<usize>count) << 2;
  for (let o = 0; o < outer; o++) {
    let even = f64x2.splat(0);
    let odd = even;
    let at: usize = 0;
    for (; at + 16 <= bytes; at += 16) {
      const four = v128.load(from + at);
      even = f64x2.add(even, f64x2.promote_low_f32x4(four));
      odd = f64x2.add(odd, f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 2, 3, 0, 1)));
    }
    const both = f64x2.add(even, odd);
    let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
    for (; at < bytes; at += 4) sum += load<f32>(from + at);
    store<f32>(to, <f32>(sum * scale));
    from += bytes;
    to += 4;
  }
}

/** Nearest-neighbour resize: place (y, x) of the output is copied from place (rows[y], columns[x]) of the input. */
export function resizeNearest(
  x: usize,
  y: usize,
  rows: usize,
  columns: usize,
  batch: i32,
  height: i32,
  width: i32,
  outHeight: i32,
  outWidth: i32,
  channels: i32,
): void {
  const pixel = <usize>channels << 2;
  for (let image = 0; image < batch; image++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const row = x + <usize>((image * height + load<i32>(rows + (<usize>oy << 2))) * width) * pixel;
      for (let ox = 0; ox < outWidth; ox++) {
        copy(y, row + <usize>load<i32>(columns + (<usize>ox << 2)) * pixel, pixel);
        y += pixel;
      }
    }
  }
}

/** dx = its gradient: every place of dy adds to the place it was copied from. */
export function resizeNearestGradient(
  dy: usize,
  dx: usize,
  rows: usize,
  columns: usize,
  batch: i32,
  height: i32,
  width: i32,
  outHeight: i32,
  outWidth: i32,
  channels: i32,
): void {
  const pixel = <usize>channels << 2;
  clear(dx, <usize>(batch * height * width) * pixel);
  for (let image = 0; image < batch; image++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const row = dx + <usize>((image * height + load<i32>(rows + (<usize>oy << 2))) * width) * pixel;
      for (let ox = 0; ox < outWidth; ox++) {
        addTo(row + <usize>load<i32>(columns + (<usize>ox << 2)) * pixel, dy, pixel);
        dy += pixel;
      }
    }
  }
}

/** Repeat each of `outer` runs of `bytes` the given number of times. */
export function repeatRuns(from: usize, to: usize, outer: i32, bytes: usize, times: i32): void {
  for (let o = 0; o < outer; o++) {
    for (let t = 0; t < times; t++) {
      copy(to, from, bytes);
      to += bytes;
    }
    from += bytes;
  }
}
