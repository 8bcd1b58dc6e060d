import type * as tf from '@tensorflow/tfjs';
import { describeData } from '../matrix/describeData';
import { hasValues } from '../matrix/hasValues';
import { isList } from '../matrix/isList';
import { describe } from '../options/describe';
import { hasMethods } from '../options/hasMethods';
import { isPlainObject } from '../options/isPlainObject';
import { isTensor } from '../matrix/isTensor';
import type { Matrix } from '../matrix/Matrix';
import { SparseMatrix } from '../matrix/SparseMatrix';
import { functionName, type ModelInternals } from '../engines/modelInternals';
import { sampleSize, type Samples } from '../engines/Samples';

/** Numbers nested as deep as the data have axes; rows may be typed arrays. */
export type NestedNumbers = ArrayLike<number> | readonly NestedNumbers[];

/** Data for one input or output: a matrix, a list of numbers (one for each sample), nested numbers or a tensor of any rank. */
export type Data = Matrix | tf.Tensor | NestedNumbers;

/** Data for a model: for one with several inputs or outputs an array with an entry for each, or an object by their names. */
export type ModelData = Data | readonly Data[] | { readonly [name: string]: Data };

/** What one input or output must look like. */
export interface Slot {
  /** How messages call it: `x`, or `x["title"]` where there are several. */
  readonly label: string;
  /** The layer's name. */
  readonly name: string;
  /** Axes after the samples; `null` where any length will do. */
  readonly shape: readonly (number | null)[];
  /** For labels given as class numbers: how many classes there are. */
  readonly classes?: number;
  /** For one-hot targets: shown in the advice. */
  readonly oneHot?: boolean;
}

/** The inputs of a model. */
export function inputSlots(model: tf.LayersModel, label: string): Slot[] {
  return model.inputs.map((input, i) => slot(label, model.inputNames, i, input.shape.slice(1)));
}

/** The targets of a compiled model: shaped as its outputs, with a last axis of 1 for a sparse loss. */
export function targetSlots({ model, lossFunctions }: ModelInternals, label: string): Slot[] {
  return model.outputs.map((output, i) => {
    const shape = output.shape.slice(1);
    const base = slot(label, model.outputNames, i, shape);
    const loss = functionName(lossFunctions[i]!);
    if (loss === 'sparseCategoricalCrossentropy') {
      return { ...base, shape: [...shape.slice(0, -1), 1], classes: shape.at(-1) ?? Infinity };
    }
    return { ...base, oneHot: loss === 'categoricalCrossentropy' };
  });
}

function slot(label: string, names: readonly string[], i: number, shape: readonly (number | null)[]): Slot {
  const name = names[i]!;
  return { label: names.length > 1 ? `${label}["${name}"]` : label, name, shape };
}

/** Turn what the user gave into one `Samples` for each slot, checked against the model. */
export function prepare(data: unknown, slots: readonly Slot[], label: string): Samples[] {
  return split(data, slots, label).map((one, i) => checkShape(toSamples(one, slots[i]!), slots[i]!));
}

/** Check that all have the same number of samples, and return it. */
export function countSamples(groups: Readonly<Record<string, readonly Samples[]>>): number {
  let count: number | undefined;
  let first = '';
  for (const [label, all] of Object.entries(groups)) {
    for (const samples of all) {
      const [rows = 0] = samples.shape;
      if (count === undefined) {
        count = rows;
        first = label;
      } else if (rows !== count) {
        throw new RangeError(
          first === label
            ? `Expected every entry of ${label} to have the same number of samples, received ${count} and ${rows}.`
            : `Expected ${first} and ${label} to have the same number of samples, received ${count} and ${rows}.`,
        );
      }
    }
  }
  if (!count) throw new RangeError(`Expected ${first} to have at least one sample, received none.`);
  return count;
}

/** One entry of `data` for each slot. */
export function split(data: unknown, slots: readonly Slot[], label: string): unknown[] {
  if (slots.length === 0) {
    throw new Error('Expected a model with layers, received one that has none. Add layers to it first.');
  }
  if (isPlainObject(data)) {
    const names = slots.map(({ name }) => name);
    const given = Object.keys(data);
    const wrong = given.find(name => !names.includes(name)) ?? names.find(name => !given.includes(name));
    if (hasValues(data)) {
      throw new TypeError(`Expected ${label} to be data, received ${describeData(data)}. Pass its .values.`);
    }
    if (wrong !== undefined) {
      throw new TypeError(
        `Expected ${label} to have the names of the model (${names.join(', ')}), received ${given.join(', ') || 'none'}.`,
      );
    }
    return names.map(name => data[name]);
  }
  if (slots.length === 1) {
    // As in tf, one input may come in a list of one tensor.
    return Array.isArray(data) && data.length === 1 && isData(data[0]) ? data : [data];
  }
  if (!Array.isArray(data) || data.length !== slots.length) {
    throw new TypeError(
      `Expected ${label} to have ${slots.length} entries, one for each of ${slots.map(({ name }) => name).join(', ')}, ` +
        `received ${describeData(data)}. Give an array in this order, or an object with these names.`,
    );
  }
  return data;
}

