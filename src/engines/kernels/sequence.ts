import * as tf from '@tensorflow/tfjs';
import { partition, type Examples } from './parts/partition';
import { runParts } from './parts/runParts';
import type { Part, Region } from './parts/Helper';
import { register } from './register';
import type { Room } from './Room';

/** The recurrent layers, in the order of the kernels. */
const kinds = ['SimpleRNN', 'GRU', 'LSTM'] as const;

/** Names of TensorFlow.js' activation classes, in the order of the kernels. */
export const activations = ['tanh', 'sigmoid', 'hardSigmoid', 'relu', 'linear'] as const;

/** A recurrent layer. */
export type Kind = (typeof kinds)[number];

/** What a run over a sequence is. */
export interface SequenceAttributes {
  readonly kind: Kind;
  readonly activation: (typeof activations)[number];
  readonly recurrentActivation: (typeof activations)[number];
  /** Whether the steps are taken last first. */
  readonly goBackwards: boolean;
  /** Whether the output is every step's, [batch, steps, units], or the last one's, [batch, units]. */
  readonly returnSequences: boolean;
  /** Whether the cell state after the last step is wanted as well. */
  readonly cellState: boolean;
}

/** x [batch, steps, inputs], weights as the layer has them, states before the first step [batch, units], mask [batch, steps] of 0 and 1. */
export interface SequenceInputs {
  readonly x: tf.Tensor;
  readonly kernel: tf.Tensor;
  readonly recurrentKernel: tf.Tensor;
  readonly bias?: tf.Tensor;
  readonly h0: tf.Tensor;
  readonly c0?: tf.Tensor;
  readonly mask?: tf.Tensor;
}

const forwardName = 'KerasPrimerSequence';
const backwardName = 'KerasPrimerSequenceGrad';

type Infos = Readonly<Record<string, tf.TensorInfo | undefined>>;

// A batch may be worked on in parts. What each part keeps for the way back stands together, so that [steps, batch, …] below is that of one part after
// that of another; only the kernels read it.

/** Of each example, its part; of what has no examples, all. */
const perExample = new Set([
  ...['x', 'h0', 'c0', 'mask', 'out', 'cLast', 'xs', 'gates', 'hs', 'cs', 'extra'],
  ...['dOut', 'dcLast', 'dx', 'dh0', 'dc0'],
]);

/** Tensors in the order of the kernels' `Sequence`. */
const order = [
  ...['x', 'kernel', 'recurrentKernel', 'bias', 'h0', 'c0', 'mask', 'out', 'cLast'],
  ...['xs', 'gates', 'hs', 'cs', 'extra'],
  ...['dOut', 'dcLast', 'dx', 'dKernel', 'dRecurrentKernel', 'dBias', 'dh0', 'dc0'],
];

interface Sizes {
  readonly batch: number;
  readonly steps: number;
  readonly inputs: number;
  readonly units: number;
  /** Of all gates. */
  readonly width: number;
}

/** The same on the way there and back. */
const partsOf = ({ batch, steps, inputs, units, width }: Sizes): Examples[] =>
  partition(
    batch,
    2 * batch * steps * (inputs + units) * width,
    4 * batch * steps * (2 * inputs + width + 3 * units),
  );

/** The parts of a run over a sequence: sizes, choices and regions of memory, 0 for what is not there. */
function sequenceParts(
  room: Room,
  { kind, activation, recurrentActivation, goBackwards, returnSequences }: SequenceAttributes,
  sizes: Sizes,
  given: Infos,
  made: Infos,
): Part[] {
  const { batch, steps, inputs, units } = sizes;
  const examples = partsOf(sizes);
  return examples.map(({ first, count }, part) => {
    const region = (name: string): number | Region => {
      const way = name in made ? 'out' : 'in';
      const info = made[name] ?? given[name];
      if (info === undefined) return 0;
      if (perExample.has(name)) return room.region(info, way, first, count, batch);
      // Each part has gradients of the weights of its own, which are summed afterwards.
      return way === 'out' ? room.region(info, way, part, 1, examples.length) : room.region(info, way);
    };
    const words = [
      ...[kinds.indexOf(kind), count, steps, inputs, units],
      ...[activations.indexOf(activation), activations.indexOf(recurrentActivation)],
      ...[Number(goBackwards), Number(returnSequences)],
      ...order.map(region),
    ];
    return { words, args: [] };
  });
}

