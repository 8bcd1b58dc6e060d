import { decayRow } from './dense';
import { splat } from './math';

// A row of multi-hot input is a list of column numbers: forward gathers rows of w, backward scatters into rows of g.
// T is u16 or u32, the type of a column number.

/** One row: y = bias + the rows of w named by the ids from `begin` to `end`. */
export function gather<T>(begin: usize, end: usize, w: usize, ws: usize, bias: usize, y: usize): void {
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
    const base = w + j;
    for (let at = begin; at < end; at += sizeof<T>()) {
      const p = base + <usize>load<T>(at) * ws;
      a = f32x4.add(a, v128.load(p));
      b = f32x4.add(b, v128.load(p, 16));
      d = f32x4.add(d, v128.load(p, 32));
      e = f32x4.add(e, v128.load(p, 48));
      f = f32x4.add(f, v128.load(p, 64));
      g = f32x4.add(g, v128.load(p, 80));
      h = f32x4.add(h, v128.load(p, 96));
      i = f32x4.add(i, v128.load(p, 112));
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
  for (; j + 64 <= ws; j += 64) {
    const c = bias + j;
    let a = v128.load(c);
    let b = v128.load(c, 16);
    let d = v128.load(c, 32);
    let e = v128.load(c, 48);
    const base = w + j;
    for (let at = begin; at < end; at += sizeof<T>()) {
      const p = base + <usize>load<T>(at) * ws;
      a = f32x4.add(a, v128.load(p));
      b = f32x4.add(b, v128.load(p, 16));
      d = f32x4.add(d, v128.load(p, 32));
      e = f32x4.add(e, v128.load(p, 48));
    }
    const q = y + j;
    v128.store(q, a);
    v128.store(q, b, 16);
    v128.store(q, d, 32);
    v128.store(q, e, 48);
  }
  for (; j < ws; j += 16) {
    let a = v128.load(bias + j);
    const base = w + j;
    for (let at = begin; at < end; at += sizeof<T>()) {
      a = f32x4.add(a, v128.load(base + <usize>load<T>(at) * ws));
    }
    v128.store(y + j, a);
  }
}

/**
 * One row: adds d to the rows of g named by the ids; a row's first touch in this step overwrites what was there. With `s`, the mean squares of
 * RMSprop, that first touch also makes up for the steps in which the row was not touched and only had to decay.
 */
export function scatter<T>(
  begin: usize, end: usize, d: usize, ws: usize, g: usize, stamps: usize, step: i32, s: usize, decay: f32,
): void {
  for (let at = begin; at < end; at += sizeof<T>()) {
    const id = <usize>load<T>(at);
    const stamp = stamps + (id << 2);
    const last = load<i32>(stamp);
    let p = g + id * ws;
    const stop = p + ws;
    let q = d;
    if (last == step) {
      for (; p < stop; p += 16, q += 16) v128.store(p, f32x4.add(v128.load(p), v128.load(q)));
    } else {
      store<i32>(stamp, step);
      if (s) catchUp(s + id * ws, ws, decay, step - last - 1);
      for (; p < stop; p += 16, q += 16) v128.store(p, v128.load(q));
    }
  }
}

/** Let the mean squares of a row decay `steps` times. */
export function catchUp(s: usize, bytes: usize, decay: f32, steps: i32): void {
  if (steps == 0) return;
  let factor: f32 = 1;
  let power = decay;
  for (; steps > 0; steps >>= 1) {
    if (steps & 1) factor *= power;
    power *= power;
  }
  decayRow(s, bytes, splat(factor));
}
