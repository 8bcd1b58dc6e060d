// Loads an engine and compares a little of everything with known values: probe.cjs <checkout> <package folder>. A program of its own
// for check.mjs.
'use strict';
const assert = require('node:assert/strict');
const { createRequire } = require('node:module');
const path = require('node:path');

const [, , root = '', folder = ''] = process.argv;
const load = createRequire(path.join(root, 'package.json'));
/** @type {typeof import('@tensorflow/tfjs')} */
const tf = load('@tensorflow/tfjs');
/** @type {{ mendNative: () => void }} */
const { mendNative } = load('./dist/engines/native/mendNative.js');

load(folder);
mendNative();
assert.equal(
  tf.getBackend(),
  'tensorflow',
  'it does not become the back end of the checkout’s TensorFlow.js',
);
/** @type {import('@tensorflow/tfjs').KernelBackend & { isUsingGpuDevice?: boolean, binding?: { TF_Version: string } }} */
const backend = tf.backend();

/** @param {import('@tensorflow/tfjs').Tensor} tensor @param {readonly number[]} expected */
const same = (tensor, expected) => {
  const values = Array.from(tensor.dataSync());
  assert.equal(values.length, expected.length);
  values.forEach((value, i) =>
    assert.ok(Math.abs(value - Number(expected[i])) < 1e-4, `${values.join()} is not ${expected.join()}`),
  );
};
same(
  tf.matMul(
    tf.tensor2d([
      [1, 2],
      [3, 4],
    ]),
    tf.tensor2d([
      [5, 6],
      [7, 8],
    ]),
  ),
  [19, 22, 43, 50],
);
same(tf.round(tf.tensor1d([-3, 0, 7], 'int32')), [-3, 0, 7]);
same(tf.round(tf.tensor1d([0.5, 1.5, -2.6])), [0, 2, -3]);
same(tf.topk(tf.tensor1d([3, 1, 2]), 2).values, [3, 2]);
const image = tf.tensor4d([0, 1, 2, 3, 4, 5, 6, 7, 8], [1, 3, 3, 1]);
const filter = tf.tensor4d([1, 1, 1, 1], [2, 2, 1, 1]);
same(tf.conv2d(image, filter, 1, 'valid'), [8, 12, 20, 24]);
const slope = tf.grad(x => tf.sum(tf.square(x)));
same(slope(tf.tensor1d([1, -2])), [2, -4]);

console.log(
  `engine ${JSON.stringify({ tensorflow: backend.binding?.TF_Version, gpu: backend.isUsingGpuDevice === true })}`,
);
