import { splat } from '../../compiled/assembly/math';
import { addTo, clear, copy } from './copy';
import { sigmoidGate, tanhGate } from './gates';
import { fresh, multiply, multiplyPacked, onto, packAll, packedBytes, productScratch, tileBytes } from './product';
import { sumMiddle } from './movement';

// A recurrent layer over a whole sequence, forward and backward. Everything inside is [steps, batch, …], so that the rows of one step stand
// together: one product gives x·w of all steps, then each step adds h·r and goes over its gates once.

export const simple: i32 = 0;
export const gru: i32 = 1;
export const lstm: i32 = 2;

/** A sequence, as the host writes it: sizes, choices and addresses, all int32. */
@unmanaged
export class Sequence {
  kind: i32;
  batch: i32;
  steps: i32;
  inputs: i32;
  units: i32;
  activation: i32;
  recurrentActivation: i32;
  /** Whether the steps are taken last first. */
  backwards: i32;
  /** Whether the output is every step's, [batch, steps, units], or the last one's, [batch, units]. */
  sequences: i32;
  /** [batch, steps, inputs]. */
  x: usize;
  /** [inputs, gates·units]. */
  w: usize;
  /** [units, gates·units]. */
  r: usize;
  /** [gates·units], or 0. */
  bias: usize;
  /** State before the first step, [batch, units]. */
  h0: usize;
  c0: usize;
  /** [batch, steps] of 0 and 1, or 0: a step with 0 leaves the state as it was. */
  mask: usize;
  out: usize;
  /** LSTM: cell state after the last step, [batch, units], or 0. */
  cLast: usize;
  /** Kept for the way back: x as [steps, batch, inputs]. */
  xs: usize;
  /** The gates after their activations, [steps, batch, gates·units]. */
  gates: usize;
  /** States before each step and after the last, [steps + 1, batch, units]. */
  hs: usize;
  /** LSTM: likewise the cell state. */
  cs: usize;
  /** LSTM: activation of the cell state; GRU: reset gate · state. [steps, batch, units]. */
  extra: usize;
  /** Gradients. */
  dOut: usize;
  dcLast: usize;
  dx: usize;
  dw: usize;
  dr: usize;
  db: usize;
  dh0: usize;
  dc0: usize;
}

@inline
function gateCount(s: Sequence): i32 {
  return s.kind == simple ? 1 : s.kind == gru ? 3 : 4;
}

/** tanh, sigmoid, hard sigmoid, relu, linear. */
@inline
function activate(kind: i32, x: v128): v128 {
  if (kind == 0) return tanhGate(x);
  if (kind == 1) return sigmoidGate(x);
  if (kind == 2) {
    const y = f32x4.add(f32x4.mul(x, splat(0.2)), splat(0.5));
    // max and min keep NaN.
    return f32x4.max(f32x4.min(y, splat(1)), splat(0));
  }
  if (kind == 3) return f32x4.max(x, splat(0));
  return x;
}

/** Derivative of an activation at the place where it is y. */
@inline
function slope(kind: i32, y: v128): v128 {
  if (kind == 0) return f32x4.sub(splat(1), f32x4.mul(y, y));
  if (kind == 1) return f32x4.mul(y, f32x4.sub(splat(1), y));
  if (kind == 2) {
    return v128.and(splat(0.2), v128.and(f32x4.gt(y, splat(0)), f32x4.lt(y, splat(1))));
  }
  if (kind == 3) return v128.and(splat(1), f32x4.gt(y, splat(0)));
  return splat(1);
}

/** Load up to four floats, zeros for those beyond `end`. */
@inline
function load4(at: usize, left: usize): v128 {
  if (left >= 16) return v128.load(at);
  let v = splat(load<f32>(at));
  v = f32x4.replace_lane(v, 1, left > 4 ? load<f32>(at, 4) : 0);
  v = f32x4.replace_lane(v, 2, left > 8 ? load<f32>(at, 8) : 0);
  return f32x4.replace_lane(v, 3, 0);
}