function isData(value: unknown): boolean {
  return isTensor(value) || value instanceof SparseMatrix;
}

// What to do with an object that holds data, but is none.
function adviceFor(data: unknown): string {
  if (data instanceof Promise) return ' Await it.';
  if (hasValues(data)) return ' Pass its .values.';
  if (hasMethods(data, 'forEachAsync'))
    return ' Collect it with its toArray(), and give x and y as arrays or tensors.';
  return '';
}

function toSamples(data: unknown, { label, shape }: Slot): Samples {
  if (data instanceof SparseMatrix) return data;
  if (isTensor(data)) {
    if (data.isDisposed) {
      throw new Error(`Expected ${label} to be a tensor in memory, received one that has been disposed.`);
    }
    if (data.dtype === 'string' || data.dtype === 'complex64') {
      throw new TypeError(`Expected ${label} to hold real numbers, received a tensor of type ${data.dtype}.`);
    }
    if (data.rank === 1 && shape.length === 1 && shape[0] === 1) {
      return { shape: [data.size, 1], values: Float32Array.from(data.dataSync()) };
    }
    return data;
  }
  if (!isList(data)) {
    throw new TypeError(
      `Expected ${label} to be numbers, a SparseMatrix or a tensor, received ${describeData(data)}.${adviceFor(data)}`,
    );
  }
  const axes: number[] = [];
  for (let at: unknown = data; isList(at); at = at[0]) axes.push(at.length);
  const values = new Float32Array(axes.reduce((size, axis) => size * axis, 1));
  let filled = 0;
  // Where `part` is; put into words for an error only, as there are thousands of rows.
  const place: number[] = [];
  const where = (depth: number): string =>
    place
      .slice(0, depth)
      .map(i => `[${i}]`)
      .join('');
  const fill = (part: unknown, depth: number): void => {
    if (!isList(part)) {
      throw new TypeError(
        `Expected ${label}${where(depth)} to be an array of ${axes[depth]} values, received ${describeData(part)}.`,
      );
    }
    if (part.length !== axes[depth]) {
      throw new TypeError(
        `Expected ${label}${where(depth)} to have ${axes[depth]} values as the first one has, received ${part.length}. ` +
          'Make them equally long.',
      );
    }
    if (depth < axes.length - 1) {
      for (let i = 0; i < part.length; i++) {
        place[depth] = i;
        fill(part[i], depth + 1);
      }
      return;
    }
    const begin = filled;
    for (let i = 0; i < part.length; i++) {
      const value: unknown = part[i];
      if (typeof value !== 'number') {
        throw new TypeError(
          `Expected ${label}${where(depth)}[${i}] to be a number, received ${describeData(value)}.`,
        );
      }
      values[begin + i] = value;
    }
    filled += part.length;
  };
  fill(data, 0);
  // A list of numbers is a column where the model wants columns of one.
  if (axes.length === shape.length && shape.at(-1) === 1) axes.push(1);
  return { shape: axes, values };
}

function checkShape(samples: Samples, { label, shape, classes, oneHot }: Slot): Samples {
  const given = samples.shape;
  const fits =
    given.length === shape.length + 1 && shape.every((axis, i) => axis === null || axis === given[i + 1]);
  if (!fits) throw new RangeError(mismatch(label, shape, given, oneHot === true, classes !== undefined));
  if (classes !== undefined) checkLabels(samples, label, classes);
  return samples;
}

function mismatch(
  label: string,
  shape: readonly (number | null)[],
  given: readonly number[],
  oneHot: boolean,
  sparse: boolean,
): string {
  if (oneHot && given.length === 1) {
    return (
      `Expected ${label} with ${shape[0]} columns, one for each class, received a list of ${given[0]} numbers. ` +
      `Turn it into one-hot rows with toOneHot(${label}, { dimension: ${shape[0]} }), or compile the model with the loss ` +
      'sparseCategoricalCrossentropy.'
    );
  }
  if (sparse && given.length === shape.length + 1) {
    return (
      `Expected ${label} to hold one class number for each sample, received shape [${given.join(', ')}]. ` +
      'Give class numbers, or compile the model with the loss categoricalCrossentropy for one-hot rows.'
    );
  }
  if (shape.length === 1 && given.length === 2) {
    return `Expected ${label} with ${columns(shape[0])}, as the model has it, received ${columns(given[1])}.`;
  }
  const wanted = ['samples', ...shape.map(axis => axis ?? 'any')].join(', ');
  return `Expected ${label} of shape [${wanted}], as the model has it, received [${given.join(', ')}]. Reshape it.`;
}

