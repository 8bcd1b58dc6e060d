import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { RandomState } from '../../src/random/RandomState';
import { drawSeed, setRandomSeed } from '../../src/random/setRandomSeed';

describe('setRandomSeed', () => {
  const usual = Math.random;
  afterEach(() => setRandomSeed(null));

  it('makes Math.random repeatable, with the numbers of NumPy', () => {
    setRandomSeed(42);
    const first = [Math.random(), Math.random()];
    setRandomSeed(42);
    assert.deepEqual([Math.random(), Math.random()], first);
    assert.deepEqual(first, new RandomState(42).randomSample(2));
    assert.equal(first[0], 0.3745401188473625);
  });

  it('makes initial weights repeatable', () => {
    const draw = () => {
      setRandomSeed(3);
      const layer = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [3] })] });
      const [kernel] = layer.getWeights().map(tensor => [...tensor.dataSync()]);
      layer.dispose();
      return kernel;
    };
    const first = draw();
    assert.deepEqual(draw(), first);
    assert.notEqual(new Set(first).size, 1);
  });

  it('draws the seeds of runs from a stream of its own', () => {
    setRandomSeed(1);
    const first = [drawSeed(), drawSeed()];
    setRandomSeed(1);
    Math.random();
    assert.deepEqual([drawSeed(), drawSeed()], first);
    assert.notEqual(first[0], first[1]);
  });

  it('is undone by null', () => {
    setRandomSeed(1);
    assert.notEqual(Math.random, usual);
    setRandomSeed(null);
    assert.equal(Math.random, usual);
    assert.notEqual(drawSeed(), drawSeed());
  });

  it('refuses other seeds and changes nothing then', () => {
    assert.throws(
      () => setRandomSeed(-1),
      new RangeError('Expected seed to be a whole number from 0 to 4294967295, received -1.'),
    );
    assert.throws(() => Reflect.apply(setRandomSeed, undefined, ['1']), TypeError);
    assert.equal(Math.random, usual);
  });
});
