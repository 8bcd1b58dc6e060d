import { Data, Layer, Run } from './layout';
import { log1, splat, sum1 } from './math';

export const MSE: i32 = 0;
export const MAE: i32 = 1;
export const BINARY: i32 = 2;
export const CATEGORICAL: i32 = 3;
export const SPARSE_CATEGORICAL: i32 = 4;

export const BINARY_ACCURACY: i32 = 0;
export const CATEGORICAL_ACCURACY: i32 = 1;
export const SPARSE_CATEGORICAL_ACCURACY: i32 = 2;
export const METRIC_MAE: i32 = 3;
export const METRIC_MSE: i32 = 4;

// Probabilities are clipped to here, and have no gradient beyond, as in TensorFlow.js and Keras.
const LOW: f32 = 1e-7;
const HIGH: f32 = 0.9999999;

@inline
function clip(p: f32): f32 {
  // NaN passes through.
  return p < LOW ? LOW : p > HIGH ? HIGH : p;
}

/**
 * Loss and metrics of `count` rows (those at `order`, or from row `first` on where order is 0) added to the sums; with
 * `train`, the gradient of their mean loss is left in the last layer's dy.
 */
export function addLoss(run: Run, last: Layer, data: Data, order: usize, first: i32, count: i32, train: bool): void {
  const n = last.outputs;
  const stride = last.stride;
  let p = last.y;
  let d = last.dy;
  let loss: f64 = 0;
  if (order && run.loss != SPARSE_CATEGORICAL && !data.labels) fetch(data.y, order, count, n);
  for (let i = 0; i < count; i++) {
    const row = order ? load<i32>(order + (<usize>i << 2)) : first + i;
    const weight: f32 = data.weights ? load<f32>(data.weights + (<usize>row << 2)) : 1;
    const scale = weight / <f32>count;
    const fused = last.fusedLoss;
    const label: i32 = data.labels ? load<i32>(data.labels + (<usize>row << 2)) : -1;
    switch (run.loss) {
      case MSE: {
        loss += <f64>weight * squared(p, data.y + ((<usize>row * n) << 2), n, d, scale, train);
        break;
      }
      case MAE: {
        loss += <f64>weight * absolute(p, data.y + ((<usize>row * n) << 2), n, d, scale, train);
        break;
      }
      case BINARY: {
        loss += <f64>weight * binary(p, data.y + ((<usize>row * n) << 2), n, d, scale, train, fused);
        break;
      }
      case CATEGORICAL: {
        loss += <f64>weight * categorical(p, data.y + ((<usize>row * n) << 2), n, label, d, scale, train, fused);
        break;
      }
      case SPARSE_CATEGORICAL: {
        const label = load<i32>(data.y + (<usize>row << 2));
        loss += <f64>weight * sparseCategorical(p, label, n, d, scale, train, fused);
        break;
      }
    }
    if (run.metrics) addMetrics(run, p, data.y, row, n, label);
    p += stride;
    d += stride;
  }
  store<f64>(run.sums, load<f64>(run.sums) + loss);
}

// Rows in random order are not in the cache, and one after the other each would be waited for: read all of them at once.
function fetch(y: usize, order: usize, count: i32, n: i32): void {
  const bytes = <usize>n << 2;
  let any: i32 = 0;
  for (let i = 0; i < count; i++) {
    const row = y + <usize>load<i32>(order + (<usize>i << 2)) * bytes;
    for (let j: usize = 0; j < bytes; j += 64) any |= load<i32>(row + j);
    any |= load<i32>(row + bytes - 4);
  }
  fetched = any;
}

// Used nowhere; without it a compiler might leave out the reading.
let fetched: i32 = 0;

function squared(p: usize, t: usize, n: i32, d: usize, scale: f32, train: bool): f64 {
  let sum: f64 = 0;
  const slope = (scale + scale) / <f32>n;
  for (let j: usize = 0; j < <usize>n << 2; j += 4) {
    const e = load<f32>(p + j) - load<f32>(t + j);
    sum += <f64>(e * e);
    if (train) store<f32>(d + j, slope * e);
  }
  return sum / <f64>n;
}

