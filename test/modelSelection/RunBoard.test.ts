import { deepStrictEqual, match, strictEqual } from 'node:assert';
import { compare } from '../../src/modelSelection/compare';
import { crossValidate } from '../../src/modelSelection/crossValidate';
import { RunBoard } from '../../src/modelSelection/RunBoard';
import { withBoards } from '../training/models';
import { regression, regressionData, withProgress } from './studies';

const { x, y } = regressionData(60);

describe('RunBoard', () => {
  it('says in one line what is done and what each run brought', async () => {
    const plan = { runs: [{ name: 'a' }, { name: 'b' }], epochs: 4, what: 'runs' };
    const { updates, lines } = await withProgress(async () => {
      const board = new RunBoard(plan, 1);
      board.begin('a');
      board.begin('b');
      board.epoch('a', 0, { loss: 0.123456 });
      board.end('b');
      board.close(', 1 failed');
    });
    deepStrictEqual(updates, [
      '0/2 runs, running: a',
      '0/2 runs, running: a; b',
      '0/2 runs, running: a epoch 1/4 - loss: 0.1235; b',
      '1/2 runs, running: a epoch 1/4 - loss: 0.1235',
    ]);
    match(lines[0]!, /^1\/2 runs in \d+\.\d s, 1 failed$/);
  });

  for (const engine of ['tfjs', 'compiled'] as const) {
    it(`gives a display that draws the curves of all folds, on ${engine}`, async () => {
      let histories: { history: Record<string, number[]> }[] = [];
      const [board, ...others] = await withBoards(async () => {
        ({ histories } = await crossValidate(regression(), x, y, { cv: 3, epochs: 4, seed: 0, engine }));
      });
      deepStrictEqual(others, []);
      deepStrictEqual(
        board!.plan.runs.map(({ name }) => name),
        ['fold 1', 'fold 2', 'fold 3'],
      );
      deepStrictEqual([board!.plan.first, board!.plan.last], [1, 4]);
      for (const [i, { history }] of histories.entries()) {
        const own = board!.points.filter(([run]) => run === `fold ${i + 1}`);
        deepStrictEqual(
          own.map(([, epoch, { val_mae }]) => [epoch, val_mae]),
          history['val_mae']!.map((value, epoch) => [epoch + 1, value]),
        );
      }
      strictEqual(board!.shares.at(-1), 1);
      match(board!.lines[0]!, /^3\/3 folds in/);
      strictEqual(board!.closed, 1);
    });
  }

  it('groups the seeds of a model', async () => {
    const [board] = await withBoards(() =>
      compare(
        { narrow: regression(2), wide: regression(9) },
        { x, y, testData: [x, y] },
        { seeds: 2, epochs: 3 },
      ),
    );
    deepStrictEqual(
      board!.plan.runs.map(({ name, group }) => [name, group]),
      [
        ['narrow (seed 0)', 'narrow'],
        ['narrow (seed 1)', 'narrow'],
        ['wide (seed 0)', 'wide'],
        ['wide (seed 1)', 'wide'],
      ],
    );
    strictEqual(board!.points.length, 12);
  });

  it('tells the loss of each run before its first epoch', async () => {
    const absolute = () => {
      const model = regression(2)();
      model.compile({ optimizer: 'sgd', loss: 'meanAbsoluteError' });
      return model;
    };
    const [board] = await withBoards(() =>
      compare({ squared: regression(2), absolute }, { x, y, testData: [x, y] }, { epochs: 2, nJobs: 1 }),
    );
    deepStrictEqual(board!.losses, [
      ['squared', 'meanSquaredError'],
      ['absolute', 'meanAbsoluteError'],
    ]);
  });
});
