import { splat, sum1, sum4 } from './math';

// Every product of this file is a register tile: four rows by eight columns where the sizes allow. All strides in
// bytes; y, d, w and g share the stride `ws` of the outputs.

/** y = x·w + bias. */
export function forward(x: usize, xs: usize, rows: i32, inputs: i32, w: usize, ws: usize, bias: usize, y: usize): void {
  let b = 0;
  for (; b + 4 <= rows; b += 4) {
    forward4(x, xs, inputs, w, ws, bias, y);
    x += xs << 2;
    y += ws << 2;
  }
  for (; b < rows; b++) {
    forward1(x, inputs, w, ws, bias, y);
    x += xs;
    y += ws;
  }
}

function forward4(x: usize, xs: usize, inputs: i32, w: usize, ws: usize, bias: usize, y: usize): void {
  const x1 = x + xs;
  const x2 = x1 + xs;
  const x3 = x2 + xs;
  const end = <usize>inputs << 2;
  let j: usize = 0;
  for (; j + 32 <= ws; j += 32) {
    let a0 = v128.load(bias + j);
    let b0 = v128.load(bias + j, 16);
    let a1 = a0, a2 = a0, a3 = a0, b1 = b0, b2 = b0, b3 = b0;
    let p = w + j;
    for (let k: usize = 0; k < end; k += 4) {
      const u = v128.load(p);
      const v = v128.load(p, 16);
      let s = v128.load32_splat(x + k);
      a0 = f32x4.add(a0, f32x4.mul(s, u));
      b0 = f32x4.add(b0, f32x4.mul(s, v));
      s = v128.load32_splat(x1 + k);
      a1 = f32x4.add(a1, f32x4.mul(s, u));
      b1 = f32x4.add(b1, f32x4.mul(s, v));
      s = v128.load32_splat(x2 + k);
      a2 = f32x4.add(a2, f32x4.mul(s, u));
      b2 = f32x4.add(b2, f32x4.mul(s, v));
      s = v128.load32_splat(x3 + k);
      a3 = f32x4.add(a3, f32x4.mul(s, u));
      b3 = f32x4.add(b3, f32x4.mul(s, v));
      p += ws;
    }
    let q = y + j;
    v128.store(q, a0);
    v128.store(q, b0, 16);
    q += ws;
    v128.store(q, a1);
    v128.store(q, b1, 16);
    q += ws;
    v128.store(q, a2);
    v128.store(q, b2, 16);
    q += ws;
    v128.store(q, a3);
    v128.store(q, b3, 16);
  }
  if (j < ws) {
    // Two sums for each row, as forward1 has them: a row gives the same bits in any batch.
    let a0 = v128.load(bias + j);
    let a1 = a0, a2 = a0, a3 = a0;
    let b0 = splat(0);
    let b1 = b0, b2 = b0, b3 = b0;
    let p = w + j;
    let k: usize = 0;
    for (; k + 8 <= end; k += 8) {
      const u = v128.load(p);
      const v = v128.load(p + ws);
      a0 = f32x4.add(a0, f32x4.mul(v128.load32_splat(x + k), u));
      b0 = f32x4.add(b0, f32x4.mul(v128.load32_splat(x + k, 4), v));
      a1 = f32x4.add(a1, f32x4.mul(v128.load32_splat(x1 + k), u));
      b1 = f32x4.add(b1, f32x4.mul(v128.load32_splat(x1 + k, 4), v));
      a2 = f32x4.add(a2, f32x4.mul(v128.load32_splat(x2 + k), u));
      b2 = f32x4.add(b2, f32x4.mul(v128.load32_splat(x2 + k, 4), v));
      a3 = f32x4.add(a3, f32x4.mul(v128.load32_splat(x3 + k), u));
      b3 = f32x4.add(b3, f32x4.mul(v128.load32_splat(x3 + k, 4), v));
      p += ws << 1;
    }
    if (k < end) {
      const u = v128.load(p);
      a0 = f32x4.add(a0, f32x4.mul(v128.load32_splat(x + k), u));
      a1 = f32x4.add(a1, f32x4.mul(v128.load32_splat(x1 + k), u));
      a2 = f32x4.add(a2, f32x4.mul(v128.load32_splat(x2 + k), u));
      a3 = f32x4.add(a3, f32x4.mul(v128.load32_splat(x3 + k), u));
    }
    let q = y + j;
    v128.store(q, f32x4.add(a0, b0));
    q += ws;
    v128.store(q, f32x4.add(a1, b1));
    q += ws;
    v128.store(q, f32x4.add(a2, b2));
    q += ws;
    v128.store(q, f32x4.add(a3, b3));
  }
}