function columns(count: number | null | undefined): string {
  return `${count} column${count === 1 ? '' : 's'}`;
}

function checkLabels(samples: Samples, label: string, classes: number): void {
  if (samples instanceof SparseMatrix) return;
  const values = 'values' in samples ? samples.values : samples.dataSync();
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isInteger(value) && value >= 0 && value < classes) continue;
    throw new RangeError(
      `Expected ${label} to hold class numbers from 0 to ${classes - 1}, received ${value} at position ${i}. ` +
        'Check that the last layer has a unit for each class.',
    );
  }
}

/** The weight of each sample for each output: sample weights times class weights; `undefined` where all weigh 1. */
export function prepareWeights(
  sampleWeight: unknown,
  classWeight: unknown,
  y: readonly Samples[],
  slots: readonly Slot[],
  label = 'sampleWeight',
): (Float32Array | undefined)[] {
  const bySample = eachOutput(sampleWeight, slots, label);
  const byClass = eachOutput(classWeight, slots, 'classWeight', isClassWeight);
  return y.map((targets, i) => {
    const [rows = 0] = targets.shape;
    const own = bySample[i] === undefined ? undefined : readWeights(bySample[i], rows, label);
    const classes = byClass[i];
    if (classes === undefined) return own;
    const weights = own ?? new Float32Array(rows).fill(1);
    classWeights(classes, targets, slots[i]!).forEach((weight, row) => (weights[row]! *= weight));
    return weights;
  });
}

function eachOutput(
  given: unknown,
  slots: readonly Slot[],
  label: string,
  isOne: (value: unknown) => boolean = isList,
): unknown[] {
  if (given === undefined || given === null) return slots.map(() => undefined);
  if (slots.length === 1 && (isOne(given) || isTensor(given))) return [given];
  return split(given, slots, label);
}

function readWeights(given: unknown, rows: number, label: string): Float32Array {
  const values: unknown = isTensor(given) ? given.dataSync() : given;
  if (!isList(values))
    throw new TypeError(`Expected ${label} to be a list of numbers, received ${describeData(given)}.`);
  if (values.length !== rows) {
    throw new RangeError(
      `Expected ${label} to have ${rows} values, one for each sample, received ${values.length}.`,
    );
  }
  return Float32Array.from(values, (value: unknown, i) => {
    if (typeof value === 'number' && value >= 0 && value < Infinity) return value;
    throw new RangeError(
      `Expected ${label} to hold numbers of at least 0, received ${describe(value)} at position ${i}.`,
    );
  });
}

function isClassWeight(value: unknown): value is Record<string, unknown> {
  return isPlainObject(value) && Object.keys(value).every(key => /^\d+$/.test(key));
}

function classWeights(given: unknown, targets: Samples, { classes, label }: Slot): number[] {
  if (!isClassWeight(given)) {
    throw new TypeError(
      `Expected classWeight to be an object such as { 0: 1, 1: 5 }, received ${describeData(given)}.`,
    );
  }
  for (const [key, weight] of Object.entries(given)) {
    if (typeof weight !== 'number' || !(weight >= 0 && weight < Infinity)) {
      throw new RangeError(
        `Expected classWeight[${key}] to be a number of at least 0, received ${describe(weight)}.`,
      );
    }
  }
  if (targets.shape.length !== 2 || targets instanceof SparseMatrix) {
    throw new TypeError(`Expected ${label} to be class numbers or one-hot rows for classWeight to apply.`);
  }
  const values = 'values' in targets ? targets.values : targets.dataSync();
  const size = classes === undefined ? sampleSize(targets) : 1;
  return Array.from({ length: targets.shape[0] ?? 0 }, (_, row) => {
    let at = 0;
    if (size === 1) at = roundHalfToEven(values[row]!);
    else {
      for (let j = 1; j < size; j++) if (values[row * size + j]! > values[row * size + at]!) at = j;
    }
    const weight = given[at];
    return typeof weight === 'number' ? weight : 1;
  });
}

// As NumPy rounds, and Keras the targets for their class.
function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