@inline
function store4(at: usize, v: v128, left: usize): void {
  if (left >= 16) {
    v128.store(at, v);
    return;
  }
  store<f32>(at, f32x4.extract_lane(v, 0));
  if (left > 4) store<f32>(at, f32x4.extract_lane(v, 1), 4);
  if (left > 8) store<f32>(at, f32x4.extract_lane(v, 2), 8);
}

/** Bytes of scratch memory that `forward` and `backward` need. */
export function sequenceScratch(s: Sequence): usize {
  const gates = gateCount(s) * s.units;
  const rows = s.batch * s.steps;
  const state = <usize>(s.batch * s.units) << 2;
  return (
    productScratch(rows, gates) +
    packedBytes(s.inputs, gates) +
    packedBytes(gates, s.inputs) +
    2 * packedBytes(max(s.units, gates), max(s.units, gates)) +
    (<usize>(rows * gates) << 2) +
    (<usize>(rows * max(s.inputs, s.units)) << 2) +
    3 * state
  );
}

@inline
function masked(s: Sequence, row: i32, step: i32): bool {
  if (s.mask == 0) return false;
  const t = s.backwards ? s.steps - 1 - step : step;
  return load<f32>(s.mask + (<usize>(row * s.steps + t) << 2)) == 0;
}

/** [batch, steps, width] to [steps, batch, width], or back with `home`. */
function turn(from: usize, to: usize, batch: i32, steps: i32, width: i32, backwards: bool, home: bool): void {
  const bytes = <usize>width << 2;
  for (let t = 0; t < steps; t++) {
    const u = backwards ? steps - 1 - t : t;
    for (let b = 0; b < batch; b++) {
      const inside = <usize>(t * batch + b) * bytes;
      const outside = <usize>(b * steps + u) * bytes;
      if (home) copy(to + outside, from + inside, bytes);
      else copy(to + inside, from + outside, bytes);
    }
  }
}

/** Fills `out`, `xs`, `gates`, `hs`, `cs` and `extra`. */
export function sequenceForward(s: Sequence, scratch: usize): void {
  const batch = s.batch;
  const steps = s.steps;
  const inputs = s.inputs;
  const units = s.units;
  const gates = gateCount(s) * units;
  const wide = <usize>gates << 2;
  const narrow = <usize>units << 2;
  const state = <usize>batch * narrow;
  const tile = scratch;
  const packedW = tile + tileBytes;
  const packedR = packedW + packedBytes(inputs, gates);
  turn(s.x, s.xs, batch, steps, inputs, s.backwards != 0, false);
  packAll(s.w, wide, 4, inputs, gates, packedW);
  multiplyPacked(s.xs, <usize>inputs << 2, 4, packedW, s.gates, wide, batch * steps, inputs, gates, fresh, s.bias, tile);
  copy(s.hs, s.h0, state);
  if (s.kind == lstm) copy(s.cs, s.c0, state);
  const first = s.kind == gru ? 2 * units : gates;
  const packedR2 = packedR + packedBytes(units, first);
  packAll(s.r, wide, 4, units, first, packedR);
  if (s.kind == gru) packAll(s.r + (<usize>first << 2), wide, 4, units, units, packedR2);
  let h = s.hs;
  let z = s.gates;
  let c = s.cs;
  let extra = s.extra;
  for (let t = 0; t < steps; t++) {
    multiplyPacked(h, narrow, 4, packedR, z, wide, batch, units, first, onto, 0, tile);
    if (s.kind == simple) {
      simpleStep(s, t, z, h, h + state);
    } else if (s.kind == lstm) {
      lstmStep(s, t, z, h, h + state, c, c + state, extra);
    } else {
      gruGates(s, z, h, extra);
      const inner = z + (<usize>first << 2);
      multiplyPacked(extra, narrow, 4, packedR2, inner, wide, batch, units, units, onto, 0, tile);
      gruStep(s, t, z, h, h + state);
    }
    h += state;
    c += state;
    z += <usize>batch * wide;
    extra += state;
  }
  if (s.sequences) turn(s.hs + state, s.out, batch, steps, units, false, true);
  else copy(s.out, h, state);
  if (s.cLast) copy(s.cLast, c, state);
}