function forward1(x: usize, inputs: i32, w: usize, ws: usize, bias: usize, y: usize): void {
  const end = x + (<usize>inputs << 2);
  let j: usize = 0;
  for (; j + 128 <= ws; j += 128) {
    const c = bias + j;
    let a = v128.load(c);
    let b = v128.load(c, 16);
    let d = v128.load(c, 32);
    let e = v128.load(c, 48);
    let f = v128.load(c, 64);
    let g = v128.load(c, 80);
    let h = v128.load(c, 96);
    let i = v128.load(c, 112);
    let p = w + j;
    for (let k = x; k < end; k += 4) {
      const s = v128.load32_splat(k);
      a = f32x4.add(a, f32x4.mul(s, v128.load(p)));
      b = f32x4.add(b, f32x4.mul(s, v128.load(p, 16)));
      d = f32x4.add(d, f32x4.mul(s, v128.load(p, 32)));
      e = f32x4.add(e, f32x4.mul(s, v128.load(p, 48)));
      f = f32x4.add(f, f32x4.mul(s, v128.load(p, 64)));
      g = f32x4.add(g, f32x4.mul(s, v128.load(p, 80)));
      h = f32x4.add(h, f32x4.mul(s, v128.load(p, 96)));
      i = f32x4.add(i, f32x4.mul(s, v128.load(p, 112)));
      p += ws;
    }
    const q = y + j;
    v128.store(q, a);
    v128.store(q, b, 16);
    v128.store(q, d, 32);
    v128.store(q, e, 48);
    v128.store(q, f, 64);
    v128.store(q, g, 80);
    v128.store(q, h, 96);
    v128.store(q, i, 112);
  }
  for (; j + 32 <= ws; j += 32) {
    let a = v128.load(bias + j);
    let b = v128.load(bias + j, 16);
    let p = w + j;
    for (let k = x; k < end; k += 4) {
      const s = v128.load32_splat(k);
      a = f32x4.add(a, f32x4.mul(s, v128.load(p)));
      b = f32x4.add(b, f32x4.mul(s, v128.load(p, 16)));
      p += ws;
    }
    v128.store(y + j, a);
    v128.store(y + j, b, 16);
  }
  if (j < ws) {
    let a = v128.load(bias + j);
    let b = splat(0);
    let p = w + j;
    let k = x;
    for (; k + 8 <= end; k += 8) {
      a = f32x4.add(a, f32x4.mul(v128.load32_splat(k), v128.load(p)));
      b = f32x4.add(b, f32x4.mul(v128.load32_splat(k, 4), v128.load(p + ws)));
      p += ws << 1;
    }
    if (k < end) a = f32x4.add(a, f32x4.mul(v128.load32_splat(k), v128.load(p)));
    v128.store(y + j, f32x4.add(a, b));
  }
}

