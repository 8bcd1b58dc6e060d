// The trainer: whole optimizer steps over a stack of dense layers, on structures that the host lays out in memory.

import { activate, derive } from './activations';
import { backward, columnSums, forward, gradient, gradientRmsprop, rowRmsprop } from './dense';
import { dropout } from './dropout';
import { ACTIVATION, ADAM, Data, DENSE, DROPOUT, Layer, RMSPROP, Run } from './layout';
import { addLoss } from './losses';
import { keepDecays, lazy, penalty, settle, update, updateBias, updateMarked, updateTouched } from './optimizers';
import { begins, count, countAndList, enlist, gather, listCounted, scatter } from './sparse';

/** The sizes of Layer, Run and Data in bytes: the host checks that it has the same fields. */
export function layerSize(): usize {
  return offsetof<Layer>();
}
export function runSize(): usize {
  return offsetof<Run>();
}
export function dataSize(): usize {
  return offsetof<Data>();
}

@inline
function layerAt(run: Run, i: i32): Layer {
  return changetype<Layer>(run.layers + <usize>i * offsetof<Layer>());
}

@inline
function rowAt(order: usize, first: i32, i: i32): usize {
  return order ? <usize>load<i32>(order + (<usize>i << 2)) : <usize>(first + i);
}

/**
 * Train on positions `from` to `to` (not included) of an epoch, in batches of `batch` rows, the last one smaller if
 * need be. `order` holds the row at each position; 0 takes the rows in their own order.
 */
export function train(run: Run, data: Data, order: usize, from: i32, to: i32, batch: i32): void {
  if (run.step == 0) keepDecays(run);
  while (from < to) {
    const count = min<i32>(batch, to - from);
    step(run, data, order ? order + (<usize>from << 2) : 0, from, count);
    from += count;
  }
}

/** Finish what was put off, so that weights and the optimizer's moments may be read. */
export function finish(run: Run): void {
  for (let i = 0; i < run.layerCount; i++) settle(run, layerAt(run, i));
}

/** Add loss and metrics of rows `from` to `to` (not included) to the sums, without training. */
export function evaluate(run: Run, data: Data, from: i32, to: i32, batch: i32): void {
  while (from < to) {
    const count = min<i32>(batch, to - from);
    runForward(run, data, 0, from, count, false);
    addLoss(run, layerAt(run, run.layerCount - 1), data, 0, from, count, false);
    from += count;
  }
}

/** Write the outputs of rows `from` to `to` (not included) one after the other at `out`, without padding. */
export function predict(run: Run, data: Data, from: i32, to: i32, batch: i32, out: usize): void {
  const last = layerAt(run, run.layerCount - 1);
  const bytes = <usize>last.outputs << 2;
  while (from < to) {
    const count = min<i32>(batch, to - from);
    runForward(run, data, 0, from, count, false);
    for (let i = 0; i < count; i++) {
      memory.copy(out, last.y + <usize>i * last.stride, bytes);
      out += bytes;
    }
    from += count;
  }
}

function runForward(run: Run, data: Data, order: usize, first: i32, count: i32, training: bool): void {
  const input = layerAt(run, 0);
  if (!data.idBytes) copyRows(input, data, order, first, count);
  for (let i = 0; i < run.layerCount; i++) {
    const layer = layerAt(run, i);
    const bytes = layer.stride * <usize>count;
    switch (layer.kind) {
      case DENSE: {
        if (i == 0 && data.idBytes == 2) gatherRows<u16>(layer, data, order, first, count);
        else if (i == 0 && data.idBytes) gatherRows<u32>(layer, data, order, first, count);
        else {
          forward(
            layer.x, layer.xStride, count, layer.inputs,
            layer.w, layer.stride, layer.w + layer.bias, layer.y,
          );
        }
        activate(layer.activation, layer.y, bytes, layer.outputs, layer.stride);
        break;
      }
      case ACTIVATION: {
        memory.copy(layer.y, layer.x, bytes);
        activate(layer.activation, layer.y, bytes, layer.outputs, layer.stride);
        break;
      }
      case DROPOUT: {
        if (training) dropout(layer.x, layer.y, layer.mask, bytes, layer.rate, run.random);
        else memory.copy(layer.y, layer.x, bytes);
        break;
      }
    }
  }
}

function copyRows(input: Layer, data: Data, order: usize, first: i32, count: i32): void {
  const bytes = input.xStride;
  let to = input.x;
  for (let i = 0; i < count; i++) {
    let from = data.x + rowAt(order, first, i) * bytes;
    const end = from + bytes;
    for (; from < end; from += 16, to += 16) v128.store(to, v128.load(from));
  }
}

// Where the ids of a row begin; those of the row before end there.
@inline
function idsAt<T>(data: Data, row: usize): usize {
  return data.ids + <usize>load<u32>(data.x + (row << 2)) * sizeof<T>();
}

function gatherRows<T>(layer: Layer, data: Data, order: usize, first: i32, count: i32): void {
  const bias = layer.w + layer.bias;
  let y = layer.y;
  for (let i = 0; i < count; i++) {
    const row = rowAt(order, first, i);
    gather<T>(idsAt<T>(data, row), idsAt<T>(data, row + 1), layer.w, layer.stride, bias, y);
    y += layer.stride;
  }
}

