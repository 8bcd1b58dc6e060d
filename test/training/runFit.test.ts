import assert from 'node:assert/strict';
import { ensureBackend } from '../../src/engines/backend';
import { interrupt } from '../../src/progress/interrupt';
import type { Logs } from '../../src/training/Callback';
import { runFit } from '../../src/training/runFit';
import { classifier, dataset, free, withBoards } from './models';

describe('runFit', () => {
  before(ensureBackend);
  const { x, y } = dataset(60, 3);
  const options = { epochs: 4, batchSize: 8, validationSplit: 0.2, seed: 1 };

  for (const engine of ['tfjs', 'compiled'] as const) {
    describe(`on ${engine}`, () => {
      it('tells of each epoch what the history holds', async () => {
        const model = classifier(3);
        const told: [number, Logs][] = [];
        const { history } = await runFit(model, x, y, { ...options, engine, verbose: 0 }, (epoch, logs) =>
          told.push([epoch, { ...logs }]),
        );
        assert.deepEqual(
          told,
          [0, 1, 2, 3].map(i => [
            i,
            Object.fromEntries(Object.entries(history).map(([key, values]) => [key, values[i]])),
          ]),
        );
        free(model);
      });

      it('gives a display that draws the values of each epoch, with and without callbacks', async () => {
        for (const callbacks of [[], [{ onEpochEnd: () => {} }]]) {
          const model = classifier(3);
          const [board, ...others] = await withBoards(() =>
            runFit(model, x, y, { ...options, epochs: 6, initialEpoch: 2, engine, callbacks }),
          );
          assert.deepEqual(others, []);
          assert.deepEqual(board!.plan, { runs: [{ name: '' }], first: 3, last: 6 });
          assert.deepEqual(
            board!.points.map(([run, epoch, values]) => [run, epoch, Object.keys(values).length]),
            [3, 4, 5, 6].map(epoch => ['', epoch, 4]),
          );
          assert.equal(board!.lines.length, 4);
          assert.equal(board!.shares.at(-1), 1);
          assert.deepEqual(
            board!.shares,
            board!.shares.toSorted((a, b) => a - b),
          );
          assert.equal(board!.closed, 1);
          free(model);
        }
      });

      it('shows the last state after an error or the stop button', async () => {
        const model = classifier(3);
        const [failed] = await withBoards(() =>
          assert.rejects(
            runFit(model, x, y, {
              ...options,
              engine,
              callbacks: {
                onEpochEnd(epoch) {
                  if (epoch === 1) throw new Error('no');
                },
              },
            }),
            /no/,
          ),
        );
        assert.deepEqual([failed!.points.length, failed!.closed], [2, 1]);
        const [stopped] = await withBoards(() =>
          runFit(model, x, y, {
            ...options,
            epochs: 100,
            engine,
            callbacks: {
              onEpochEnd(epoch) {
                if (epoch === 2) interrupt();
              },
            },
          }),
        );
        assert.deepEqual([stopped!.points.length, stopped!.closed], [3, 1]);
        free(model);
      });
    });
  }

  it('draws nothing where lines were asked for, or silence', async () => {
    const model = classifier(3);
    for (const verbose of [0, 2] as const) {
      assert.deepEqual(await withBoards(() => runFit(model, x, y, { ...options, verbose })), []);
    }
    free(model);
  });
});
