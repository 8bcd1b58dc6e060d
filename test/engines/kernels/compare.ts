import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { ensureBackend } from '../../../src/engines/backend';
import { RandomState } from '../../../src/random/RandomState';
import { withMathRandom } from '../../../src/random/withMathRandom';
import { apply } from '../../training/models';

/** Choose the WebAssembly back end with our kernels, whatever the environment says. */
export async function useWasm(): Promise<void> {
  assert.equal(await ensureBackend(), 'wasm');
}

/** Fill freed memory with numbers that would show in a result. */
export function dirty(): void {
  for (const size of [16, 64, 300, 1000, 5000, 20_000, 80_000]) {
    const tensors = Array.from({ length: 4 }, () => tf.fill([size], 1e9));
    tf.dispose(tensors);
  }
}

/** Normal draws in a shape. */
export function normal(shape: readonly number[], seed = 0): tf.Tensor {
  const size = shape.reduce((product, axis) => product * axis, 1);
  return tf.tensor(Float32Array.from(new RandomState(seed).randn(size)), [...shape]);
}

interface Result {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

/** What `work` gives on a back end, named tensors as numbers, with Math.random seeded. */
function on(backend: 'cpu' | 'wasm', work: () => Readonly<Record<string, tf.Tensor>>): Result[] {
  // Both are there, so that this takes place at once.
  void tf.setBackend(backend);
  assert.equal(tf.getBackend(), backend);
  try {
    if (backend === 'wasm') dirty();
    const random = new RandomState(5);
    return withMathRandom(
      () => random.randomSample(),
      () =>
        tf.tidy(() =>
          Object.entries(work()).map(([name, tensor]) => ({ name, values: tensor.dataSync().slice() })),
        ),
    );
  } finally {
    void tf.setBackend('wasm');
  }
}

/** Assert that `work` gives the same on wasm as on cpu. */
export function assertSame(
  work: () => Readonly<Record<string, tf.Tensor>>,
  about: unknown,
  tolerance = 1e-4,
): void {
  const expected = on('cpu', work);
  const actual = on('wasm', work);
  expected.forEach(({ name, values }, i) => {
    const found = actual[i]!.values;
    assert.equal(found.length, values.length, name);
    for (let at = 0; at < values.length; at++) {
      const difference = Math.abs(found[at]! - values[at]!);
      assert(
        difference <= tolerance * Math.max(1, Math.abs(values[at]!)),
        `${name}[${at}]: expected ${values[at]}, received ${found[at]} for ${JSON.stringify(about)}`,
      );
    }
  });
}

/** A layer's (or a model's) outputs on inputs of these shapes, and the gradients of all its weights and inputs. */
export function outputsAndGradients(
  layer: tf.layers.Layer,
  inputs: readonly tf.Tensor[],
  training = true,
): () => Record<string, tf.Tensor> {
  const symbols = inputs.map(({ shape, dtype }) => tf.input({ shape: shape.slice(1), dtype }));
  const single = symbols.length === 1 ? symbols[0]! : symbols;
  const model =
    layer instanceof tf.LayersModel ? layer : tf.model({ inputs: symbols, outputs: apply(layer, single) });
  const trained = model.trainableWeights.map(weight => weight.read());
  const variables = trained.filter(weight => weight instanceof tf.Variable);
  variables.forEach((variable, i) => {
    tf.tidy(() => variable.assign(tf.add(tf.mul(normal(variable.shape, i + 40), 0.3), 0.1)));
  });
  return () => {
    const movable = inputs.map(input => (input.dtype === 'float32' ? tf.variable(input) : input));
    const results: Record<string, tf.Tensor> = {};
    const { value, grads } = tf.variableGrads(() => {
      const output = model.call([...movable], { training });
      const outputs = Array.isArray(output) ? output : [output];
      return outputs
        .map((tensor, i) => {
          results[`output ${i}`] = tf.keep(tensor);
          return tf.sum(tf.mul(tensor, normal(tensor.shape, i + 9))).asScalar();
        })
        .reduce((sum, part) => tf.add(sum, part));
    }, [...movable.filter(tensor => tensor instanceof tf.Variable), ...variables]);
    movable.forEach((tensor, i) => {
      const gradient = grads[tensor instanceof tf.Variable ? tensor.name : ''];
      if (gradient) results[`gradient of input ${i}`] = gradient;
    });
    for (const variable of variables) results[`gradient of ${variable.name}`] = grads[variable.name]!;
    results.sum = value;
    // Kept outputs end with the tidy that the caller has round this.
    const copies = Object.fromEntries(
      Object.entries(results).map(([name, tensor]) => [name, tensor.clone()]),
    );
    tf.dispose([Object.values(results), ...movable.filter(tensor => tensor instanceof tf.Variable)]);
    return copies;
  };
}

/** Options of a property that is tried on the same cases each time. */
export const seeded = (numRuns: number) => ({ numRuns, seed: 7 });

/** A tensor of four axes, for ops that ask for that type. */
export function tensor4d(tensor: tf.Tensor): tf.Tensor4D {
  const [a, b, c, d] = tensor.shape;
  return tf.reshape(tensor, [a, b!, c!, d!]);
}

/**
 * Assert that the gradient of a linear map is its transpose: ⟨map(v), dy⟩ = ⟨v, gradient⟩ for a direction v, on the back end that is on. It needs no other
 * back end, of which some have gradients wrong.
 */
export function assertAdjoint(map: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor, about: unknown): void {
  dirty();
  tf.tidy(() => {
    const direction = normal(x.shape, 21);
    const image = map(direction);
    const dy = normal(image.shape, 22);
    const gradient = tf.grad((a: tf.Tensor) => tf.sum(tf.mul(map(a), dy)))(x);
    const dot = (a: tf.Tensor, b: tf.Tensor): number => {
      const [p, q] = [[...a.dataSync()], b.dataSync()];
      return p.reduce((sum, value, i) => sum + value * q[i]!, 0);
    };
    const [forward, backward] = [dot(image, dy), dot(direction, gradient)];
    const scale = Math.max(1, Math.sqrt(image.size * x.size) / 4);
    assert(
      Math.abs(forward - backward) < 1e-4 * scale,
      `expected ${forward}, received ${backward} for ${JSON.stringify(about)}`,
    );
  });
}
