import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { explainEngine } from '../../src/engines/explainEngine';
import { SparseMatrix } from '../../src/matrix/SparseMatrix';
import { take } from '../../src/matrix/take';
import { toMatrix } from '../../src/matrix/toMatrix';
import { setRandomSeed } from '../../src/random/setRandomSeed';
import { evaluate } from '../../src/training/evaluate';
import { fit } from '../../src/training/fit';
import { predict } from '../../src/training/predict';
import { examplesOf, runExample } from '../runExamples';
import { classifier, dataset, free } from './models';

describe('the examples of the comments', () => {
  const files = [
    'matrix/SparseMatrix.ts',
    'matrix/take.ts',
    'matrix/toMatrix.ts',
    'random/setRandomSeed.ts',
    'engines/explainEngine.ts',
    'training/evaluate.ts',
    'training/fit.ts',
    'training/History.ts',
    'training/predict.ts',
  ];
  for (const file of files) {
    it(`${file} runs and gives what it says`, async () => {
      const examples = examplesOf(file);
      assert(examples.length > 0);
      for (const code of examples) {
        const model = classifier(4);
        const scope = {
          tf,
          SparseMatrix,
          take,
          toMatrix,
          setRandomSeed,
          explainEngine,
          fit,
          evaluate,
          predict,
        };
        // An example that makes its own x must not meet ours.
        const data = /const x\b/.test(code) ? {} : dataset(40, 4);
        await runExample(code, { ...scope, model, ...data });
        free(model);
      }
    });
  }
});
