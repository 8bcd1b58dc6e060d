import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { plotModel } from '../../src/charts/plotModel';
import { checkChart, countMarks } from './checkChart';
import { models } from './models';
import { shaped, untyped } from './untyped';

interface Box {
  x: number;
  y: number;
  x2: number;
  y2: number;
  layer: string;
}

/** The boxes of the layers, as drawn. */
function boxesOf(chart: ReturnType<typeof plotModel>): Box[] {
  const { layer } = shaped<{
    layer: { mark: { type: string; cornerRadius?: number }; data: { values: Box[] } }[];
  }>(chart.spec);
  return layer.find(({ mark }) => mark.type === 'rect' && mark.cornerRadius === 5)!.data.values;
}

describe('plotModel', () => {
  afterEach(() => tf.disposeVariables());

  it('draws a stack: layers, shapes, parameters, arrows, frozen weights', async () => {
    const chart = plotModel(models.stack());
    assert.equal(chart.title, 'stack: 25,450 parameters');
    const svg = await checkChart('plotModel', chart, { line: 3, symbol: 3, rect: 4, text: 11 });
    for (const text of ['(?, 32) · 25,120 params', 'Dense softmax', 'frozen weights'])
      assert.ok(svg.includes(text), text);
    assert.equal(
      String(chart),
      'stack: 25,450 parameters\n  InputLayer first_input: (?, 784)\n  first: (?, 32) · 25,120 params, from first_input\n' +
        '  drop: (?, 32), from first\n  last: (?, 10) · 330 params, from drop',
    );
  });

  it('draws several inputs and outputs, inputs in their order', async () => {
    const chart = plotModel(models.heads());
    await checkChart('plotModel-heads', chart, { line: 6, symbol: 6, rect: 7, text: 21 });
    const [left, right] = ['left', 'right'].map(name => boxesOf(chart).find(({ layer }) => layer === name)!);
    assert.ok(left!.x2 < right!.x);
  });

  it('draws a shared layer and a shared model once, the arrows of each call in a colour', async () => {
    const model = models.shared();
    const closed = plotModel(model);
    await checkChart('plotModel-shared', closed, { line: 6, symbol: 6, rect: 5, text: 15 });
    const svg = await checkChart('plotModel-nested', plotModel(model, { expandNested: true }), {
      line: 7,
      symbol: 7,
      rect: 6 + 1,
      text: 18,
    });
    assert.ok(svg.includes('encoder, shared by 2 calls · 12 params'));
    const { layer } = shaped<{ layer: { data: { values: { call?: string }[] } }[] }>(closed.spec);
    const calls = new Set(layer.flatMap(({ data }) => data.values.flatMap(({ call }) => call ?? [])));
    assert.deepEqual([...calls].sort(), ['call 1', 'call 2']);
  });

  it('leads arrows into and out of a frame straight, not round its corners', () => {
    for (const rankdir of ['TB', 'LR'] as const) {
      const chart = plotModel(models.shared(), { expandNested: true, rankdir });
      const { layer } = shaped<{ layer: { data: { values: { x: number; y: number; wire?: number }[] } }[] }>(
        chart.spec,
      );
      const points = layer.flatMap(({ data }) => data.values.filter(({ wire }) => wire !== undefined));
      const boxes = boxesOf(chart);
      const [low, high, side] = rankdir === 'TB' ? (['x', 'x2', 'x'] as const) : (['y', 'y2', 'y'] as const);
      const least = Math.min(...boxes.map(box => box[low]));
      const most = Math.max(...boxes.map(box => box[high]));
      assert.ok(points.length > 0);
      for (const point of points) assert.ok(point[side] >= least && point[side] <= most, rankdir);
    }
  });

  it('draws from left to right, and a way around a layer', async () => {
    const chart = plotModel(models.residual(), { rankdir: 'LR' });
    assert.deepEqual(countMarks(await chart.toSVG()), { line: 3, symbol: 3, rect: 3, text: 9 });
    const [input, add] = ['input', 'add'].map(name => boxesOf(chart).find(({ layer }) => layer === name)!);
    assert.ok(input!.x2 < add!.x);
  });

  it('keeps 20 layers readable: no boxes overlap, at a width that a report has', () => {
    for (const make of Object.values(models)) {
      const chart = plotModel(make());
      const boxes = boxesOf(chart);
      boxes.forEach((a, i) =>
        boxes.slice(i + 1).forEach(b => {
          const apart = a.x2 <= b.x || b.x2 <= a.x || a.y2 <= b.y || b.y2 <= a.y;
          assert.ok(apart, `${a.layer} and ${b.layer} overlap`);
        }),
      );
      assert.ok(shaped<{ width: number }>(chart.spec).width < 700);
    }
  });

  it('changes nothing in the model', () => {
    const model = models.shared();
    const before = JSON.stringify(model.toJSON());
    const tensors = tf.memory().numTensors;
    plotModel(model, { expandNested: true });
    assert.equal(JSON.stringify(model.toJSON()), before);
    assert.equal(tf.memory().numTensors, tensors);
  });

  it('refuses what it cannot draw', () => {
    assert.throws(() => plotModel(untyped({})), {
      message: 'Expected a tf layers model, received an object. Make one with tf.sequential or tf.model.',
    });
    const unbuilt = tf.sequential({ name: 'unbuilt' });
    assert.throws(() => plotModel(unbuilt), {
      message:
        'Expected a model with known shapes, received unbuilt before it is built. Give its first layer an inputShape.',
    });
    assert.throws(() => plotModel(models.stack(), { rankdir: untyped('RL') }), {
      message: 'Expected rankdir to be "TB" or "LR", received "RL". Did you mean "LR"?',
    });
  });
});
