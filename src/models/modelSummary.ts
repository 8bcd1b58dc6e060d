import type * as tf from '@tensorflow/tfjs';
import { Table, table } from '../notebook/table';
import { checkBoolean } from '../options/checkBoolean';
import { checkOptions } from '../options/checkOptions';
import { type ModelGraph, modelGraph } from './modelGraph';

/** Options of `modelSummary`. */
export interface ModelSummaryOptions {
  /** List the layers of nested models too, each after its model; default false, as in Keras' `summary`. */
  expandNested?: boolean;
}

/**
 * A model's layers as a table: name, class, shape of the output (`null` is the batch), number of parameters, and, unless it is a plain stack, where each layer
 * takes its inputs from. Keras' `model.summary()`.
 *
 * @throws TypeError for anything but a tf layers model whose shapes are known.
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 32, inputShape: [784], name: 'hidden' })] });
 * modelSummary(model).rows[0]; // ['hidden', 'Dense', '(null, 32)', 25120]
 */
export function modelSummary(model: tf.LayersModel, options: ModelSummaryOptions = {}): Table {
  checkOptions('modelSummary', options, ['expandNested']);
  const expand = checkBoolean('expandNested', options.expandNested ?? false);
  const graph = modelGraph(model);
  const stack = graph.links.every(({ input }) => input === 0) && isChain(graph);
  const rows = rowsOf(graph, expand, stack, '');
  const { parameters, trainableParameters } = graph;
  const frozen = parameters - trainableParameters;
  const caption =
    `${graph.name}: ${parameters.toLocaleString('en')} parameters, ` +
    `${trainableParameters.toLocaleString('en')} trainable${frozen > 0 ? `, ${frozen.toLocaleString('en')} frozen` : ''}`;
  return table(rows, { caption, maxRows: 1000 });
}

function rowsOf(
  graph: ModelGraph,
  expand: boolean,
  stack: boolean,
  indent: string,
): Record<string, unknown>[] {
  // A plain stack's input is no layer that anybody has added.
  const shown = graph.layers.filter(({ kind }) => !(stack && kind === 'input'));
  return shown.flatMap(box => [
    {
      layer: indent + box.name,
      type: box.className,
      'output shape': box.outputShapes
        .map(shape => `(${shape.map(size => size ?? 'null').join(', ')})`)
        .join(', '),
      parameters: box.parameters,
      ...(stack ? {} : { 'input from': sources(graph, box.id).join(', ') }),
    },
    ...(expand && box.inside ? rowsOf(box.inside, expand, stack, `${indent}· `) : []),
  ]);
}

function sources(graph: ModelGraph, id: string): string[] {
  const names = graph.links
    .filter(({ to }) => to === id)
    .map(({ from, output }) => {
      const box = graph.layers.find(one => one.id === from)!;
      return `${box.name}${output > 0 ? `[${output}]` : ''}`;
    });
  return [...new Set(names)];
}

function isChain(graph: ModelGraph): boolean {
  return (
    graph.inputs.length === 1 &&
    graph.outputs.length === 1 &&
    graph.layers.every(
      ({ id, calls }) => calls === 1 && graph.links.filter(({ from }) => from === id).length <= 1,
    )
  );
}
