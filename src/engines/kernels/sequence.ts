import * as tf from '@tensorflow/tfjs';
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

/** The kernels' `Sequence`: sizes, choices and addresses, 0 for what is not there. */
function sequenceWords(room: Room, attributes: SequenceAttributes, infos: Infos, steps: number): number[] {
  const [batch, units] = infos.h0!.shape;
  const address = (name: string): number => {
    const info = infos[name];
    return info === undefined ? 0 : room.at(info);
  };
  return [
    ...[kinds.indexOf(attributes.kind), batch!, steps, infos.kernel!.shape[0]!, units!],
    activations.indexOf(attributes.activation),
    activations.indexOf(attributes.recurrentActivation),
    Number(attributes.goBackwards),
    Number(attributes.returnSequences),
    ...['x', 'kernel', 'recurrentKernel', 'bias', 'h0', 'c0', 'mask', 'out'].map(address),
    ...['xs', 'gates', 'hs', 'cs', 'extra'].map(address),
    ...['dOut', 'dcLast', 'dx', 'dKernel', 'dRecurrentKernel', 'dBias', 'dh0', 'dc0'].map(address),
  ];
}

/** Register the kernels that take a recurrent layer over a whole sequence. They are not among TensorFlow.js' own. */
export function registerSequence(): void {
  register<SequenceAttributes>(forwardName, (room, inputs, attributes) => {
    const [batch, steps, width] = inputs.x!.shape;
    const units = inputs.h0!.shape[1]!;
    const lstm = attributes.kind === 'LSTM';
    const out = room.output(attributes.returnSequences ? [batch!, steps!, units] : [batch!, units]);
    const xs = room.output([steps!, batch!, width!]);
    const gates = room.output([steps!, batch!, inputs.kernel!.shape[1]!]);
    const hs = room.output([steps! + 1, batch!, units]);
    // Kernels return a fixed number of tensors: one without numbers stands for what this kind does not have.
    const cs = room.output(lstm ? [steps! + 1, batch!, units] : [0]);
    const extra = room.output(attributes.kind === 'SimpleRNN' ? [0] : [steps!, batch!, units]);
    const sequence = room.words(
      sequenceWords(room, attributes, { ...inputs, out, xs, gates, hs, cs, extra }, steps!),
    );
    room.withScratch(room.call.sequenceScratch(sequence), scratch =>
      room.call.sequenceForward(sequence, scratch),
    );
    return [out, xs, gates, hs, cs, extra];
  });

  register<SequenceAttributes>(backwardName, (room, inputs, attributes) => {
    const [steps, batch, width] = inputs.xs!.shape;
    const dx = room.output([batch!, steps!, width!]);
    const dKernel = room.output(inputs.kernel!.shape);
    const dRecurrentKernel = room.output(inputs.recurrentKernel!.shape);
    const dBias = room.output([inputs.kernel!.shape[1]!]);
    const dh0 = room.output(inputs.h0!.shape);
    const dc0 = room.output(inputs.h0!.shape);
    const sequence = room.words(
      sequenceWords(room, attributes, { ...inputs, dx, dKernel, dRecurrentKernel, dBias, dh0, dc0 }, steps!),
    );
    room.withScratch(room.call.sequenceScratch(sequence), scratch =>
      room.call.sequenceBackward(sequence, scratch),
    );
    return [dx, dKernel, dRecurrentKernel, dBias, dh0, dc0];
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
    const [out, xs, gates, hs, cs, extra] = run(forwardName, { ...inputs }, attributes);
    save([kernel, recurrentKernel, h0, ...(mask ? [mask] : []), xs!, gates!, hs!, cs!, extra!]);
    outShape = out!.shape;
    const value = cellState ? join(out!, cs!) : out!;
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

function join(out: tf.Tensor, cs: tf.Tensor): tf.Tensor {
  const [batch = 0] = out.shape;
  const last = tf.gather(cs, cs.shape[0] - 1);
  return tf.concat([tf.reshape(out, [batch, -1]), last], 1);
}

function split(value: tf.Tensor, outShape: number[]): [tf.Tensor, tf.Tensor] {
  const [batch = 0, width = 0] = value.shape;
  const [units = 0] = outShape.slice(-1);
  const out = tf.reshape(tf.slice(value, [0, 0], [batch, width - units]), outShape);
  return [out, tf.slice(value, [0, width - units], [batch, units])];
}
