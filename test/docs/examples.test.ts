import { deepStrictEqual } from 'node:assert';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { imdb } from '../../src/datasets/imdb';
import { reuters } from '../../src/datasets/reuters';
import { setRandomSeed } from '../../src/random/setRandomSeed';
import { setProgressPort } from '../../src/progress/progressPort';
import { untyped } from '../untyped';
import { realHome } from '../datasets/realData';
import { addChecks, extractExamples } from './extractExamples';

type Scope = Record<string, unknown>;
type Check = (actual: unknown, expected: unknown, text: string) => void;

const root = path.join(__dirname, '../..');
const load = createRequire(__filename);

const examples = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map(file => `src/${file.replaceAll(path.sep, '/')}`)
  .filter(file => file.endsWith('.ts') && !file.includes('/assembly/'))
  .sort()
  .flatMap(file =>
    extractExamples(readFileSync(path.join(root, file), 'utf8')).map(example => ({ file, ...example })),
  );

const hasRealData = realHome !== undefined;
const needsRealData = (code: string): boolean => /await (imdb|reuters)\./.test(code);

describe('doc comments', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'keras-primer-examples-'));
  const { KERAS_HOME } = process.env;
  let notRun = 0;

  before(async () => {
    if (realHome !== undefined) {
      process.env.KERAS_HOME = realHome;
      // Words belong to what was loaded last, and other tests load other data.
      await imdb.loadData();
      await reuters.loadData();
    }
    setProgressPort({ line: () => ({ update: () => undefined, finish: () => undefined }) });
  });
  after(() => {
    setProgressPort(undefined);
    if (KERAS_HOME === undefined) delete process.env.KERAS_HOME;
    else process.env.KERAS_HOME = KERAS_HOME;
    rmSync(folder, { recursive: true });
    if (notRun > 0) console.log(`    ${notRun} examples not run: no real data`);
  });
  afterEach(() => setRandomSeed(null));

  it('have examples', () => deepStrictEqual(examples.length > 20, true));

  for (const [i, { file, line, code }] of examples.entries()) {
    if (needsRealData(code) && !hasRealData) {
      notRun++;
      it(`${file}:${line} — not run: no real data`, () => addChecks(code));
      continue;
    }
    it(`${file}:${line}`, async () => {
      const library: Scope = load('../../src/index');
      const own: Scope = load(path.join(root, file));
      const scope: Scope = { tf, ...fixtures(), ...library, ...own };
      // The compiler of the tests takes the types out; names of the library are there without an import.
      const names = Object.keys(scope).join(', ');
      const generated = path.join(folder, `example${i}.ts`);
      const text = `exports.run = async ({ ${names} }: any, check: any) => {{\n${addChecks(code).code}\n}};\n`;
      writeFileSync(generated, text);
      const { run }: { run: (scope: Scope, check: Check) => Promise<void> } = load(generated);
      await run(scope, (actual, expected, comment) => deepStrictEqual(plain(actual), expected, comment));
    });
  }
});

/** What the examples of training speak of: a compiled classifier of one unit and data for it. */
function fixtures(): { model: tf.LayersModel; x: number[][]; y: number[] } {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, activation: 'sigmoid', inputShape: [2] })],
  });
  model.compile({ optimizer: 'rmsprop', loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  const x = Array.from({ length: 20 }, (_, i) => [i % 2, i / 20]);
  return { model, x, y: x.map(row => row[0]!) };
}

/** Values as literals write them: typed arrays as arrays, objects without a class. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const values: number[] = untyped(value);
    return Array.from(values);
  }
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null)
    return { ...value };
  return value;
}