function simpleStep(s: Sequence, t: i32, z: usize, h: usize, next: usize): void {
  const bytes = <usize>s.units << 2;
  for (let b = 0; b < s.batch; b++) {
    if (masked(s, b, t)) {
      copy(next, h, bytes);
    } else {
      for (let at: usize = 0; at < bytes; at += 16) {
        store4(next + at, activate(s.activation, load4(z + at, bytes - at)), bytes - at);
      }
    }
    z += bytes;
    h += bytes;
    next += bytes;
  }
}

function lstmStep(s: Sequence, t: i32, z: usize, h: usize, nextH: usize, c: usize, nextC: usize, extra: usize): void {
  // With the usual functions the compiler has no choice to make within the loop.
  if (s.activation == 0 && s.recurrentActivation == 1) lstmRows(s, t, z, h, nextH, c, nextC, extra, 0, 1);
  else lstmRows(s, t, z, h, nextH, c, nextC, extra, s.activation, s.recurrentActivation);
}

@inline
function lstmRows(
  s: Sequence,
  t: i32,
  z: usize,
  h: usize,
  nextH: usize,
  c: usize,
  nextC: usize,
  extra: usize,
  activation: i32,
  recurrentActivation: i32,
): void {
  const bytes = <usize>s.units << 2;
  for (let row = 0; row < s.batch; row++) {
    if (masked(s, row, t)) {
      copy(nextH, h, bytes);
      copy(nextC, c, bytes);
    } else {
      for (let at: usize = 0; at < bytes; at += 16) {
        const left = bytes - at;
        const zi = z + at;
        const zf = zi + bytes;
        const zc = zf + bytes;
        const zo = zc + bytes;
        const i = activate(recurrentActivation, load4(zi, left));
        const f = activate(recurrentActivation, load4(zf, left));
        const g = activate(activation, load4(zc, left));
        const o = activate(recurrentActivation, load4(zo, left));
        const cell = f32x4.add(f32x4.mul(f, load4(c + at, left)), f32x4.mul(i, g));
        const active = activate(activation, cell);
        store4(zi, i, left);
        store4(zf, f, left);
        store4(zc, g, left);
        store4(zo, o, left);
        store4(nextC + at, cell, left);
        store4(extra + at, active, left);
        store4(nextH + at, f32x4.mul(o, active), left);
      }
    }
    z += 4 * bytes;
    h += bytes;
    nextH += bytes;
    c += bytes;
    nextC += bytes;
    extra += bytes;
  }
}

/** The update and reset gates, and reset · h. */
function gruGates(s: Sequence, z: usize, h: usize, reset: usize): void {
  const bytes = <usize>s.units << 2;
  for (let row = 0; row < s.batch; row++) {
    for (let at: usize = 0; at < bytes; at += 16) {
      const left = bytes - at;
      const update = activate(s.recurrentActivation, load4(z + at, left));
      const r = activate(s.recurrentActivation, load4(z + bytes + at, left));
      store4(z + at, update, left);
      store4(z + bytes + at, r, left);
      store4(reset + at, f32x4.mul(r, load4(h + at, left)), left);
    }
    z += 3 * bytes;
    h += bytes;
    reset += bytes;
  }
}

function gruStep(s: Sequence, t: i32, z: usize, h: usize, next: usize): void {
  const bytes = <usize>s.units << 2;
  for (let row = 0; row < s.batch; row++) {
    const skip = masked(s, row, t);
    for (let at: usize = 0; at < bytes; at += 16) {
      const left = bytes - at;
      const inner = z + 2 * bytes + at;
      const update = load4(z + at, left);
      const candidate = activate(s.activation, load4(inner, left));
      store4(inner, candidate, left);
      const old = load4(h + at, left);
      const other = f32x4.mul(f32x4.sub(splat(1), update), candidate);
      store4(next + at, skip ? old : f32x4.add(f32x4.mul(update, old), other), left);
    }
    z += 3 * bytes;
    h += bytes;
    next += bytes;
  }
}

