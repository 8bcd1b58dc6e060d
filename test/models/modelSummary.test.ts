import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { modelGraph } from '../../src/models/modelGraph';
import { modelSummary } from '../../src/models/modelSummary';
import { models } from '../charts/models';
import { untyped } from '../charts/untyped';

describe('modelSummary', () => {
  afterEach(() => tf.disposeVariables());

  it('lists a stack as its layers', () => {
    assert.equal(
      String(modelSummary(models.stack())),
      [
        'stack: 25,450 parameters, 25,120 trainable, 330 frozen',
        'layer  type     output shape  parameters',
        '-----  -------  ------------  ----------',
        'first  Dense    (null, 32)         25120',
        'drop   Dropout  (null, 32)             0',
        'last   Dense    (null, 10)           330',
      ].join('\n'),
    );
  });

  it('says where a graph takes its inputs from', () => {
    const { columns, rows } = modelSummary(models.heads());
    assert.equal(columns.at(-1), 'input from');
    assert.deepEqual(
      rows.map(row => [row[0], row.at(-1)]),
      [
        ['left', ''],
        ['a', 'left'],
        ['right', ''],
        ['b', 'right'],
        ['join', 'a, b'],
        ['one', 'join'],
        ['two', 'join'],
      ],
    );
  });

  it('lists nested models after their model when asked', () => {
    const model = models.shared();
    const names = (expandNested: boolean): unknown[] =>
      modelSummary(model, { expandNested }).rows.map(([name]) => name);
    assert.ok(!names(false).includes('· inner'));
    assert.equal(names(true)[names(true).indexOf('encoder') + 2], '· inner');
  });

  it('counts what TensorFlow.js counts', () => {
    for (const make of Object.values(models)) {
      const model = make();
      const graph = modelGraph(model);
      assert.equal(graph.parameters, model.countParams());
      const layers = graph.layers.reduce((sum, { parameters }) => sum + parameters, 0);
      assert.equal(layers, model.countParams(), 'shared weights are counted once');
    }
  });

  it('refuses what is no model', () => {
    assert.throws(() => modelSummary(untyped(3)), {
      message: 'Expected a tf layers model, received 3. Make one with tf.sequential or tf.model.',
    });
    assert.throws(() => modelSummary(models.stack(), untyped({ expand: true })), {
      message: 'Unknown option "expand" of modelSummary. Its options are: expandNested.',
    });
  });
});