// The slope at 0 is -1, as TensorFlow.js has it.
function absolute(p: usize, t: usize, n: i32, d: usize, scale: f32, train: bool): f64 {
  let sum: f64 = 0;
  const slope = scale / <f32>n;
  for (let j: usize = 0; j < <usize>n << 2; j += 4) {
    const e = load<f32>(p + j) - load<f32>(t + j);
    sum += <f64>abs<f32>(e);
    if (train) store<f32>(d + j, e > 0 ? slope : e <= 0 ? -slope : e);
  }
  return sum / <f64>n;
}

function binary(p: usize, t: usize, n: i32, d: usize, scale: f32, train: bool, fused: i32): f64 {
  let sum: f64 = 0;
  const slope = scale / <f32>n;
  for (let j: usize = 0; j < <usize>n << 2; j += 4) {
    const out = load<f32>(p + j);
    const target = load<f32>(t + j);
    const q = clip(out);
    let l: f64 = 0;
    if (target != 0) l -= <f64>target * <f64>log1(q);
    if (target != 1) l -= (1 - <f64>target) * <f64>log1(1 - q);
    sum += l;
    if (train) {
      const e = slope * (out - target);
      store<f32>(d + j, out < LOW || out > HIGH ? 0 : fused ? e : e / (out * (1 - out)));
    }
  }
  return sum / <f64>n;
}

function categorical(p: usize, t: usize, n: i32, label: i32, d: usize, scale: f32, train: bool, fused: i32): f64 {
  const end = <usize>n << 2;
  const whole = end & ~15;
  let totals = splat(0);
  for (let j: usize = 0; j < whole; j += 16) totals = f32x4.add(totals, v128.load(p + j));
  let total = sum1(totals);
  for (let j = whole; j < end; j += 4) total += load<f32>(p + j);
  let sum: f64 = 0;
  // The targets whose probability was not clipped: the others have no gradient.
  let mass: f32 = 0;
  for (let j = nextTarget(t, label, 0, end); j < end; j = nextTarget(t, label, j + 4, end)) {
    const target = targetAt(t, label, j);
    const q = load<f32>(p + j) / total;
    sum -= <f64>target * <f64>log1(clip(q));
    if (!(q < LOW || q > HIGH)) mass += target;
  }
  if (train) {
    const slope = scale * mass;
    if (fused) scaleRow(p, d, n, slope);
    else fillRow(d, n, slope / total);
    for (let j = nextTarget(t, label, 0, end); j < end; j = nextTarget(t, label, j + 4, end)) {
      const part: f32 = scale * targetAt(t, label, j);
      const q = load<f32>(p + j) / total;
      if (!(q < LOW || q > HIGH)) store<f32>(d + j, load<f32>(d + j) - (fused ? part : part / q / total));
    }
  }
  // Without any target the loss would hide a NaN.
  return total == total ? sum : <f64>total;
}

// Where the next target that is not 0 stands, from `j` on; `end` if there is none. One-hot targets have one in a row, at `label` where that is known.
@inline
function nextTarget(t: usize, label: i32, j: usize, end: usize): usize {
  if (label >= 0) return j <= <usize>label << 2 ? <usize>label << 2 : end;
  for (; j < end; j += 4) {
    while (j + 16 <= end && !v128.any_true(v128.load(t + j))) j += 16;
    if (j < end && load<f32>(t + j) != 0) break;
  }
  return min<usize>(j, end);
}

// Not read where it is known: it would not be in the cache.
@inline
function targetAt(t: usize, label: i32, j: usize): f32 {
  return label >= 0 ? 1 : load<f32>(t + j);
}

// d = factor · p
function scaleRow(p: usize, d: usize, n: i32, factor: f32): void {
  const end = <usize>n << 2;
  let j: usize = 0;
  for (; j + 16 <= end; j += 16) v128.store(d + j, f32x4.mul(splat(factor), v128.load(p + j)));
  for (; j < end; j += 4) store<f32>(d + j, factor * load<f32>(p + j));
}

function fillRow(d: usize, n: i32, value: f32): void {
  for (let j: usize = 0; j < <usize>n << 2; j += 4) store<f32>(d + j, value);
}

