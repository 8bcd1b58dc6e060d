import { clear, copy } from './copy';

// Matrix products. The right factor is packed into panels of eight columns, filled up with zeros, in blocks of `depth` rows; a register
// tile is four rows of the left factor by one panel. Strides are in bytes. Scratch memory begins with room for one tile.

/** Rows of the right factor in a block; a panel of it takes 8 kB. */
export const depth: i32 = 256;

/** Rows of the left factor in a block: `depth` columns of them (32 kB) stay in the first-level cache. */
const height: i32 = 32;

/** Columns of the right factor packed at a time. */
const width: i32 = 512;

/** Bytes of a tile that sticks out, at the start of the scratch memory. */
export const tileBytes: usize = 128;

/** What the first block of a product adds to. */
export const fresh: i32 = 0;
export const onto: i32 = 1;

@inline
export function panelsOf(columns: i32): i32 {
  return (columns + 7) >> 3;
}

/** Bytes that `packAll` fills. */
export function packedBytes(k: i32, n: i32): usize {
  return <usize>(k * panelsOf(n)) << 5;
}

/** Bytes of scratch memory that `product` needs. */
export function productScratch(k: i32, n: i32): usize {
  return tileBytes + packedBytes(min(k, depth), min(n, width));
}

/** Pack `k` rows of `n` columns: element (i, j) stands at b + i·bi + j·bj. */
function pack(b: usize, bi: usize, bj: usize, k: i32, n: i32, to: usize): void {
  for (let j = 0; j < n; j += 8) {
    const columns = min(8, n - j);
    let from = b + <usize>j * bj;
    if (columns == 8 && bj == 4) {
      for (let i = 0; i < k; i++) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
        from += bi;
        to += 32;
      }
    } else {
      for (let i = 0; i < k; i++) {
        let p = from;
        for (let column = 0; column < columns; column++) {
          store<f32>(to + (<usize>column << 2), load<f32>(p));
          p += bj;
        }
        for (let column = columns; column < 8; column++) store<f32>(to + (<usize>column << 2), 0);
        from += bi;
        to += 32;
      }
    }
  }
}

/** Pack all of a right factor, for `multiplyPacked`. */
export function packAll(b: usize, bi: usize, bj: usize, k: i32, n: i32, to: usize): void {
  for (let at = 0; at < k; at += depth) {
    const rows = min(depth, k - at);
    pack(b + <usize>at * bi, bi, bj, rows, n, to);
    to += packedBytes(rows, n);
  }
}

/**
 * c = a·b, or c += a·b with `mode` onto, for a packed b. Element (i, l) of a stands at a + i·ai + l·al, where ai or al is 4; c has rows of
 * stride ci. A fresh product adds `bias`, unless that is 0.
 */
export function multiplyPacked(
  a: usize,
  ai: usize,
  al: usize,
  packed: usize,
  c: usize,
  ci: usize,
  m: i32,
  k: i32,
  n: i32,
  mode: i32,
  bias: usize,
  tile: usize,
): void {
  if (k == 0) empty(c, ci, m, n, mode, bias);
  for (let at = 0; at < k; at += depth) {
    const rows = min(depth, k - at);
    block(a + <usize>at * al, ai, al, packed, c, ci, m, rows, n, at > 0 ? onto : mode, bias, tile);
    packed += packedBytes(rows, n);
  }
}

/** c = a·b, or c += a·b with `mode` onto; as `multiplyPacked`, packing b on the way. */
export function multiply(
  a: usize,
  ai: usize,
  al: usize,
  b: usize,
  bi: usize,
  bj: usize,
  c: usize,
  ci: usize,
  m: i32,
  k: i32,
  n: i32,
  mode: i32,
  scratch: usize,
): void {
  const packed = scratch + tileBytes;
  if (k == 0) empty(c, ci, m, n, mode, 0);
  for (let j = 0; j < n; j += width) {
    const columns = min(width, n - j);
    for (let at = 0; at < k; at += depth) {
      const rows = min(depth, k - at);
      pack(b + <usize>at * bi + <usize>j * bj, bi, bj, rows, columns, packed);
      block(
        a + <usize>at * al,
        ai,
        al,
        packed,
        c + (<usize>j << 2),
        ci,
        m,
        rows,
        columns,
        at > 0 ? onto : mode,
        0,
        scratch,
      );
    }
  }
}

