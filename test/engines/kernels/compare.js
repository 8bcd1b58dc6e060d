'use strict';
var __createBinding =
  (this && this.__createBinding) ||
  (Object.create
    ? function (o, m, k, k2) {
        if (k2 === undefined) k2 = k;
        var desc = Object.getOwnPropertyDescriptor(m, k);
        if (!desc || ('get' in desc ? !m.__esModule : desc.writable || desc.configurable)) {
          desc = {
            enumerable: true,
            get: function () {
              return m[k];
            },
          };
        }
        Object.defineProperty(o, k2, desc);
      }
    : function (o, m, k, k2) {
        if (k2 === undefined) k2 = k;
        o[k2] = m[k];
      });
var __setModuleDefault =
  (this && this.__setModuleDefault) ||
  (Object.create
    ? function (o, v) {
        Object.defineProperty(o, 'default', { enumerable: true, value: v });
      }
    : function (o, v) {
        o['default'] = v;
      });
var __importStar =
  (this && this.__importStar) ||
  (function () {
    var ownKeys = function (o) {
      ownKeys =
        Object.getOwnPropertyNames ||
        function (o) {
          var ar = [];
          for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k;
          return ar;
        };
      return ownKeys(o);
    };
    return function (mod) {
      if (mod && mod.__esModule) return mod;
      var result = {};
      if (mod != null)
        for (var k = ownKeys(mod), i = 0; i < k.length; i++)
          if (k[i] !== 'default') __createBinding(result, mod, k[i]);
      __setModuleDefault(result, mod);
      return result;
    };
  })();
var __importDefault =
  (this && this.__importDefault) ||
  function (mod) {
    return mod && mod.__esModule ? mod : { default: mod };
  };
Object.defineProperty(exports, '__esModule', { value: true });
exports.useWasm = useWasm;
exports.dirty = dirty;
exports.normal = normal;
exports.assertSame = assertSame;
exports.outputsAndGradients = outputsAndGradients;
const strict_1 = __importDefault(require('node:assert/strict'));
const tf = __importStar(require('@tensorflow/tfjs'));
const backend_1 = require('../../../src/engines/backend');
const RandomState_1 = require('../../../src/random/RandomState');
const withMathRandom_1 = require('../../../src/random/withMathRandom');
const models_1 = require('../../training/models');
/** Choose the WebAssembly back end with our kernels, whatever the environment says. */
async function useWasm() {
  strict_1.default.equal(await (0, backend_1.ensureBackend)(), 'wasm');
}
/** Fill freed memory with numbers that would show in a result. */
function dirty() {
  for (const size of [16, 64, 300, 1000, 5000, 20_000, 80_000]) {
    const tensors = Array.from({ length: 4 }, () => tf.fill([size], 1e9));
    tf.dispose(tensors);
  }
}
/** Normal draws in a shape. */
function normal(shape, seed = 0) {
  const size = shape.reduce((product, axis) => product * axis, 1);
  return tf.tensor(Float32Array.from(new RandomState_1.RandomState(seed).randn(size)), [...shape]);
}
/** What `work` gives on a back end, named tensors as numbers, with Math.random seeded. */
function on(backend, work) {
  // Both are there, so that this takes place at once.
  void tf.setBackend(backend);
  strict_1.default.equal(tf.getBackend(), backend);
  try {
    if (backend === 'wasm') dirty();
    const random = new RandomState_1.RandomState(5);
    return (0, withMathRandom_1.withMathRandom)(
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
function assertSame(work, about, tolerance = 1e-4) {
  const expected = on('cpu', work);
  const actual = on('wasm', work);
  expected.forEach(({ name, values }, i) => {
    const found = actual[i].values;
    strict_1.default.equal(found.length, values.length, name);
    for (let at = 0; at < values.length; at++) {
      const difference = Math.abs(found[at] - values[at]);
      (0, strict_1.default)(
        difference <= tolerance * Math.max(1, Math.abs(values[at])),
        `${name}[${at}]: expected ${values[at]}, received ${found[at]} for ${JSON.stringify(about)}`,
      );
    }
  });
}
/** A layer's (or a model's) outputs on inputs of these shapes, and the gradients of all its weights and inputs. */
function outputsAndGradients(layer, inputs, training = true) {
  const symbols = inputs.map(({ shape, dtype }) => tf.input({ shape: shape.slice(1), dtype }));
  const single = symbols.length === 1 ? symbols[0] : symbols;
  const model = tf.model({ inputs: symbols, outputs: (0, models_1.apply)(layer, single) });
  const trained = model.trainableWeights.map(weight => weight.read());
  const variables = trained.filter(weight => weight instanceof tf.Variable);
  variables.forEach((variable, i) => {
    tf.tidy(() => variable.assign(tf.add(tf.mul(normal(variable.shape, i + 40), 0.5), 0.1)));
  });
  return () => {
    const movable = inputs.map(input => (input.dtype === 'float32' ? tf.variable(input) : input));
    const results = {};
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
    for (const variable of variables) results[`gradient of ${variable.name}`] = grads[variable.name];
    results.sum = value;
    // Kept outputs end with the tidy that the caller has round this.
    const copies = Object.fromEntries(
      Object.entries(results).map(([name, tensor]) => [name, tensor.clone()]),
    );
    tf.dispose([Object.values(results), ...movable.filter(tensor => tensor instanceof tf.Variable)]);
    return copies;
  };
}
//# sourceMappingURL=compare.js.map