/** Register the kernels that take a recurrent layer over a whole sequence. They are not among TensorFlow.js' own. */
export function registerSequence(): void {
  register<SequenceAttributes>(forwardName, (room, inputs, attributes) => {
    const [batch, steps, width] = inputs.x!.shape;
    const units = inputs.h0!.shape[1]!;
    const gates = inputs.kernel!.shape[1]!;
    const lstm = attributes.kind === 'LSTM';
    // Kernels return a fixed number of tensors: one without numbers stands for what this kind does not have.
    const made = {
      out: room.output(attributes.returnSequences ? [batch!, steps!, units] : [batch!, units]),
      cLast: room.output(attributes.cellState ? [batch!, units] : [0]),
      xs: room.output([steps!, batch!, width!]),
      gates: room.output([steps!, batch!, gates]),
      hs: room.output([steps! + 1, batch!, units]),
      cs: room.output(lstm ? [steps! + 1, batch!, units] : [0]),
      extra: room.output(attributes.kind === 'SimpleRNN' ? [0] : [steps!, batch!, units]),
    };
    const sizes = { batch: batch!, steps: steps!, inputs: width!, units, width: gates };
    const wanted: Infos = attributes.cellState ? made : { ...made, cLast: undefined };
    runParts(room, 'sequenceForward', sequenceParts(room, attributes, sizes, inputs, wanted));
    return Object.values(made);
  });

  register<SequenceAttributes>(backwardName, (room, inputs, attributes) => {
    const [steps, batch, width] = inputs.xs!.shape;
    const { kernel, recurrentKernel, h0 } = inputs;
    const [units, gates] = recurrentKernel!.shape;
    const sizes = { batch: batch!, steps: steps!, inputs: width!, units: units!, width: gates! };
    const parts = partsOf(sizes).length;
    const dx = room.output([batch!, steps!, width!]);
    const [dh0, dc0] = [room.output(h0!.shape), room.output(h0!.shape)];
    const sums = {
      dKernel: room.output([parts, ...kernel!.shape]),
      dRecurrentKernel: room.output([parts, ...recurrentKernel!.shape]),
      dBias: room.output([parts, gates!]),
    };
    const made = { ...sums, dx, dh0, dc0 };
    runParts(room, 'sequenceBackward', sequenceParts(room, attributes, sizes, inputs, made));
    return [dx, ...Object.values(sums).map(sum => room.sumParts(sum)), dh0, dc0];
  });
}

function run(
  name: string,
  inputs: Readonly<Record<string, tf.Tensor | undefined>>,
  attributes: SequenceAttributes,
): tf.Tensor[] {
  const given: tf.NamedTensorMap = {};
  for (const [key, tensor] of Object.entries(inputs)) if (tensor !== undefined) given[key] = tensor;
  const result: tf.Tensor | tf.Tensor[] = tf.engine().runKernel(name, given, { ...attributes });
  return Array.isArray(result) ? result : [result];
}

/**
 * Take a recurrent layer over a whole sequence, as one operation with one gradient.
 *
 * @returns the output and, if `cellState` was asked for, the cell state after the last step.
 */
export function runSequence(inputs: SequenceInputs, attributes: SequenceAttributes): tf.Tensor[] {
  const { x, kernel, recurrentKernel, bias, h0, c0, mask } = inputs;
  const { cellState } = attributes;
  const moving = [x, kernel, recurrentKernel, ...(bias ? [bias] : []), h0, ...(c0 ? [c0] : [])];
  let outShape: number[] = [];
  const operation = tf.customGrad((...args) => {
    const save = args.at(-1);
    if (typeof save !== 'function')
      throw new Error('Expected TensorFlow.js to give a function that saves tensors.');
    const [out, cLast, xs, gates, hs, cs, extra] = run(forwardName, { ...inputs }, attributes);
    save([kernel, recurrentKernel, h0, ...(mask ? [mask] : []), xs!, gates!, hs!, cs!, extra!]);
    outShape = out!.shape;
    const value = cellState ? join(out!, cLast!) : out!;
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      const [dOut, dcLast] = cellState ? split(dy, outShape) : [dy, undefined];
      const [savedKernel, savedRecurrent, savedH0, ...rest] = saved;
      const savedMask = mask ? rest.shift() : undefined;
      const [savedXs, savedGates, savedHs, savedCs, savedExtra] = rest;
      const [dx, dKernel, dRecurrentKernel, dBias, dh0, dc0] = run(
        backwardName,
        {
          ...{ kernel: savedKernel, recurrentKernel: savedRecurrent, h0: savedH0, mask: savedMask },
          ...{ xs: savedXs, gates: savedGates, hs: savedHs, cs: savedCs, extra: savedExtra, dOut, dcLast },
        },
        attributes,
      );
      return [dx!, dKernel!, dRecurrentKernel!, ...(bias ? [dBias!] : []), dh0!, ...(c0 ? [dc0!] : [])];
    };
    return { value, gradFunc };
  });
  const value = operation(...moving);
  return cellState ? split(value, outShape) : [value];
}

// An operation with a gradient of its own has one result: output and cell state side by side.

function join(out: tf.Tensor, cLast: tf.Tensor): tf.Tensor {
  return tf.concat([tf.reshape(out, [cLast.shape[0], -1]), cLast], 1);
}

function split(value: tf.Tensor, outShape: number[]): [tf.Tensor, tf.Tensor] {
  const [batch = 0, width = 0] = value.shape;
  const [units = 0] = outShape.slice(-1);
  const out = tf.reshape(tf.slice(value, [0, 0], [batch, width - units]), outShape);
  return [out, tf.slice(value, [0, width - units], [batch, units])];
}
