import { decayRow, rmspropRow } from './dense';
import { ADAM, DECAYS, Layer, MOMENTUM, NESTEROV, RMSPROP, Run, SGD } from './layout';
import { power, splat, sum1 } from './math';
import { sumRows } from './sparse';

/** The penalty of a layer's regularizers. */
export function penalty(layer: Layer): f64 {
  let sum: f64 = 0;
  const rows = layer.w + <usize>layer.inputs * layer.stride;
  if (layer.l1 != 0 || layer.l2 != 0) {
    for (let w = layer.w; w < rows; w += layer.stride) sum += rowPenalty(w, layer.stride, layer.l1, layer.l2);
  }
  if (layer.hasBias && (layer.biasL1 != 0 || layer.biasL2 != 0)) {
    sum += rowPenalty(layer.w + layer.bias, layer.stride, layer.biasL1, layer.biasL2);
  }
  return sum;
}

function rowPenalty(w: usize, bytes: usize, l1: f32, l2: f32): f64 {
  let ones = splat(0);
  let squares = splat(0);
  const end = w + bytes;
  for (; w < end; w += 16) {
    const v = v128.load(w);
    ones = f32x4.add(ones, f32x4.abs(v));
    squares = f32x4.add(squares, f32x4.mul(v, v));
  }
  return <f64>l1 * <f64>sum1(ones) + <f64>l2 * <f64>sum1(squares);
}

/**
 * Whether rows of w that a sparse batch does not touch may be left alone: those of SGD stay as they are, those of RMSprop catch up with their
 * decay when they are next touched.
 */
export function lazy(run: Run, layer: Layer): bool {
  return layer.l1 == 0 && layer.l2 == 0 && (run.optimizer == RMSPROP || run.optimizer == SGD);
}

/** One step of the optimizer on the kernel of a layer whose gradient stands in g; `sparse`: only in rows stamped with this step. */
export function update(run: Run, layer: Layer, sparse: bool): void {
  const ws = layer.stride;
  const regular = layer.l1 != 0 || layer.l2 != 0;
  let w = layer.w;
  let g = layer.g;
  let s1 = layer.s1;
  let s2 = layer.s2;
  let stamp = layer.stamps;
  for (let k = 0; k < layer.inputs; k++) {
    if (sparse && load<i32>(stamp) != run.step) {
      for (let j: usize = 0; j < ws; j += 16) v128.store(g + j, splat(0));
    }
    if (regular) regularize(w, g, layer.outputs, layer.l1, layer.l2);
    updateRow(run, w, g, s1, s2, ws);
    w += ws;
    g += ws;
    s1 += ws;
    s2 += ws;
    stamp += 4;
  }
}

/** Rows whose gradients are summed up before they are used: the sums stay in the first-level cache. */
const BLOCK: usize = 16;

/** One step of the optimizer on the rows that a sparse batch touches, from the list of each. */
export function updateTouched(run: Run, layer: Layer, end: usize): void {
  if (!lazy(run, layer)) {
    sumTouched(run, layer, end);
    update(run, layer, true);
    return;
  }
  let list = layer.lists;
  for (let at = layer.touched; at < end; at += BLOCK << 2) {
    const stop = min<usize>(at + (BLOCK << 2), end);
    list = sumBlock(layer, at, stop, list);
    updateBlock(run, layer, at, stop);
  }
}

/** Sum up the lists of all touched rows, each into its row of g. */
function sumTouched(run: Run, layer: Layer, end: usize): void {
  let list = layer.lists;
  for (let at = layer.touched; at < end; at += 4) {
    const id = <usize>load<u32>(at);
    const count = layer.counts + (id << 2);
    const next = <usize>load<u32>(count);
    sumRows(list, next, layer.stride, layer.g + id * layer.stride);
    store<i32>(layer.stamps + (id << 2), run.step);
    store<i32>(count, 0);
    list = next;
  }
}

/**
 * Sum up the lists of a block of touched rows; where each row's sum is goes into `lists`, at the row's place among the touched.
 * Returns where the next list begins.
 */
function sumBlock(layer: Layer, from: usize, to: usize, list: usize): usize {
  let g = layer.sums;
  // No list is empty, so what stood there has been read.
  let sum = layer.lists + (from - layer.touched);
  for (let at = from; at < to; at += 4, sum += 4) {
    const count = layer.counts + (<usize>load<u32>(at) << 2);
    const next = <usize>load<u32>(count);
    store<i32>(count, 0);
    // Most lists have one row, which then is the sum.
    if (next - list == 4) store<usize>(sum, load<u32>(list));
    else {
      sumRows(list, next, layer.stride, g);
      store<usize>(sum, g);
      g += layer.stride;
    }
    list = next;
  }
  return list;
}

/** Use up the sums of a block. */
function updateBlock(run: Run, layer: Layer, from: usize, to: usize): void {
  let sum = layer.lists + (from - layer.touched);
  for (let at = from; at < to; at += 4, sum += 4) {
    updateTouchedRow(run, layer, <usize>load<u32>(at), <usize>load<u32>(sum));
  }
}

/** One step of the optimizer on the rows marked in `counts`, whose gradients stand in g. Leaves both zero. */
export function updateMarked(run: Run, layer: Layer): void {
  for (let id: usize = 0; id < <usize>layer.inputs; id++) {
    const mark = layer.counts + (id << 2);
    if (!load<i32>(mark)) continue;
    store<i32>(mark, 0);
    const g = layer.g + id * layer.stride;
    updateTouchedRow(run, layer, id, g);
    for (let j: usize = 0; j < layer.stride; j += 16) v128.store(g + j, splat(0));
  }
}

