import type * as tf from '@tensorflow/tfjs';
import { describe } from '../options/describe';

type Layer = tf.layers.Layer;

/** What a layer does to its inputs, as far as training is concerned. */
export type LayerKind = 'input' | 'trainable weights' | 'frozen weights' | 'no weights';

/** A layer of a model, whatever the number of its calls. */
export interface LayerBox {
  /** Unique in the graph, nested models included. */
  id: string;
  name: string;
  /** Whether somebody chose the name, not TensorFlow.js. */
  named: boolean;
  className: string;
  /** What sets it apart from others of its class: its activation, the size of its kernel, … */
  detail: string;
  kind: LayerKind;
  /** One for each output of each call, equal ones once; `null` is the batch. */
  outputShapes: (number | null)[][];
  parameters: number;
  trainableParameters: number;
  /** How often the model calls it: more than once when it is shared. */
  calls: number;
  /** The inside of a nested model. */
  inside?: ModelGraph;
}

/** A tensor on its way from layer to layer. */
export interface LayerLink {
  from: string;
  to: string;
  /** Which call of the layer that gives it, and of the one that takes it, from 1. */
  fromCall: number;
  toCall: number;
  /** Which output of the one, which input of the other, from 0. */
  output: number;
  input: number;
}

/** A model as a directed acyclic graph of calls, drawn together by layer. */
export interface ModelGraph {
  name: string;
  /** Inputs first; no layer stands before one that it needs, unless they share calls. */
  layers: LayerBox[];
  links: LayerLink[];
  /** The layers that take the model's inputs and give its outputs, in the model's order. */
  inputs: string[];
  outputs: string[];
  parameters: number;
  trainableParameters: number;
}

/**
 * The graph of a tf layers model: found from its outputs backwards, so that only the calls that belong to this model count.
 *
 * @throws TypeError for anything else, and for a Sequential that does not know its shapes yet.
 */
export function modelGraph(model: unknown): ModelGraph {
  if (!isContainer(model)) {
    throw new TypeError(
      `Expected a tf layers model, received ${describe(model)}. Make one with tf.sequential or tf.model.`,
    );
  }
  return graphOf(model, '');
}

function graphOf(model: tf.LayersModel, prefix: string): ModelGraph {
  // A Sequential has no outputs before it knows its input.
  if ((model.outputs ?? []).length === 0) {
    throw new TypeError(
      `Expected a model with known shapes, received ${model.name} before it is built. Give its first layer an inputShape.`,
    );
  }
  const layers: { layer: Layer; calls: number[] }[] = [];
  const links: LayerLink[] = [];
  const begins = new Set(model.inputLayers ?? []);
  const visit = (layer: Layer, nodeIndex: number): number => {
    let entry = layers.find(one => one.layer === layer);
    const known = entry?.calls.indexOf(nodeIndex) ?? -1;
    if (known >= 0) return known + 1;
    const node = layer.inboundNodes[nodeIndex];
    const sources = begins.has(layer) ? [] : (node?.inboundLayers ?? []);
    const from = sources.map((source, input) => ({
      source,
      input,
      output: node!.tensorIndices[input]!,
      fromCall: visit(source, node!.nodeIndices[input]!),
    }));
    entry = layers.find(one => one.layer === layer);
    if (!entry) layers.push((entry = { layer, calls: [] }));
    const toCall = entry.calls.push(nodeIndex);
    for (const { source, ...link } of from) {
      links.push({ from: prefix + source.name, to: prefix + layer.name, toCall, ...link });
    }
    return toCall;
  };
  for (const output of model.outputs) visit(output.sourceLayer, output.nodeIndex);
  const boxes = layers.map(({ layer, calls }) => boxOf(layer, calls, prefix));
  return {
    name: model.name,
    layers: boxes,
    links,
    inputs: model.inputs.map(({ sourceLayer }) => prefix + sourceLayer.name),
    outputs: model.outputs.map(({ sourceLayer }) => prefix + sourceLayer.name),
    parameters: count(model.weights),
    trainableParameters: count(model.trainableWeights),
  };
}

function boxOf(layer: Layer, calls: number[], prefix: string): LayerBox {
  const className = layer.getClassName();
  const parameters = count(layer.weights);
  const trainableParameters = layer.trainable ? count(layer.trainableWeights) : 0;
  const box: LayerBox = {
    id: prefix + layer.name,
    name: layer.name,
    named: !new RegExp(
      `^(\\w*_?${className}\\d+(_input)?|model\\d+|sequential_\\d+|input\\d+)$|_input$`,
    ).test(layer.name),
    className: className === 'Model' ? 'Functional' : className,
    detail: detailOf(className, layer.getConfig()),
    kind:
      className === 'InputLayer'
        ? 'input'
        : trainableParameters > 0
          ? 'trainable weights'
          : parameters > 0
            ? 'frozen weights'
            : 'no weights',
    outputShapes: shapesOf(layer, calls),
    parameters,
    trainableParameters,
    calls: calls.length,
  };
  return isContainer(layer) ? { ...box, inside: graphOf(layer, `${prefix}${layer.name}/`) } : box;
}

function shapesOf(layer: Layer, calls: number[]): (number | null)[][] {
  const shapes = calls.flatMap(call =>
    layer.inboundNodes[call]!.outputTensors.map(({ shape }) => shape.map(size => size ?? null)),
  );
  return shapes.filter((shape, i) => shapes.findIndex(other => String(other) === String(shape)) === i);
}

function count(weights: readonly { shape: (number | null)[] }[]): number {
  return weights.reduce(
    (sum, { shape }) => sum + shape.reduce<number>((all, size) => all * (size ?? 1), 1),
    0,
  );
}

function detailOf(className: string, config: object): string {
  const parts: string[] = [];
  const values = new Map<string, unknown>(Object.entries(config));
  const inner = toRecord(values.get('layer'));
  if (inner && typeof inner.className === 'string') {
    parts.push(`${inner.className}${prefixed(' ', detailOf(inner.className, toRecord(inner.config) ?? {}))}`);
  }
  for (const key of ['kernelSize', 'poolSize', 'size']) {
    const size = values.get(key);
    if (Array.isArray(size)) parts.push(size.join('×'));
  }
  if (/^(Conv|Separable|Depthwise)/.test(className) && sides(values.get('strides'))) {
    parts.push(`stride ${sides(values.get('strides'))}`);
  }
  const activation = values.get('activation');
  if (typeof activation === 'string' && activation !== 'linear') parts.push(activation);
  if (className === 'Activation' && activation === 'linear') parts.push('linear');
  const rate = values.get('rate');
  if (typeof rate === 'number') parts.push(String(rate));
  return parts.join(', ');
}

/** Steps other than 1. */
function sides(strides: unknown): string {
  if (!Array.isArray(strides) || strides.every(step => step === 1)) return '';
  return strides.every(step => step === strides[0]) ? String(strides[0]) : strides.join('×');
}

function prefixed(prefix: string, text: string): string {
  return text === '' ? '' : prefix + text;
}

function toRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}

function isContainer(value: unknown): value is tf.LayersModel {
  return (
    typeof value === 'object' &&
    value !== null &&
    'layers' in value &&
    Array.isArray(value.layers) &&
    'getClassName' in value
  );
}
