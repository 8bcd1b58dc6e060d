import { addTo, clear, copy } from './copy';
import { fresh, multiply, multiplyPacked, onto, packAll, packedBytes, productScratch, tileBytes } from './product';

// Convolution of images [batch, height, width, channels] with filters [rows, columns, channels, filters] as a matrix product: the patch under the
// filter at each place of the output becomes a row of a matrix (im2col). Rows of places are handled a band at a time, whatever image
// they belong to, so that the matrix stays in the second-level cache.

/** Bytes of a band, at least one row of places. */
const bandBytes: i32 = 393216;

/** The sizes of a convolution, as the host writes them: 15 int32. */
@unmanaged
export class Shape {
  batch: i32;
  height: i32;
  width: i32;
  channels: i32;
  filterHeight: i32;
  filterWidth: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  strideY: i32;
  strideX: i32;
  padTop: i32;
  padLeft: i32;
  dilationY: i32;
  dilationX: i32;
}

@inline
function patchSize(s: Shape): i32 {
  return s.filterHeight * s.filterWidth * s.channels;
}

/** Whether each place of the output sees just its own place of the input. */
function pointwise(s: Shape): bool {
  return (
    (s.filterHeight == 1) & (s.filterWidth == 1) & (s.strideY == 1) & (s.strideX == 1) &&
    (s.height == s.outHeight) & (s.width == s.outWidth) & (s.padTop == 0) & (s.padLeft == 0)
  );
}

/** Rows of places in a band. */
function bandRows(s: Shape): i32 {
  const rowBytes = s.outWidth * patchSize(s) * 4;
  return max(1, min(bandBytes / max(rowBytes, 1), s.batch * s.outHeight));
}

/** Bytes of scratch memory that the functions below need. */
export function convolutionScratch(s: Shape): usize {
  const patch = patchSize(s);
  const places = pointwise(s) ? s.batch * s.outHeight * s.outWidth : bandRows(s) * s.outWidth;
  const matrix = pointwise(s) ? 0 : <usize>(places * patch) << 2;
  const products = max(
    max(packedBytes(patch, s.outChannels), packedBytes(s.outChannels, patch)),
    productScratch(places, s.outChannels),
  );
  return matrix + tileBytes + products;
}

/** y = convolution of x with the filter w, plus `bias` for each filter unless that is 0; negative results become 0 if `relu`. */
export function convolve(s: Shape, x: usize, w: usize, bias: usize, y: usize, relu: bool, scratch: usize): void {
  const patch = patchSize(s);
  const n = s.outChannels;
  const tile = scratch;
  const packed = tile + tileBytes;
  const matrix = packed + packedBytes(patch, n);
  packAll(w, <usize>n << 2, 4, patch, n, packed);
  const rows = s.batch * s.outHeight;
  const direct = pointwise(s);
  const band = bandRows(s);
  for (let row = 0; row < rows; row += band) {
    const count = min(band, rows - row);
    const places = count * s.outWidth;
    let a = x + (<usize>(row * s.outWidth * patch) << 2);
    if (!direct) {
      patches(s, x, row, count, matrix);
      a = matrix;
    }
    const c = y + (<usize>(row * s.outWidth * n) << 2);
    multiplyPacked(a, <usize>patch << 2, 4, packed, c, <usize>n << 2, places, patch, n, fresh, bias, tile);
    if (relu) rectify(c, <usize>(places * n) << 2);
  }
}

function rectify(at: usize, bytes: usize): void {
  const zero = f32x4.splat(0);
  const end = at + bytes;
  for (; at + 16 <= end; at += 16) v128.store(at, f32x4.pmax(v128.load(at), zero));
  for (; at < end; at += 4) {
    if (load<f32>(at) < 0) store<f32>(at, 0);
  }
}

/** dw = gradient for the filter, from x and the gradient dy of the output. */
export function convolveFilterGradient(s: Shape, x: usize, dy: usize, dw: usize, scratch: usize): void {
  const patch = patchSize(s);
  const n = s.outChannels;
  const rows = s.batch * s.outHeight;
  const stride = <usize>patch << 2;
  if (pointwise(s)) {
    multiply(x, 4, stride, dy, <usize>n << 2, 4, dw, <usize>n << 2, patch, rows * s.outWidth, n, fresh, scratch);
    return;
  }
  const band = bandRows(s);
  const matrix = scratch + productScratch(band * s.outWidth, n);
  if (rows == 0) clear(dw, <usize>(patch * n) << 2);
  for (let row = 0; row < rows; row += band) {
    const count = min(band, rows - row);
    patches(s, x, row, count, matrix);
    const places = count * s.outWidth;
    const from = dy + (<usize>(row * s.outWidth * n) << 2);
    const mode = row == 0 ? fresh : onto;
    multiply(matrix, 4, stride, from, <usize>n << 2, 4, dw, <usize>n << 2, patch, places, n, mode, scratch);
  }
}