/** A product over nothing. */
function empty(c: usize, ci: usize, m: i32, n: i32, mode: i32, bias: usize): void {
  if (mode == onto) return;
  for (let i = 0; i < m; i++) {
    const row = c + <usize>i * ci;
    if (bias) copy(row, bias, <usize>n << 2);
    else clear(row, <usize>n << 2);
  }
}

function block(
  a: usize,
  ai: usize,
  al: usize,
  packed: usize,
  c: usize,
  ci: usize,
  m: i32,
  k: i32,
  n: i32,
  mode: i32,
  bias: usize,
  tile: usize,
): void {
  const panel = <usize>k << 5;
  const across = ai == 4 && al != 4;
  for (let top = 0; top < m; top += height) {
    const bottom = min(m, top + height);
    let b = packed;
    for (let j = 0; j < n; j += 8) {
      const columns = min(8, n - j);
      for (let i = top; i < bottom; i += 4) {
        const rows = min(4, bottom - i);
        const p = a + <usize>i * ai;
        const q = c + <usize>i * ci + (<usize>j << 2);
        const whole = columns == 8;
        if (!whole && mode == onto) copyTile(tile, 32, q, ci, rows, columns);
        const to = whole ? q : tile;
        const stride = whole ? ci : 32;
        // A bias of fewer than eight columns may end where memory does: it is added by the copy.
        const start = whole && bias != 0 && mode == fresh ? bias + (<usize>j << 2) : 0;
        if (across && rows == 4) {
          across4(p, al, b, to, stride, k, mode, start);
        } else {
          along4(p, ai, al, b, to, stride, k, rows, mode, start);
        }
        if (!whole) {
          copyTile(q, ci, tile, 32, rows, columns);
          if (bias != 0 && mode == fresh) addBias(q, ci, bias + (<usize>j << 2), rows, columns);
        }
      }
      b += panel;
    }
  }
}

function copyTile(to: usize, ti: usize, from: usize, fi: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < <usize>columns << 2; j += 4) store<f32>(to + j, load<f32>(from + j));
    to += ti;
    from += fi;
  }
}

function addBias(c: usize, ci: usize, bias: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < <usize>columns << 2; j += 4) {
      store<f32>(c + j, load<f32>(c + j) + load<f32>(bias + j));
    }
    c += ci;
  }
}