/** dx = d·wᵀ. Writes whole vectors: the rows that pad w are zero, and so become the values that pad dx. */
export function backward(d: usize, ws: usize, rows: i32, inputs: i32, w: usize, dx: usize, xs: usize): void {
  const zero = splat(0);
  const groups = (<usize>inputs + 3) >> 2;
  let b = 0;
  for (; b + 2 <= rows; b += 2) {
    const d1 = d + ws;
    let w0 = w;
    for (let group: usize = 0; group < groups; group++) {
      const w1 = w0 + ws;
      const w2 = w1 + ws;
      const w3 = w2 + ws;
      let p0 = zero, p1 = zero, p2 = zero, p3 = zero, q0 = zero, q1 = zero, q2 = zero, q3 = zero;
      for (let j: usize = 0; j < ws; j += 16) {
        const u = v128.load(d + j);
        const v = v128.load(d1 + j);
        let s = v128.load(w0 + j);
        p0 = f32x4.add(p0, f32x4.mul(s, u));
        q0 = f32x4.add(q0, f32x4.mul(s, v));
        s = v128.load(w1 + j);
        p1 = f32x4.add(p1, f32x4.mul(s, u));
        q1 = f32x4.add(q1, f32x4.mul(s, v));
        s = v128.load(w2 + j);
        p2 = f32x4.add(p2, f32x4.mul(s, u));
        q2 = f32x4.add(q2, f32x4.mul(s, v));
        s = v128.load(w3 + j);
        p3 = f32x4.add(p3, f32x4.mul(s, u));
        q3 = f32x4.add(q3, f32x4.mul(s, v));
      }
      const at = dx + (group << 4);
      v128.store(at, sum4(p0, p1, p2, p3));
      v128.store(at + xs, sum4(q0, q1, q2, q3));
      w0 = w3 + ws;
    }
    d = d1 + ws;
    dx += xs << 1;
  }
  if (b < rows) {
    let w0 = w;
    for (let group: usize = 0; group < groups; group++) {
      const w1 = w0 + ws;
      const w2 = w1 + ws;
      const w3 = w2 + ws;
      let p0 = zero, p1 = zero, p2 = zero, p3 = zero;
      for (let j: usize = 0; j < ws; j += 16) {
        const u = v128.load(d + j);
        p0 = f32x4.add(p0, f32x4.mul(v128.load(w0 + j), u));
        p1 = f32x4.add(p1, f32x4.mul(v128.load(w1 + j), u));
        p2 = f32x4.add(p2, f32x4.mul(v128.load(w2 + j), u));
        p3 = f32x4.add(p3, f32x4.mul(v128.load(w3 + j), u));
      }
      v128.store(dx + (group << 4), sum4(p0, p1, p2, p3));
      w0 = w3 + ws;
    }
  }
}

/** The column sums of d, into one row. */
export function columnSums(d: usize, ws: usize, rows: i32, out: usize): void {
  for (let j: usize = 0; j < ws; j += 16) {
    let a = splat(0);
    let p = d + j;
    for (let b = 0; b < rows; b++) {
      a = f32x4.add(a, v128.load(p));
      p += ws;
    }
    v128.store(out + j, a);
  }
}

/** g = xᵀ·d. */
export function gradient(x: usize, xs: usize, rows: i32, inputs: i32, d: usize, ws: usize, g: usize): void {
  tiles<f32>(x, xs, rows, inputs, d, ws, g, 0, 0, 0, 0, 0);
}

/** g = xᵀ·d, used up at once by a step of RMSprop on w with its mean squares in s. */
export function gradientRmsprop(
  x: usize, xs: usize, rows: i32, inputs: i32, d: usize, ws: usize,
  w: usize, s: usize, rate: f32, decay: f32, rest: f32, epsilon: f32,
): void {
  tiles<f64>(x, xs, rows, inputs, d, ws, w, s, rate, decay, rest, epsilon);
}

// The type parameter chooses at compile time what becomes of a tile: f32 stores it, f64 feeds it to RMSprop.
@inline
function use<T>(w: usize, s: usize, g: v128, rate: v128, decay: v128, rest: v128, epsilon: v128): void {
  if (sizeof<T>() == 4) v128.store(w, g);
  else rmsprop(w, s, g, rate, decay, rest, epsilon);
}

/** RMSprop on a row whose gradient stands at g. */
@inline
export function rmspropRow(
  w: usize, s: usize, g: usize, bytes: usize, rate: v128, decay: v128, rest: v128, epsilon: v128,
): void {
  const end = w + bytes;
  for (; w + 64 <= end; w += 64, s += 64, g += 64) {
    rmspropPair(w, s, v128.load(g), v128.load(g, 16), rate, decay, rest, epsilon);
    rmspropPair(w + 32, s + 32, v128.load(g, 32), v128.load(g, 48), rate, decay, rest, epsilon);
  }
  for (; w < end; w += 16, s += 16, g += 16) rmsprop(w, s, v128.load(g), rate, decay, rest, epsilon);
}