/** dx = gradient for x, from the filter and the gradient dy of the output. It is also the convolution transposed. */
export function convolveInputGradient(s: Shape, dy: usize, w: usize, dx: usize, scratch: usize): void {
  const patch = patchSize(s);
  const n = s.outChannels;
  const tile = scratch;
  const packed = tile + tileBytes;
  const matrix = packed + packedBytes(n, patch);
  packAll(w, 4, <usize>n << 2, n, patch, packed);
  const rows = s.batch * s.outHeight;
  const direct = pointwise(s);
  if (!direct) clear(dx, <usize>(s.batch * s.height * s.width * s.channels) << 2);
  const band = bandRows(s);
  for (let row = 0; row < rows; row += band) {
    const count = min(band, rows - row);
    const places = count * s.outWidth;
    const a = dy + (<usize>(row * s.outWidth * n) << 2);
    const c = direct ? dx + (<usize>(row * s.outWidth * patch) << 2) : matrix;
    multiplyPacked(a, <usize>n << 2, 4, packed, c, <usize>patch << 2, places, n, patch, fresh, 0, tile);
    if (!direct) addPatches(s, matrix, row, count, dx);
  }
}

/** Write the patches under `count` rows of places, one matrix row a place. */
function patches(s: Shape, x: usize, row: i32, count: i32, to: usize): void {
  const pixel = <usize>s.channels << 2;
  const line = <usize>(s.filterWidth * s.channels) << 2;
  const rowBytes = <usize>s.width * pixel;
  for (let r = row; r < row + count; r++) {
    const image = x + <usize>(r / s.outHeight) * (<usize>s.height * rowBytes);
    const top = (r % s.outHeight) * s.strideY - s.padTop;
    for (let ox = 0; ox < s.outWidth; ox++) {
      const left = ox * s.strideX - s.padLeft;
      for (let fy = 0; fy < s.filterHeight; fy++) {
        const y = top + fy * s.dilationY;
        if (<u32>y >= <u32>s.height) {
          clear(to, line);
          to += line;
          continue;
        }
        const from = image + <usize>y * rowBytes;
        if (s.dilationX == 1) {
          const before = max(0, -left);
          const end = min(s.filterWidth, s.width - left);
          if (before == 0 && end == s.filterWidth) {
            copy(to, from + <usize>left * pixel, line);
          } else if (before >= end) {
            clear(to, line);
          } else {
            const first = <usize>before * pixel;
            clear(to, first);
            copy(to + first, from + <usize>(left + before) * pixel, <usize>(end - before) * pixel);
            clear(to + <usize>end * pixel, <usize>(s.filterWidth - end) * pixel);
          }
          to += line;
        } else {
          for (let fx = 0; fx < s.filterWidth; fx++) {
            const xx = left + fx * s.dilationX;
            if (<u32>xx < <u32>s.width) copy(to, from + <usize>xx * pixel, pixel);
            else clear(to, pixel);
            to += pixel;
          }
        }
      }
    }
  }
}

/** Add a matrix of patches to the places of dx that they were taken from. */
function addPatches(s: Shape, from: usize, row: i32, count: i32, dx: usize): void {
  const pixel = <usize>s.channels << 2;
  const line = <usize>(s.filterWidth * s.channels) << 2;
  const rowBytes = <usize>s.width * pixel;
  for (let r = row; r < row + count; r++) {
    const image = dx + <usize>(r / s.outHeight) * (<usize>s.height * rowBytes);
    const top = (r % s.outHeight) * s.strideY - s.padTop;
    for (let ox = 0; ox < s.outWidth; ox++) {
      const left = ox * s.strideX - s.padLeft;
      for (let fy = 0; fy < s.filterHeight; fy++) {
        const y = top + fy * s.dilationY;
        if (<u32>y < <u32>s.height) {
          const to = image + <usize>y * rowBytes;
          if (s.dilationX == 1) {
            const before = max(0, -left);
            const end = min(s.filterWidth, s.width - left);
            if (before < end) {
              addTo(to + <usize>(left + before) * pixel, from + <usize>before * pixel, <usize>(end - before) * pixel);
            }
          } else {
            for (let fx = 0; fx < s.filterWidth; fx++) {
              const xx = left + fx * s.dilationX;
              if (<u32>xx < <u32>s.width) addTo(to + <usize>xx * pixel, from + <usize>fx * pixel, pixel);
            }
          }
        }
        from += line;
      }
    }
  }
}