/** The tile of up to four rows that stand `ai` apart, their elements `al` apart. */
function along4(
  a: usize,
  ai: usize,
  al: usize,
  b: usize,
  c: usize,
  ci: usize,
  k: i32,
  rows: i32,
  mode: i32,
  bias: usize,
): void {
  // Rows that are not there repeat the first one and are not stored.
  let p0 = a;
  let p1 = rows > 1 ? a + ai : a;
  let p2 = rows > 2 ? a + 2 * ai : a;
  let p3 = rows > 3 ? a + 3 * ai : a;
  let u0 = i32x4.splat(0);
  let v0 = u0;
  if (bias != 0) {
    u0 = v128.load(bias);
    v0 = v128.load(bias, 16);
  }
  let u1 = u0, u2 = u0, u3 = u0, v1 = v0, v2 = v0, v3 = v0;
  if (mode == onto) {
    u0 = v128.load(c);
    v0 = v128.load(c, 16);
    if (rows > 1) {
      u1 = v128.load(c + ci);
      v1 = v128.load(c + ci, 16);
    }
    if (rows > 2) {
      u2 = v128.load(c + 2 * ci);
      v2 = v128.load(c + 2 * ci, 16);
    }
    if (rows > 3) {
      u3 = v128.load(c + 3 * ci);
      v3 = v128.load(c + 3 * ci, 16);
    }
  }
  for (const end = b + (<usize>k << 5); b < end; b += 32) {
    const u = v128.load(b);
    const v = v128.load(b, 16);
    let s = v128.load32_splat(p0);
    u0 = f32x4.add(u0, f32x4.mul(s, u));
    v0 = f32x4.add(v0, f32x4.mul(s, v));
    s = v128.load32_splat(p1);
    u1 = f32x4.add(u1, f32x4.mul(s, u));
    v1 = f32x4.add(v1, f32x4.mul(s, v));
    s = v128.load32_splat(p2);
    u2 = f32x4.add(u2, f32x4.mul(s, u));
    v2 = f32x4.add(v2, f32x4.mul(s, v));
    s = v128.load32_splat(p3);
    u3 = f32x4.add(u3, f32x4.mul(s, u));
    v3 = f32x4.add(v3, f32x4.mul(s, v));
    p0 += al;
    p1 += al;
    p2 += al;
    p3 += al;
  }
  v128.store(c, u0);
  v128.store(c, v0, 16);
  if (rows > 1) {
    v128.store(c + ci, u1);
    v128.store(c + ci, v1, 16);
  }
  if (rows > 2) {
    v128.store(c + 2 * ci, u2);
    v128.store(c + 2 * ci, v2, 16);
  }
  if (rows > 3) {
    v128.store(c + 3 * ci, u3);
    v128.store(c + 3 * ci, v3, 16);
  }
}

/** The tile of four rows of aᵀ: they stand side by side, their elements `al` apart. */
function across4(a: usize, al: usize, b: usize, c: usize, ci: usize, k: i32, mode: i32, bias: usize): void {
  let u0 = i32x4.splat(0);
  let v0 = u0;
  if (bias != 0) {
    u0 = v128.load(bias);
    v0 = v128.load(bias, 16);
  }
  let u1 = u0, u2 = u0, u3 = u0, v1 = v0, v2 = v0, v3 = v0;
  if (mode == onto) {
    u0 = v128.load(c);
    v0 = v128.load(c, 16);
    u1 = v128.load(c + ci);
    v1 = v128.load(c + ci, 16);
    u2 = v128.load(c + 2 * ci);
    v2 = v128.load(c + 2 * ci, 16);
    u3 = v128.load(c + 3 * ci);
    v3 = v128.load(c + 3 * ci, 16);
  }
  for (const end = b + (<usize>k << 5); b < end; b += 32) {
    const u = v128.load(b);
    const v = v128.load(b, 16);
    let s = v128.load32_splat(a);
    u0 = f32x4.add(u0, f32x4.mul(s, u));
    v0 = f32x4.add(v0, f32x4.mul(s, v));
    s = v128.load32_splat(a, 4);
    u1 = f32x4.add(u1, f32x4.mul(s, u));
    v1 = f32x4.add(v1, f32x4.mul(s, v));
    s = v128.load32_splat(a, 8);
    u2 = f32x4.add(u2, f32x4.mul(s, u));
    v2 = f32x4.add(v2, f32x4.mul(s, v));
    s = v128.load32_splat(a, 12);
    u3 = f32x4.add(u3, f32x4.mul(s, u));
    v3 = f32x4.add(v3, f32x4.mul(s, v));
    a += al;
  }
  v128.store(c, u0);
  v128.store(c, v0, 16);
  v128.store(c + ci, u1);
  v128.store(c + ci, v1, 16);
  v128.store(c + 2 * ci, u2);
  v128.store(c + 2 * ci, v2, 16);
  v128.store(c + 3 * ci, u3);
  v128.store(c + 3 * ci, v3, 16);
}