/** One vector of RMSprop. */
@inline
function rmsprop(w: usize, s: usize, g: v128, rate: v128, decay: v128, rest: v128, epsilon: v128): void {
  const root = nextRoot(s, g, decay, rest, epsilon);
  v128.store(w, f32x4.sub(v128.load(w), f32x4.div(f32x4.mul(rate, g), root)));
}

/**
 * Two vectors of RMSprop, one after the other in memory. The divider is what they wait for, so one division does for both: 1/a = b/(ab). The
 * product of the roots of two finite numbers is finite; a mean square that overflows makes its neighbour's step NaN.
 */
@inline
function rmspropPair(
  w: usize, s: usize, g: v128, h: v128, rate: v128, decay: v128, rest: v128, epsilon: v128,
): void {
  const a = nextRoot(s, g, decay, rest, epsilon);
  const b = nextRoot(s + 16, h, decay, rest, epsilon);
  const both = f32x4.div(rate, f32x4.mul(a, b));
  v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(g, f32x4.mul(both, b))));
  v128.store(w, f32x4.sub(v128.load(w, 16), f32x4.mul(h, f32x4.mul(both, a))), 16);
}

// New mean squares, and the roots that a step is divided by. The floor keeps the mean squares out of the denormal numbers, which are slow.
@inline
function nextRoot(s: usize, g: v128, decay: v128, rest: v128, epsilon: v128): v128 {
  let a = f32x4.add(f32x4.mul(decay, v128.load(s)), f32x4.mul(rest, f32x4.mul(g, g)));
  a = f32x4.pmax(a, splat(1e-30));
  v128.store(s, a);
  return f32x4.sqrt(f32x4.add(a, epsilon));
}

/** What RMSprop does to a row without a gradient. */
@inline
export function decayRow(s: usize, bytes: usize, decay: v128): void {
  const end = s + bytes;
  for (; s < end; s += 16) v128.store(s, f32x4.pmax(f32x4.mul(decay, v128.load(s)), splat(1e-30)));
}