// List for each row of w that the batch touches the rows of dy that touch it. Returns where the list of touched rows ends.
function listTouched<T>(layer: Layer, data: Data, order: usize, first: i32, rows: i32): usize {
  let end = layer.touched;
  // Many rows are better taken in their order in memory, which changes no result.
  if (areMany<T>(layer, data, order, first, rows)) {
    for (let i = 0; i < rows; i++) {
      const row = rowAt(order, first, i);
      count<T>(idsAt<T>(data, row), idsAt<T>(data, row + 1), layer.counts);
    }
    end = listCounted(end, layer.counts, layer.inputs);
  } else {
    for (let i = 0; i < rows; i++) {
      const row = rowAt(order, first, i);
      end = countAndList<T>(idsAt<T>(data, row), idsAt<T>(data, row + 1), layer.counts, end);
    }
  }
  begins(layer.touched, end, layer.counts, layer.lists);
  let d = layer.dy;
  for (let i = 0; i < rows; i++) {
    const row = rowAt(order, first, i);
    enlist<T>(idsAt<T>(data, row), idsAt<T>(data, row + 1), d, layer.counts);
    d += layer.stride;
  }
  return end;
}

/** Bytes of a row of w up to which its gradients are added up in place; wider ones are too many bytes for the second-level cache. */
const NARROW: usize = 128;

/** One step on a first layer with sparse input. Both ways add the rows of dy in their order, so they give the same sums. */
function stepSparse<T>(run: Run, layer: Layer, data: Data, order: usize, first: i32, rows: i32): void {
  if (layer.stride <= NARROW && lazy(run, layer) && areMany<T>(layer, data, order, first, rows)) {
    scatterRows<T>(layer, data, order, first, rows);
    updateMarked(run, layer);
  } else {
    updateTouched(run, layer, listTouched<T>(layer, data, order, first, rows));
  }
}

// Whether the rows have so many ids that going through all columns costs less than keeping a list of those touched.
function areMany<T>(layer: Layer, data: Data, order: usize, first: i32, rows: i32): bool {
  let bytes: usize = 0;
  for (let i = 0; i < rows; i++) {
    const row = rowAt(order, first, i);
    bytes += idsAt<T>(data, row + 1) - idsAt<T>(data, row);
  }
  return bytes / sizeof<T>() > <usize>layer.inputs >> 2;
}

function scatterRows<T>(layer: Layer, data: Data, order: usize, first: i32, rows: i32): void {
  let d = layer.dy;
  for (let i = 0; i < rows; i++) {
    const row = rowAt(order, first, i);
    scatter<T>(idsAt<T>(data, row), idsAt<T>(data, row + 1), d, layer.stride, layer.g, layer.counts);
    d += layer.stride;
  }
}

/** One step of the optimizer on one batch. */
function step(run: Run, data: Data, order: usize, first: i32, count: i32): void {
  run.step++;
  runForward(run, data, order, first, count, true);
  addLoss(run, layerAt(run, run.layerCount - 1), data, order, first, count, true);
  let penalties: f64 = 0;
  for (let i = run.layerCount - 1; i >= 0; i--) {
    const layer = layerAt(run, i);
    const bytes = layer.stride * <usize>count;
    if (layer.kind == DROPOUT) {
      if (layer.dx) {
        for (let o: usize = 0; o < bytes; o += 16) {
          v128.store(layer.dx + o, f32x4.mul(v128.load(layer.dy + o), v128.load(layer.mask + o)));
        }
      }
      continue;
    }
    if (!layer.fusedLoss) derive(layer.activation, layer.y, layer.dy, bytes, layer.stride);
    if (layer.kind == ACTIVATION) {
      if (layer.dx) memory.copy(layer.dx, layer.dy, bytes);
      continue;
    }
    if (layer.l1 != 0 || layer.l2 != 0 || layer.biasL1 != 0 || layer.biasL2 != 0) penalties += penalty(layer);
    stepDense(run, layer, data, order, first, count, i == 0 && data.idBytes != 0);
  }
  if (penalties != 0) store<f64>(run.sums, load<f64>(run.sums) + penalties * <f64>count);
  if (run.optimizer == ADAM) {
    run.power1 *= run.decay1;
    run.power2 *= run.decay2;
  }
}

function stepDense(run: Run, layer: Layer, data: Data, order: usize, first: i32, rows: i32, sparse: bool): void {
  const ws = layer.stride;
  const fused = run.optimizer == RMSPROP && !sparse && layer.l1 == 0 && layer.l2 == 0 && layer.trainable;
  if (fused && rows == 1) {
    rowRmsprop(
      layer.x, layer.inputs, layer.dy, ws, layer.dx, layer.zeroStops,
      layer.w, layer.s1, run.learningRate, run.decay1, run.rest1, run.epsilon,
    );
  } else {
    if (layer.dx) backward(layer.dy, ws, rows, layer.inputs, layer.w, layer.dx, layer.xStride);
    if (!layer.trainable) return;
    if (fused) {
      gradientRmsprop(
        layer.x, layer.xStride, rows, layer.inputs, layer.dy, ws,
        layer.w, layer.s1, run.learningRate, run.decay1, run.rest1, run.epsilon,
      );
    } else {
      if (sparse) {
        if (data.idBytes == 2) stepSparse<u16>(run, layer, data, order, first, rows);
        else stepSparse<u32>(run, layer, data, order, first, rows);
      } else {
        gradient(layer.x, layer.xStride, rows, layer.inputs, layer.dy, ws, layer.g);
        update(run, layer, false);
      }
    }
  }
  if (layer.hasBias) {
    columnSums(layer.dy, ws, rows, layer.g + layer.bias);
    updateBias(run, layer);
  }
}
