import assert from 'node:assert/strict';
import { boardHtml } from '../../src/notebook/boardHtml';
import type { BoardState, RunCurve } from '../../src/notebook/LiveBoard';

const run = (name: string, values: Record<string, number>[], group = name): RunCurve => ({
  name,
  group,
  epochs: values.map((_, i) => i + 1),
  values,
});
const state = (runs: RunCurve[], more: Partial<BoardState> = {}): BoardState => ({
  plan: { runs, first: 1, last: 10 },
  runs,
  lines: [],
  open: undefined,
  share: 0.4,
  left: undefined,
  done: false,
  ...more,
});
const count = (html: string, piece: string) => html.split(piece).length - 1;
const words = (html: string) =>
  html
    .replace(/<[^>]+>/g, '')
    .replace(/&(nbsp|ensp);/g, ' ')
    .replace(/ +/g, ' ');

describe('boardHtml', () => {
  const values = { loss: 0.5, accuracy: 0.75, val_loss: 0.625, val_accuracy: 0.7, learning_rate: 0.01 };

  it('shows a training: a panel for each quantity with its newest values, how far it is, the present line', () => {
    const html = boardHtml(
      state([run('', [values, { ...values, loss: 0.25 }])], {
        open: 'Epoch 3/10 <b>',
        left: 'about 2 s left',
      }),
    );
    assert.equal(count(html, '<svg role="img"'), 2);
    assert.match(words(html), /loss training 0\.25 validation 0\.625/);
    assert.match(words(html), /accuracy training 0\.75 validation 0\.7/);
    assert.match(words(html), /40 %, about 2 s left/);
    assert.match(html, /<progress aria-label="training" max="100" value="40"/);
    assert.ok(html.includes('Epoch 3/10 &#60;b&#62;'), 'escaped');
    assert.ok(!html.includes('learning rate'));
  });

  it('ends with the last line, which opens to all', () => {
    const lines = ['Epoch 1/2', 'Epoch 2/2'];
    const html = boardHtml(state([run('', [values])], { lines, done: true }));
    assert.match(
      html,
      /<details><summary[^>]*>Epoch 2\/2<\/summary><pre[^>]*>Epoch 1\/2\nEpoch 2\/2<\/pre><\/details>/,
    );
    assert.ok(!html.includes('<progress'));
    const single = boardHtml(state([run('', [values])], { lines: ['failed'], done: true }));
    assert.ok(!single.includes('<details') && single.includes('>failed<'));
  });

  it('ends its axis where the training ended', () => {
    const lastTick = (html: string) => [...html.matchAll(/text-anchor="middle">(\d+)/g)].at(-1)?.[1];
    const runs = [run('', [values, values, values])];
    assert.equal(lastTick(boardHtml(state(runs))), '10');
    assert.equal(lastTick(boardHtml(state(runs, { done: true }))), '3');
    // Somebody else will stop this one.
    const endless = { plan: { runs, first: 1, last: 1_000_000 } };
    assert.equal(lastTick(boardHtml(state(runs, endless))), '100');
  });

  it('shows many trainings: a line for each, groups alike, and a table at the end', () => {
    const { loss, val_loss } = values;
    const runs = [
      run(
        'a (seed 0)',
        [
          { loss, val_loss },
          { loss, val_loss },
        ],
        'a',
      ),
      run('a (seed 1)', [{ loss, val_loss }], 'a'),
      run('<b>', []),
    ];
    const html = boardHtml(state(runs));
    assert.equal(count(html, '<svg role="img" aria-label="validation loss by epoch. '), 1);
    assert.equal(count(html, 'stroke-width="1.5"'), 2);
    assert.match(words(html), /a &#60;b&#62;/);
    const done = boardHtml(state(runs, { done: true, lines: ['2/3 runs in 1.0 s'] }));
    assert.match(done, /<summary[^>]*>2\/3 runs in 1\.0 s<\/summary><table>/);
    assert.match(done, /<th scope="row">a \(seed 0\)<\/th><td>2<\/td><td>0\.5<\/td><td>0\.625<\/td>/);
  });

  const labels = (html: string) =>
    [...html.matchAll(/aria-label="([^"]*)" viewBox/g)].map(([, label]) => label);

  it('says in words what is drawn', () => {
    const one = run('', [values, { ...values, loss: 0.25, val_loss: 0.75 }]);
    assert.deepEqual(labels(boardHtml(state([one]))), [
      'loss by epoch. training: 0.5 (epoch 1) → 0.25 (epoch 2), best 0.25 (epoch 2). ' +
        'validation: 0.625 (epoch 1) → 0.75 (epoch 2), best 0.625 (epoch 1).',
      'accuracy by epoch. training: 0.75 (epoch 1) → 0.75 (epoch 2), best 0.75 (epoch 1). ' +
        'validation: 0.7 (epoch 1) → 0.7 (epoch 2), best 0.7 (epoch 1).',
    ]);
    const two = [run('<a>', [{ val_loss: 2, loss: 2 }]), run('b', [])];
    assert.deepEqual(labels(boardHtml(state(two))), ['validation loss by epoch. &#60;a&#62;: 2 (epoch 1).']);
    assert.deepEqual(labels(boardHtml(state([run('', [])]))), ['loss by epoch']);
  });

  it('has no panel of losses that cannot be compared, and says so', () => {
    const { loss, val_loss, accuracy, val_accuracy } = values;
    const both = (more: Record<string, number>, losses: [string?, string?]) => [
      { ...run('a', [{ loss, val_loss, ...more }]), loss: losses[0] },
      { ...run('b', [{ loss, val_loss, ...more }]), loss: losses[1] },
    ];
    const measured = boardHtml(state(both({ accuracy, val_accuracy }, ['meanSquaredError', '<x>'])));
    assert.equal(count(measured, '<svg role="img"'), 1);
    assert.match(measured, /<b>validation accuracy<\/b>/);
    assert.match(
      words(measured),
      /No curves of the loss: the runs have different ones, whose values cannot be compared \(meanSquaredError; &#60;x&#62;\)\./,
    );
    assert.ok(!measured.includes('a metric in common'));
    const bare = boardHtml(state(both({}, ['meanSquaredError', '<x>'])));
    assert.equal(count(bare, '<svg role="img"'), 0);
    assert.ok(
      measured.includes('&nbsp;a</span>') && !bare.includes('&nbsp;a</span>'),
      'no key to curves that are not there',
    );
    assert.match(words(bare), /Compile the models with a metric in common to see curves\./);
    for (const same of [['x', 'x'], ['x'], []] as [string?, string?][]) {
      const html = boardHtml(state(both({ accuracy, val_accuracy }, same)));
      assert.equal(count(html, '<svg role="img"'), 2);
      assert.ok(!html.includes('No curves'));
    }
    // Those of several outputs, too.
    const outputs = boardHtml(state(both({ head_loss: 1, val_head_loss: 1 }, ['x, x', 'x, y'])));
    assert.equal(count(outputs, '<svg role="img"'), 0);
  });

  it('has a place for curves before there is any, and at most four', () => {
    assert.equal(count(boardHtml(state([run('', [])])), '<svg role="img"'), 1);
    const many = Object.fromEntries(Array.from({ length: 7 }, (_, i) => [`m${i}`, i]));
    assert.equal(count(boardHtml(state([run('', [{ ...many, loss: 1 }])])), '<svg role="img"'), 4);
  });
});
