// The structures that the trainer reads. The field lists repeat assembly/layout.ts.

import type { Layout, WeightPlace } from './layout';
import { losses, metrics, optimizers } from './network';
import type { Network } from './network';
import type { WasmMemory } from './wasm';

const layerFields = [
  'kind',
  'activation',
  'inputs',
  'outputs',
  'xStride',
  'stride',
  'x',
  'y',
  'dx',
  'dy',
  'w',
  'g',
  's1',
  's2',
  'bias',
  'hasBias',
  'trainable',
  'zeroStops',
  'fusedLoss',
  'stamps',
  'counts',
  'touched',
  'lists',
  'sums',
  'mask',
  'rate',
  'l1',
  'l2',
  'biasL1',
  'biasL2',
] as const;

const runFields = [
  'layers',
  'layerCount',
  'loss',
  'metrics',
  'sums',
  'random',
  'optimizer',
  'learningRate',
  'decay1',
  'rest1',
  'decay2',
  'rest2',
  'epsilon',
  'power1',
  'power2',
  'step',
  'decays',
] as const;

const dataFields = ['idBytes', 'x', 'ids', 'y', 'labels', 'weights'] as const;

/** Bytes of each structure, for comparison with what the trainer says. */
export const sizes = {
  layer: layerFields.length * 4,
  run: runFields.length * 4,
  data: dataFields.length * 4,
};

const floats = new Set<string>([
  'rate',
  'l1',
  'l2',
  'biasL1',
  'biasL2',
  'learningRate',
  'decay1',
  'rest1',
  'decay2',
  'rest2',
  'epsilon',
  'power1',
  'power2',
]);

type Fields<Name extends string> = Partial<Record<Name, number>>;

/** The fields of a layer; those left out are 0. */
export type LayerValues = Fields<(typeof layerFields)[number]>;

function write(view: DataView, at: number, fields: readonly string[], values: Fields<string>): void {
  fields.forEach((name, i) => {
    const value = values[name] ?? 0;
    if (floats.has(name)) view.setFloat32(at + i * 4, value, true);
    else view.setUint32(at + i * 4, value, true);
  });
}

/** Write the structures into memory that is still zero, and seed the random numbers of dropout. */
export function writeStructures(memory: WasmMemory, layout: Layout, network: Network, seed: number): void {
  const view = new DataView(memory.buffer);
  let wanted = 0;
  for (const metric of network.metrics) wanted |= 1 << metrics.indexOf(metric);
  const { kind, learningRate, decay, decay2, epsilon } = network.optimizer;
  write(view, layout.run, runFields, {
    layers: layout.layersAt,
    layerCount: layout.layers.length,
    loss: losses.indexOf(network.loss),
    metrics: wanted,
    sums: layout.sums,
    random: layout.random,
    optimizer: optimizers.indexOf(kind),
    learningRate,
    decay1: decay,
    rest1: 1 - decay,
    decay2,
    rest2: 1 - decay2,
    epsilon,
    power1: decay,
    power2: decay2,
    decays: layout.decays,
  });
  layout.layers.forEach((layer, i) => {
    write(view, layout.layersAt + i * sizes.layer, layerFields, layer);
  });
  for (const data of [layout.data, layout.validation]) {
    if (data) write(view, data.at, dataFields, { ...data });
  }
  // SplitMix32 spreads the seed over the state, which must not be all zero.
  let z = seed >>> 0;
  for (let i = 0; i < 16; i++) {
    z = (z + 0x9e3779b9) >>> 0;
    let t = z ^ (z >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    view.setUint32(layout.random + i * 4, (t ^ (t >>> 15)) >>> 0, true);
  }
}

const runAt = (layout: Layout, field: (typeof runFields)[number]): number =>
  layout.run + runFields.indexOf(field) * 4;

/** Set the learning rate. Not while a worker trains. */
export function writeLearningRate(memory: WasmMemory, layout: Layout, rate: number): void {
  new DataView(memory.buffer).setFloat32(runAt(layout, 'learningRate'), rate, true);
}

/** Set the powers of Adam's betas, one ahead of the steps done, as TensorFlow.js keeps them. */
export function writePowers(memory: WasmMemory, layout: Layout, powers: readonly [number, number]): void {
  const view = new DataView(memory.buffer);
  view.setFloat32(runAt(layout, 'power1'), powers[0], true);
  view.setFloat32(runAt(layout, 'power2'), powers[1], true);
}

const trainableAt = (layout: Layout, { layer }: WeightPlace): number =>
  layout.layersAt + layer * sizes.layer + layerFields.indexOf('trainable') * 4;

/** Whether a layer trains. */
export function readTrainable(memory: WasmMemory, layout: Layout, place: WeightPlace): boolean {
  return new DataView(memory.buffer).getUint32(trainableAt(layout, place), true) !== 0;
}

/** Let a layer stay as it is. Not while a worker trains. */
export function freezeLayer(memory: WasmMemory, layout: Layout, place: WeightPlace): void {
  new DataView(memory.buffer).setUint32(trainableAt(layout, place), 0, true);
}

/** Optimizer steps done since the structures were written. */
export function readSteps(memory: WasmMemory, layout: Layout): number {
  return new DataView(memory.buffer).getUint32(runAt(layout, 'step'), true);
}
