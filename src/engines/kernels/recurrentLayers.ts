import * as tf from '@tensorflow/tfjs';
import { layerClass } from './layerClasses';
import { activations, runSequence, type Kind, type SequenceAttributes } from './sequence';

/** What is used of TensorFlow.js' recurrent layers and cells. */
interface Weight {
  read(): tf.Tensor;
}

interface Activation {
  getClassName(): string;
}

interface Cell {
  readonly units: number;
  readonly kernel: Weight;
  readonly recurrentKernel: Weight;
  readonly bias: Weight | null;
  readonly activation: Activation;
  readonly recurrentActivation?: Activation;
  readonly dropout: number;
  readonly recurrentDropout: number;
  readonly dropoutFunc?: unknown;
  getClassName(): string;
}

interface CallArguments {
  readonly mask?: tf.Tensor | tf.Tensor[] | null;
  readonly training?: boolean | null;
  readonly initialState?: tf.Tensor[] | null;
}

interface RecurrentLayer {
  readonly cell: Cell;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly goBackwards: boolean;
  readonly stateful: boolean;
  readonly unroll: boolean;
  readonly states: tf.Tensor[];
  call: (
    this: RecurrentLayer,
    inputs: tf.Tensor | tf.Tensor[],
    kwargs?: CallArguments | null,
  ) => tf.Tensor | tf.Tensor[];
  resetStates(states: tf.Tensor[], training?: boolean | null): void;
}

const layers: readonly Kind[] = ['SimpleRNN', 'GRU', 'LSTM'];

const replaced = new WeakSet<object>();

/**
 * Let SimpleRNN, GRU and LSTM take whole sequences at once on the WebAssembly back end. A layer with something that the kernels do not have
 * (recurrent dropout, an uncommon activation) goes TensorFlow.js' own way, as all do on other back ends.
 */
export function replaceRecurrentLayers(): void {
  for (const kind of layers) {
    const { prototype } = layerClass<RecurrentLayer>(kind);
    if (replaced.has(prototype)) continue;
    replaced.add(prototype);
    const original = prototype.call;
    prototype.call = function call(this: RecurrentLayer, inputs, kwargs) {
      const work = plan(kind, this, inputs, kwargs ?? {});
      return work === undefined ? original.call(this, inputs, kwargs) : tf.tidy(work);
    };
  }
}

type Name = SequenceAttributes['activation'];

function known(activation: Activation | undefined): Name | undefined {
  const name = activation?.getClassName();
  return activations.find(candidate => candidate === name);
}

/** The layer's work on these inputs, if the kernels can do it. */
function plan(
  kind: Kind,
  layer: RecurrentLayer,
  inputs: tf.Tensor | tf.Tensor[],
  { mask, training, initialState }: CallArguments,
): (() => tf.Tensor | tf.Tensor[]) | undefined {
  if (tf.getBackend() !== 'wasm') return undefined;
  const { cell, stateful } = layer;
  const x = one(inputs);
  const steps = x?.shape[1] ?? 0;
  const activation = known(cell.activation);
  const recurrentActivation = kind === 'SimpleRNN' ? 'linear' : known(cell.recurrentActivation);
  const count = kind === 'LSTM' ? 2 : 1;
  const given = initialState ?? (stateful ? layer.states : null);
  const masks = mask == null ? undefined : one(mask);
  const plain =
    cell.getClassName() === `${kind}Cell` &&
    x !== undefined &&
    x.rank === 3 &&
    x.dtype === 'float32' &&
    x.size > 0 &&
    !layer.unroll &&
    cell.recurrentDropout === 0 &&
    cell.dropout < 1 &&
    (cell.dropout === 0 || cell.dropoutFunc == null) &&
    (given === null || given.length === count) &&
    (mask == null || (masks !== undefined && masks.rank === 2));
  if (!plain || activation === undefined || recurrentActivation === undefined) return undefined;
  return () => {
    const batch = x.shape[0];
    const states = given ?? Array.from({ length: count }, () => tf.zeros([batch, cell.units]));
    const [h0, c0] = states;
    const wantsCell = kind === 'LSTM' && (layer.returnState || stateful);
    const [output, c] = runSequence(
      {
        x: training === true && cell.dropout > 0 ? dropInputs(x, cell.dropout, kind) : x,
        kernel: cell.kernel.read(),
        recurrentKernel: cell.recurrentKernel.read(),
        bias: cell.bias?.read(),
        h0: h0!,
        c0,
        mask: masks && tf.cast(tf.cast(masks, 'bool'), 'float32'),
      },
      {
        ...{ kind, activation, recurrentActivation, cellState: wantsCell },
        ...{ goBackwards: layer.goBackwards, returnSequences: layer.returnSequences },
      },
    );
    if (!layer.returnState && !stateful) return output!;
    const h = layer.returnSequences
      ? tf.reshape(tf.slice(output!, [0, steps - 1, 0], [batch, 1, cell.units]), [batch, cell.units])
      : output!;
    const last = c === undefined ? [h] : [h, c];
    if (stateful) layer.resetStates(last, training);
    return layer.returnState ? [output!, ...last] : output!;
  };
}

function one(tensors: tf.Tensor | tf.Tensor[]): tf.Tensor | undefined {
  if (!Array.isArray(tensors)) return tensors;
  return tensors.length === 1 ? tensors[0] : undefined;
}

/** Dropout as TensorFlow.js' cells have it: one mask for all steps. They draw one for each gate and use the first. */
function dropInputs(x: tf.Tensor, rate: number, kind: Kind): tf.Tensor {
  const gates = { SimpleRNN: 1, GRU: 3, LSTM: 4 }[kind];
  const [batch, , width] = x.shape;
  const [mask] = Array.from({ length: gates }, () => tf.dropout(tf.ones([batch, width!]), rate));
  return tf.mul(x, tf.expandDims(mask!, 1));
}