/** A touched row. The mean squares of RMSprop only had to decay in the steps that did not touch it. */
@inline
function updateTouchedRow(run: Run, layer: Layer, id: usize, g: usize): void {
  const ws = layer.stride;
  const w = layer.w + id * ws;
  if (run.optimizer == SGD) {
    updateRow(run, w, g, 0, 0, ws);
    return;
  }
  const stamp = layer.stamps + (id << 2);
  const decay = splat(decays(run, run.step - load<i32>(stamp)));
  store<i32>(stamp, run.step);
  rmspropRow(w, layer.s1 + id * ws, g, ws, splat(run.learningRate), decay, splat(run.rest1), splat(run.epsilon));
}

/** Write the powers of decay1 that are kept. */
export function keepDecays(run: Run): void {
  for (let i = 0; i < DECAYS; i++) store<f32>(run.decays + (<usize>i << 2), power(run.decay1, i));
}

/** decay1 ^ steps. */
@inline
function decays(run: Run, steps: i32): f32 {
  return steps < DECAYS ? load<f32>(run.decays + (<usize>steps << 2)) : power(run.decay1, steps);
}

/** Let the rows that sparse batches have not touched lately catch up with their decay, so that the mean squares may be read. */
export function settle(run: Run, layer: Layer): void {
  if (!layer.stamps || !layer.trainable || run.optimizer != RMSPROP || !lazy(run, layer)) return;
  for (let k: usize = 0; k < <usize>layer.inputs; k++) {
    const stamp = layer.stamps + (k << 2);
    const missed = run.step - load<i32>(stamp);
    if (missed > 0) decayRow(layer.s1 + k * layer.stride, layer.stride, splat(decays(run, missed)));
    store<i32>(stamp, run.step);
  }
}

/** One step of the optimizer on a layer's bias, whose gradient stands in its row of g. */
export function updateBias(run: Run, layer: Layer): void {
  const o = layer.bias;
  if (layer.biasL1 != 0 || layer.biasL2 != 0) {
    regularize(layer.w + o, layer.g + o, layer.outputs, layer.biasL1, layer.biasL2);
  }
  updateRow(run, layer.w + o, layer.g + o, layer.s1 + o, layer.s2 + o, layer.stride);
}

// TensorFlow.js gives |w| the slope -1 at 0, and so does this.
function regularize(w: usize, g: usize, outputs: i32, l1: f32, l2: f32): void {
  const end = w + ((<usize>outputs) << 2);
  const twice = l2 + l2;
  for (; w < end; w += 4, g += 4) {
    const v = load<f32>(w);
    const slope: f32 = v > 0 ? l1 : v <= 0 ? -l1 : v;
    store<f32>(g, load<f32>(g) + slope + twice * v);
  }
}

function updateRow(run: Run, w: usize, g: usize, s1: usize, s2: usize, bytes: usize): void {
  const rate = splat(run.learningRate);
  const decay = splat(run.decay1);
  const end = w + bytes;
  switch (run.optimizer) {
    case SGD: {
      for (; w < end; w += 16, g += 16) {
        v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(rate, v128.load(g))));
      }
      return;
    }
    case MOMENTUM: {
      for (; w < end; w += 16, g += 16, s1 += 16) {
        const m = f32x4.add(f32x4.mul(decay, v128.load(s1)), v128.load(g));
        v128.store(s1, m);
        v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(rate, m)));
      }
      return;
    }
    case NESTEROV: {
      for (; w < end; w += 16, g += 16, s1 += 16) {
        const v = v128.load(g);
        const m = f32x4.add(f32x4.mul(decay, v128.load(s1)), v);
        v128.store(s1, m);
        v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(rate, f32x4.add(v, f32x4.mul(m, decay)))));
      }
      return;
    }
    case RMSPROP: {
      rmspropRow(w, s1, g, bytes, rate, decay, splat(run.rest1), splat(run.epsilon));
      return;
    }
    case ADAM: {
      const rest = splat(run.rest1);
      const decay2 = splat(run.decay2);
      const rest2 = splat(run.rest2);
      const epsilon = splat(run.epsilon);
      const correct1 = splat(<f32>1 - run.power1);
      const correct2 = splat(<f32>1 - run.power2);
      // Below the floor a moment is slow to compute with and too small to matter.
      const floor = splat(1e-30);
      for (; w < end; w += 16, g += 16, s1 += 16, s2 += 16) {
        const v = v128.load(g);
        let m = f32x4.add(f32x4.mul(decay, v128.load(s1)), f32x4.mul(rest, v));
        m = v128.andnot(m, f32x4.lt(f32x4.abs(m), floor));
        const s = f32x4.pmax(
          f32x4.add(f32x4.mul(decay2, v128.load(s2)), f32x4.mul(rest2, f32x4.mul(v, v))),
          floor,
        );
        v128.store(s1, m);
        v128.store(s2, s);
        const down = f32x4.add(f32x4.sqrt(f32x4.div(s, correct2)), epsilon);
        v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(rate, f32x4.div(f32x4.div(m, correct1), down))));
      }
      return;
    }
  }
}