function sparseCategorical(p: usize, label: i32, n: i32, d: usize, scale: f32, train: bool, fused: i32): f64 {
  const end = <usize>n << 2;
  const whole = end & ~15;
  let totals = splat(0);
  // As `clip`: NaN passes through.
  for (let j: usize = 0; j < whole; j += 16) {
    totals = f32x4.add(totals, f32x4.pmin(f32x4.pmax(v128.load(p + j), splat(LOW)), splat(HIGH)));
  }
  let total = sum1(totals);
  for (let j = whole; j < end; j += 4) total += clip(load<f32>(p + j));
  const at = <usize>label << 2;
  const out = load<f32>(p + at);
  const q = clip(out) / total;
  const inside = !(out < LOW || out > HIGH || q < LOW || q > HIGH);
  if (train) {
    if (fused) {
      scaleRow(p, d, n, inside ? scale : 0);
      if (inside) store<f32>(d + at, scale * (out - 1));
    } else {
      for (let j: usize = 0; j < end; j += 4) {
        const v = load<f32>(p + j);
        if (v < LOW || v > HIGH || q < LOW || q > HIGH) store<f32>(d + j, 0);
        else store<f32>(d + j, (scale * (j == at ? 1 - 1 / q : 1)) / total);
      }
    }
  }
  return total == total ? -<f64>log1(clip(q)) : <f64>total;
}

/** The first place of the largest value; a NaN is only the largest at the very beginning. */
function argMax(p: usize, n: i32): i32 {
  const first = load<f32>(p);
  if (first != first) return 0;
  let tops = splat(first);
  let places = i32x4.splat(0);
  let here = i32x4(0, 1, 2, 3);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const v = v128.load(p + (<usize>i << 2));
    const more = f32x4.gt(v, tops);
    tops = v128.bitselect(v, tops, more);
    places = v128.bitselect(here, places, more);
    here = i32x4.add(here, i32x4.splat(4));
  }
  let top = first;
  let at = 0;
  for (let lane = 0; lane < 4; lane++) {
    const v = f32x4.extract_lane(tops, 0);
    const place = i32x4.extract_lane(places, 0);
    if (v > top || (v == top && place < at)) {
      top = v;
      at = place;
    }
    tops = i8x16.shuffle(tops, tops, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3);
    places = i8x16.shuffle(places, places, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3);
  }
  for (; i < n; i++) {
    const v = load<f32>(p + (<usize>i << 2));
    if (v > top) {
      top = v;
      at = i;
    }
  }
  return at;
}

function addMetrics(run: Run, p: usize, y: usize, row: i32, n: i32, label: i32): void {
  const t = y + ((<usize>row * n) << 2);
  const end = <usize>n << 2;
  if (run.metrics & (1 << BINARY_ACCURACY)) {
    let right = 0;
    for (let j: usize = 0; j < end; j += 4) {
      right += i32(load<f32>(t + j) == <f32>(load<f32>(p + j) > 0.5 ? 1 : 0));
    }
    add(run, BINARY_ACCURACY, <f64>right / <f64>n);
  }
  if (run.metrics & (1 << CATEGORICAL_ACCURACY)) {
    add(run, CATEGORICAL_ACCURACY, f64((label >= 0 ? label : argMax(t, n)) == argMax(p, n)));
  }
  if (run.metrics & (1 << SPARSE_CATEGORICAL_ACCURACY)) {
    add(run, SPARSE_CATEGORICAL_ACCURACY, f64(load<i32>(y + (<usize>row << 2)) == argMax(p, n)));
  }
  if (run.metrics & (1 << METRIC_MAE)) {
    let sum: f64 = 0;
    for (let j: usize = 0; j < end; j += 4) sum += <f64>abs<f32>(load<f32>(p + j) - load<f32>(t + j));
    add(run, METRIC_MAE, sum / <f64>n);
  }
  if (run.metrics & (1 << METRIC_MSE)) {
    let sum: f64 = 0;
    for (let j: usize = 0; j < end; j += 4) {
      const e = load<f32>(p + j) - load<f32>(t + j);
      sum += <f64>(e * e);
    }
    add(run, METRIC_MSE, sum / <f64>n);
  }
}

@inline
function add(run: Run, metric: i32, value: f64): void {
  const at = run.sums + 8 + (<usize>metric << 3);
  store<f64>(at, load<f64>(at) + value);
}