function tiles<T>(
  x: usize, xs: usize, rows: i32, inputs: i32, d: usize, ws: usize,
  w: usize, s: usize, rate1: f32, decay1: f32, rest1: f32, epsilon1: f32,
): void {
  const rate = splat(rate1);
  const decay = splat(decay1);
  const rest = splat(rest1);
  const epsilon = splat(epsilon1);
  const zero = splat(0);
  const ws2 = ws << 1;
  let k = 0;
  for (; k + 4 <= inputs; k += 4) {
    let j: usize = 0;
    for (; j + 32 <= ws; j += 32) {
      let a0 = zero, a1 = zero, a2 = zero, a3 = zero, b0 = zero, b1 = zero, b2 = zero, b3 = zero;
      let p = x;
      let q = d + j;
      for (let b = 0; b < rows; b++) {
        const u = v128.load(q);
        const v = v128.load(q, 16);
        let f = v128.load32_splat(p);
        a0 = f32x4.add(a0, f32x4.mul(f, u));
        b0 = f32x4.add(b0, f32x4.mul(f, v));
        f = v128.load32_splat(p, 4);
        a1 = f32x4.add(a1, f32x4.mul(f, u));
        b1 = f32x4.add(b1, f32x4.mul(f, v));
        f = v128.load32_splat(p, 8);
        a2 = f32x4.add(a2, f32x4.mul(f, u));
        b2 = f32x4.add(b2, f32x4.mul(f, v));
        f = v128.load32_splat(p, 12);
        a3 = f32x4.add(a3, f32x4.mul(f, u));
        b3 = f32x4.add(b3, f32x4.mul(f, v));
        p += xs;
        q += ws;
      }
      const wj = w + j;
      const sj = s + j;
      use<T>(wj, sj, a0, rate, decay, rest, epsilon);
      use<T>(wj + 16, sj + 16, b0, rate, decay, rest, epsilon);
      use<T>(wj + ws, sj + ws, a1, rate, decay, rest, epsilon);
      use<T>(wj + ws + 16, sj + ws + 16, b1, rate, decay, rest, epsilon);
      use<T>(wj + ws2, sj + ws2, a2, rate, decay, rest, epsilon);
      use<T>(wj + ws2 + 16, sj + ws2 + 16, b2, rate, decay, rest, epsilon);
      use<T>(wj + ws2 + ws, sj + ws2 + ws, a3, rate, decay, rest, epsilon);
      use<T>(wj + ws2 + ws + 16, sj + ws2 + ws + 16, b3, rate, decay, rest, epsilon);
    }
    if (j < ws) {
      let a0 = zero, a1 = zero, a2 = zero, a3 = zero;
      let p = x;
      let q = d + j;
      for (let b = 0; b < rows; b++) {
        const u = v128.load(q);
        a0 = f32x4.add(a0, f32x4.mul(v128.load32_splat(p), u));
        a1 = f32x4.add(a1, f32x4.mul(v128.load32_splat(p, 4), u));
        a2 = f32x4.add(a2, f32x4.mul(v128.load32_splat(p, 8), u));
        a3 = f32x4.add(a3, f32x4.mul(v128.load32_splat(p, 12), u));
        p += xs;
        q += ws;
      }
      const wj = w + j;
      const sj = s + j;
      use<T>(wj, sj, a0, rate, decay, rest, epsilon);
      use<T>(wj + ws, sj + ws, a1, rate, decay, rest, epsilon);
      use<T>(wj + ws2, sj + ws2, a2, rate, decay, rest, epsilon);
      use<T>(wj + ws2 + ws, sj + ws2 + ws, a3, rate, decay, rest, epsilon);
    }
    x += 16;
    w += ws << 2;
    s += ws << 2;
  }
  for (; k < inputs; k++) {
    for (let j: usize = 0; j < ws; j += 16) {
      let a = zero;
      let p = x;
      let q = d + j;
      for (let b = 0; b < rows; b++) {
        a = f32x4.add(a, f32x4.mul(v128.load32_splat(p), v128.load(q)));
        p += xs;
        q += ws;
      }
      use<T>(w + j, s + j, a, rate, decay, rest, epsilon);
    }
    x += 4;
    w += ws;
    s += ws;
  }
}

/**
 * A batch of one row, all at once: dx = d·wᵀ and a step of RMSprop on w with the gradient xᵀ·d. The products of dx
 * hide behind the divisions of RMSprop, and a row of w whose input is 0 only decays.
 */
export function rowRmsprop(
  x: usize, inputs: i32, d: usize, ws: usize, dx: usize, zeroStops: i32,
  w: usize, s: usize, rate1: f32, decay1: f32, rest1: f32, epsilon1: f32,
): void {
  const rate = splat(rate1);
  const decay = splat(decay1);
  const rest = splat(rest1);
  const epsilon = splat(epsilon1);
  for (let k = 0; k < inputs; k++) {
    const value = load<f32>(x);
    if (value == 0) {
      decayRow(s, ws, decay);
      if (dx) {
        let a = splat(0);
        if (!zeroStops) {
          for (let j: usize = 0; j < ws; j += 16) a = f32x4.add(a, f32x4.mul(v128.load(w + j), v128.load(d + j)));
        }
        store<f32>(dx, sum1(a));
      }
    } else {
      const f = splat(value);
      if (dx) {
        let a = splat(0);
        for (let j: usize = 0; j < ws; j += 16) {
          const u = v128.load(d + j);
          a = f32x4.add(a, f32x4.mul(v128.load(w + j), u));
          rmsprop(w + j, s + j, f32x4.mul(f, u), rate, decay, rest, epsilon);
        }
        store<f32>(dx, sum1(a));
      } else {
        for (let j: usize = 0; j < ws; j += 16) {
          rmsprop(w + j, s + j, f32x4.mul(f, v128.load(d + j)), rate, decay, rest, epsilon);
        }
      }
    }
    x += 4;
    if (dx) dx += 4;
    w += ws;
    s += ws;
  }
  // As backward does, fill up the last vector.
  if (dx) for (; inputs & 3; inputs++, dx += 4) store<f32>(dx, 0);
}