/** Fills `dx`, `dw`, `dr`, `db`, `dh0` and `dc0` from `dOut` and, unless that is 0, `dcLast`. */
export function sequenceBackward(s: Sequence, scratch: usize): void {
  const batch = s.batch;
  const steps = s.steps;
  const inputs = s.inputs;
  const units = s.units;
  const gates = gateCount(s) * units;
  const rows = batch * steps;
  const wide = <usize>gates << 2;
  const narrow = <usize>units << 2;
  const state = <usize>batch * narrow;
  const first = s.kind == gru ? 2 * units : gates;
  const skip = <usize>first << 2;
  const tile = scratch;
  const packedR = tile + productScratch(rows, gates);
  const packedR2 = packedR + packedBytes(first, units);
  const packedW = packedR2 + packedBytes(units, units);
  const dGates = packedW + packedBytes(gates, inputs);
  // By turns the gradient of each step's output and that of x.
  const turned = dGates + <usize>rows * wide;
  const dReset = turned + (<usize>(rows * max(inputs, units)) << 2);
  const dh = s.dh0;
  const dc = s.dc0;
  packAll(s.r, 4, wide, first, units, packedR);
  if (s.kind == gru) packAll(s.r + skip, 4, wide, units, units, packedR2);
  if (s.sequences) {
    turn(s.dOut, turned, batch, steps, units, false, false);
    clear(dh, state);
  } else {
    copy(dh, s.dOut, state);
  }
  if (s.kind == lstm) {
    if (s.dcLast) copy(dc, s.dcLast, state);
    else clear(dc, state);
  }
  for (let t = steps - 1; t >= 0; t--) {
    if (s.sequences) addTo(dh, turned + <usize>t * state, state);
    const z = s.gates + <usize>(t * batch) * wide;
    const d = dGates + <usize>(t * batch) * wide;
    const h = s.hs + <usize>t * state;
    if (s.kind == simple) {
      simpleBack(s, t, h + state, d, dh);
    } else if (s.kind == lstm) {
      lstmBack(s, t, z, s.cs + <usize>t * state, s.extra + <usize>t * state, d, dh, dc);
    } else {
      gruBack(s, t, z, h, d, dh);
      multiplyPacked(d + skip, wide, 4, packedR2, dReset, narrow, batch, units, units, fresh, 0, tile);
      gruResetBack(s, z, h, d, dh, dReset);
    }
    multiplyPacked(d, wide, 4, packedR, dh, narrow, batch, first, units, onto, 0, tile);
  }
  multiply(s.xs, 4, <usize>inputs << 2, dGates, wide, 4, s.dw, wide, inputs, rows, gates, fresh, scratch);
  multiply(s.hs, 4, narrow, dGates, wide, 4, s.dr, wide, units, rows, first, fresh, scratch);
  if (s.kind == gru) {
    multiply(s.extra, 4, narrow, dGates + skip, wide, 4, s.dr + skip, wide, units, rows, units, fresh, scratch);
  }
  if (s.db) sumMiddle(dGates, s.db, 1, rows, gates, 1);
  packAll(s.w, 4, wide, gates, inputs, packedW);
  multiplyPacked(dGates, wide, 4, packedW, turned, <usize>inputs << 2, rows, gates, inputs, fresh, 0, tile);
  turn(turned, s.dx, batch, steps, inputs, s.backwards != 0, true);
}

// Each of these leaves in dh what reaches the state before the step other than through the product with r.

function simpleBack(s: Sequence, t: i32, next: usize, d: usize, dh: usize): void {
  const bytes = <usize>s.units << 2;
  for (let row = 0; row < s.batch; row++) {
    if (masked(s, row, t)) {
      clear(d, bytes);
    } else {
      for (let at: usize = 0; at < bytes; at += 16) {
        const left = bytes - at;
        store4(d + at, f32x4.mul(load4(dh + at, left), slope(s.activation, load4(next + at, left))), left);
      }
      clear(dh, bytes);
    }
    next += bytes;
    d += bytes;
    dh += bytes;
  }
}

function lstmBack(s: Sequence, t: i32, z: usize, c: usize, extra: usize, d: usize, dh: usize, dc: usize): void {
  const bytes = <usize>s.units << 2;
  for (let row = 0; row < s.batch; row++) {
    if (masked(s, row, t)) {
      clear(d, 4 * bytes);
    } else {
      for (let at: usize = 0; at < bytes; at += 16) {
        const left = bytes - at;
        const i = load4(z + at, left);
        const f = load4(z + bytes + at, left);
        const g = load4(z + 2 * bytes + at, left);
        const o = load4(z + 3 * bytes + at, left);
        const active = load4(extra + at, left);
        const over = load4(dh + at, left);
        const cell = f32x4.add(
          load4(dc + at, left),
          f32x4.mul(f32x4.mul(over, o), slope(s.activation, active)),
        );
        const di = f32x4.mul(f32x4.mul(cell, g), slope(s.recurrentActivation, i));
        const df = f32x4.mul(f32x4.mul(cell, load4(c + at, left)), slope(s.recurrentActivation, f));
        const dg = f32x4.mul(f32x4.mul(cell, i), slope(s.activation, g));
        const dOpen = f32x4.mul(f32x4.mul(over, active), slope(s.recurrentActivation, o));
        store4(d + at, di, left);
        store4(d + bytes + at, df, left);
        store4(d + 2 * bytes + at, dg, left);
        store4(d + 3 * bytes + at, dOpen, left);
        store4(dc + at, f32x4.mul(cell, f), left);
      }
      clear(dh, bytes);
    }
    z += 4 * bytes;
    c += bytes;
    extra += bytes;
    d += 4 * bytes;
    dh += bytes;
    dc += bytes;
  }
}

function gruBack(s: Sequence, t: i32, z: usize, h: usize, d: usize, dh: usize): void {
  const bytes = <usize>s.units << 2;
  for (let row = 0; row < s.batch; row++) {
    if (masked(s, row, t)) {
      clear(d, 3 * bytes);
    } else {
      for (let at: usize = 0; at < bytes; at += 16) {
        const left = bytes - at;
        const update = load4(z + at, left);
        const candidate = load4(z + 2 * bytes + at, left);
        const over = load4(dh + at, left);
        const change = f32x4.mul(over, f32x4.sub(load4(h + at, left), candidate));
        store4(d + at, f32x4.mul(change, slope(s.recurrentActivation, update)), left);
        const inner = f32x4.mul(over, f32x4.sub(splat(1), update));
        store4(d + 2 * bytes + at, f32x4.mul(inner, slope(s.activation, candidate)), left);
        store4(dh + at, f32x4.mul(over, update), left);
      }
    }
    z += 3 * bytes;
    h += bytes;
    d += 3 * bytes;
    dh += bytes;
  }
}

function gruResetBack(s: Sequence, z: usize, h: usize, d: usize, dh: usize, dReset: usize): void {
  const bytes = <usize>s.units << 2;
  for (let row = 0; row < s.batch; row++) {
    for (let at: usize = 0; at < bytes; at += 16) {
      const left = bytes - at;
      const r = load4(z + bytes + at, left);
      const over = load4(dReset + at, left);
      const change = f32x4.mul(over, load4(h + at, left));
      store4(d + bytes + at, f32x4.mul(change, slope(s.recurrentActivation, r)), left);
      store4(dh + at, f32x4.add(load4(dh + at, left), f32x4.mul(over, r)), left);
    }
    z += 3 * bytes;
    h += bytes;
    d += 3 * bytes;
    dh += bytes;
    dReset += bytes;
  }
}
