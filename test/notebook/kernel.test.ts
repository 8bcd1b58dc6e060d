import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endOfNotebook } from '../../src/notebook/kernel/CellExecutor';
import { kernelSpec } from '../../src/notebook/kernelSpec';
import { KernelClient, root, type Execution } from './KernelClient';

describe('the kernel with its preload', function () {
  this.timeout(120_000);
  let kernel: KernelClient;

  before(async () => {
    kernel = await KernelClient.start();
  });

  after(() => kernel?.kill());

  const run = (code: string, options?: Record<string, unknown>) => kernel.execute(code, options);

  const result = async (code: string): Promise<unknown> => {
    const execution = await run(code);
    assert.equal(execution.reply.status, 'ok', JSON.stringify(execution.reply));
    return bundle(execution, 'execute_result')['text/plain'];
  };

  const bundle = ({ published }: Execution, type: string): Record<string, unknown> => {
    const messages = published.filter(message => message.type === type);
    assert.equal(messages.length, 1, JSON.stringify(published));
    return { ...Object(messages[0]?.content.data) };
  };

  const countBefore = async () => Number((await run('', { silent: true })).reply.execution_count);

  describe('counts', () => {
    it('tells the count when a cell starts, with its result and in the reply', async () => {
      const count = (await countBefore()) + 1;
      const { reply, published } = await run('6 * 7');
      assert.deepEqual(
        published.map(({ type, content }) => [type, content.execution_count]),
        [
          ['execute_input', count],
          ['execute_result', count],
        ],
      );
      assert.equal(published[0]?.content.code, '6 * 7');
      assert.deepEqual(reply, { status: 'ok', execution_count: count, payload: [], user_expressions: {} });
    });

    it('counts a failing cell, and no silent one', async () => {
      const count = await countBefore();
      assert.equal((await run('throw new Error("x")')).reply.execution_count, count + 1);
      const silent = await run('console.log("unheard")', { silent: true });
      assert.equal(silent.reply.execution_count, count + 1);
      assert.deepEqual(silent.published, []);
      assert.equal((await run('1', { store_history: false })).reply.execution_count, count + 1);
    });
  });

  describe('errors', () => {
    it('publishes what a cell throws, at the line of the cell', async () => {
      const execution = await run(
        'const a = 1;\n\nfunction fail(x: number): never {\n  throw new RangeError(`no ${x}`);\n}\nfail(a);',
      );
      const { ename, evalue, traceback } = execution.error();
      const label = `cell [${Number(execution.reply.execution_count)}]`;
      assert.equal(ename, 'RangeError');
      assert.equal(evalue, 'no 1');
      assert.equal(
        traceback,
        [
          'RangeError: no 1',
          `${label}:`,
          '  2 | ',
          '  3 | function fail(x: number): never {',
          '> 4 |   throw new RangeError(`no ${x}`);',
          '    |         ^',
          '  5 | }',
          '  6 | fail(a);',
          `    at fail (${label}:4:9)`,
          `    at ${label}:6:1`,
        ].join('\n'),
      );
      assert.equal(execution.reply.status, 'error');
      assert.equal(execution.reply.ename, 'RangeError');
      assert.equal(execution.reply.evalue, 'no 1');
      assert.equal(execution.text('stderr'), '');
    });

    it('shows the line of the cell that called and of the cell that failed', async () => {
      const first = await run('const divide = (a: any) => {\n  return a.b.c;\n};');
      const second = await run('// here\ndivide({});');
      const { traceback } = second.error();
      assert.match(traceback, /> 2 \| {3}return a\.b\.c;/);
      assert.match(traceback, /> 2 \| divide\(\{\}\);/);
      assert.ok(
        traceback.includes(`at divide (cell [${Number(first.reply.execution_count)}]:2:14)`),
        traceback,
      );
      assert.ok(traceback.includes(`at cell [${Number(second.reply.execution_count)}]:2:1`), traceback);
    });

    it('maps the lines of a cell that awaits, and keeps the cause', async () => {
      const code =
        'await Promise.resolve();\n\nawait (async () => {\n  throw new Error("outer", { cause: new TypeError("inner") });\n})();';
      const { traceback } = (await run(code)).error();
      assert.match(traceback, /> 4 \| {3}throw new Error\("outer"/);
      assert.match(traceback, /Caused by:\nTypeError: inner/);
    });

    it('shows no internals and no path of this machine', async () => {
      const { traceback } = (
        await run('import { readFileSync } from "fs"; readFileSync("/no/such/file");')
      ).error();
      assert.match(traceback, /^Error: ENOENT/);
      assert.doesNotMatch(traceback, /node:|node_modules|evalmachine|preload|dist\/notebook|src\/notebook/);
    });

    it('publishes a type error with its place, and runs nothing', async () => {
      const execution = await run('console.log("not run");\nconst n: number = "seven";');
      const { ename, evalue, traceback } = execution.error();
      const label = `cell [${Number(execution.reply.execution_count)}]`;
      assert.equal(ename, 'TypeScriptError');
      assert.equal(evalue, `${label}, line 2: Type 'string' is not assignable to type 'number'.`);
      assert.equal(
        traceback,
        [
          `TypeScript ${label}:2:7`,
          "Type 'string' is not assignable to type 'number'. (TS2322)",
          '  1 | console.log("not run");',
          '> 2 | const n: number = "seven";',
          '    |       ^',
        ].join('\n'),
      );
      assert.equal(execution.reply.status, 'error');
      assert.equal(execution.text(), '');
    });

    it('says what to do about an export', async () => {
      const { evalue, traceback } = (await run('const a = 1;\nexport const b = 2;')).error();
      assert.match(
        evalue,
        /line 2: Expected a cell without export: what a cell declares is already there in the cells after it\. Remove the word export\.$/,
      );
      assert.match(traceback, /> 2 \| export const b = 2;\n {4}\| \^{6}$/m);
    });

    it('handles values thrown that are no errors', async () => {
      assert.deepEqual((await run('throw "plain"')).error(), {
        ename: 'Thrown',
        evalue: 'plain',
        traceback: 'Thrown: plain',
      });
      assert.equal((await run('throw undefined')).error().evalue, 'undefined');
    });

    it('aborts what was queued behind a failing cell, and runs what comes after its reply', async () => {
      const failing = kernel.executing('await new Promise(r => setTimeout(r, 50)); throw new Error("first")');
      const queued = kernel.executing('console.log("must not run")');
      assert.equal((await failing.done).reply.status, 'error');
      const after = kernel.executing('"runs"');
      assert.equal((await queued.done).reply.status, 'aborted');
      assert.equal((await after.done).reply.status, 'ok');
      assert.equal((await queued.done).text(), '');
    });
  });

  describe('promises that nobody awaits', () => {
    it('fails the cell whose floating promise is rejected', async () => {
      const execution = await run('Promise.reject(new Error("floating")); "result"');
      const { evalue, traceback } = execution.error();
      assert.equal(evalue, 'In the background: floating');
      assert.match(traceback, /> 1 \| Promise\.reject/);
      assert.equal(execution.reply.status, 'error');
    });

    it('fails the next cell when the rejection comes later, and tells of it at once', async () => {
      const first = kernel.executing(
        'void new Promise((_, no) => setTimeout(no, 120, new Error("late"))); 1',
      );
      assert.equal((await first.done).reply.status, 'ok');
      await kernel.until(() => kernel.about(first.id).some(({ content }) => content.name === 'stderr'));
      const second = await run('const still = "runs"; console.log(still)');
      assert.equal(second.error().evalue, 'In the background: late');
      assert.equal(second.text(), 'runs\n');
      assert.equal(await result('still'), 'runs');
    });

    it('tells at the end of the notebook what no cell has told', async () => {
      assert.equal(
        (await run('setTimeout(() => { throw new Error("callback") }, 300); 1')).reply.status,
        'ok',
      );
      await delay(1000);
      const end = await run(endOfNotebook, { store_history: false });
      assert.equal(end.error().evalue, 'In the background: callback');
      assert.equal(end.reply.status, 'error');
      const count = await countBefore();
      const clean = await run(endOfNotebook);
      assert.equal(clean.reply.status, 'ok');
      assert.equal(clean.reply.execution_count, count);
    });

    it('tells it in the reply of a silent request too', async () => {
      await run('void new Promise((_, no) => setTimeout(no, 300, new Error("silent"))); 1');
      await delay(1000);
      const end = await run(endOfNotebook, { silent: true });
      assert.equal(end.reply.evalue, 'In the background: silent');
      assert.deepEqual(end.published, []);
    });

    it('lets a rejection pass that a later await handles', async () => {
      const code = `
        const doomed = new Promise((_, no) => setTimeout(no, 20, new Error("handled")));
        await new Promise(r => setTimeout(r, 60));
        const outcome = await doomed.catch((error: Error) => error.message);
        outcome`;
      assert.equal(await result(code), 'handled');
    });

    it('survives the WebAssembly back end, whose handlers would end the process', async () => {
      assert.equal(await result('import * as tf from "@tensorflow/tfjs"; tf.getBackend()'), 'wasm');
      assert.equal(
        (await run('Promise.reject(new Error("with wasm"))')).error().evalue,
        'In the background: with wasm',
      );
      assert.equal(await result('tf.add(1, 2)'), 'Tensor\n    3');
    });
  });

  describe('syntax', () => {
    it('expands shorthand properties of earlier variables', async () => {
      await run('const shared = 3; let other = 4; import * as os from "node:os"');
      assert.equal(await result('const f = (x: { shared: number }) => x.shared; f({ shared })'), '3');
      assert.equal(
        await result('JSON.stringify({ shared, other, nested: { other } })'),
        '{"shared":3,"other":4,"nested":{"other":4}}',
      );
      assert.equal(await result('typeof { os }.os.cpus'), 'function');
      assert.equal(await result('({ other } = { other: 9 }); other'), '9');
      assert.equal(await result('({ other = 5 } = {} as { other?: number }); other'), '5');
      assert.equal(
        await result('(({ shared }: { shared: string }) => ({ shared }))({ shared: "own" }).shared'),
        'own',
      );
    });

    for (const [code, expected] of [
      ['await (Promise.resolve(5))', '5'],
      ['await [1, 2].length', '2'],
      ['await `text`', 'text'],
      ['const w = await (async () => 7)(); w', '7'],
      ['let sum = 0; for await (const x of [1, Promise.resolve(2)]) sum += x; sum', '3'],
      [
        'const all = []; for await (const x of [1, 2]) { if (x === 2) continue; all.push(x) } all.length',
        '1',
      ],
      ['const o = { v: await (Promise.resolve({ deep: [await (3)] })) }; o.v.deep[0]', '3'],
    ] as const) {
      it(`takes top-level ${code}`, async () => assert.equal(await result(code), expected));
    }

    it('leaves await inside functions to TypeScript', async () => {
      const { evalue } = (await run('function f() { await (3); }')).error();
      assert.match(evalue, /Cannot find name 'await'\. Did you mean to write this in an async function\?/);
    });

    it('shares a let between the functions of its cell and later cells', async () => {
      await run(
        'let counter = 0, step = 1; const next = () => (counter += step); const read = () => counter;',
      );
      assert.equal(await result('counter = 10; step = 5; next()'), '15');
      assert.equal(await result('counter'), '15');
      assert.equal(await result('counter++; read()'), '16');
      assert.equal(await result('[counter, step] = [step, counter]; `${read()} ${step}`'), '5 16');
    });

    it('keeps the meaning of a let within its own cell', async () => {
      assert.equal(
        await result(
          'let a1 = 1, b1 = (() => a1 + 1)(), c1 = a1 + b1; const all1 = () => [a1, b1, c1].join(); a1 = 5; all1()',
        ),
        '5,2,3',
      );
      assert.equal(await result('let n2; const set2 = () => { n2 = 3 }; set2(); n2'), '3');
      assert.equal(
        await result(
          'let { p, q = p } = { p: 4 } as { p: number; q?: number }; const sum2 = () => p + q; p++; sum2()',
        ),
        '9',
      );
      assert.equal(
        await result(
          'let s = 1; { let s = 2; const inner = () => s; inner(); } const outer = () => s; outer()',
        ),
        '1',
      );
      assert.equal(await result('var v3 = 1; const up3 = () => ++v3; up3(); ({ v3 }).v3'), '2');
      assert.equal(await result('let i4 = 0; const get4 = () => i4; for (i4 of [1, 2, 3]); get4()'), '3');
    });
  });

  describe('displays', () => {
    it('shows a chart as the last expression as one whole bundle', async () => {
      await run('import { plotLines, show, table } from "keras-primer"');
      const data = bundle(await run('plotLines({ loss: [0.9, 0.5] }, { title: "Loss" })'), 'execute_result');
      assert.deepEqual(Object.keys(data), [
        'application/vnd.vegalite.v5+json',
        'application/vnd.keras-primer.narrow+json',
        'image/svg+xml',
        'text/plain',
      ]);
      assert.match(String(data['image/svg+xml']), /^<svg/);
    });

    it('shows in order, before the cell ends, without await', async () => {
      const execution = await run(`
        for (const title of ["A", "B"]) show(plotLines({ loss: [0.9, 0.5] }, { title }));
        show(table([{ a: 1 }]));
        console.log("printed")`);
      const displays = execution.published.filter(({ type }) => type === 'display_data');
      const keys = displays.map(({ content }) => Object.keys(Object(content.data)).join());
      assert.equal(displays.length, 3);
      assert.equal(keys[2], 'text/html,text/plain');
      assert.match(JSON.stringify(displays[0]?.content), /"title":"A"/);
      assert.match(JSON.stringify(displays[1]?.content), /"title":"B"/);
    });

    it('fails the cell when something cannot be shown', async () => {
      const code = 'show({ [Symbol.for("keras-primer.display")]: () => { throw new Error("cannot draw") } })';
      assert.match((await run(code)).error().evalue, /cannot draw/);
    });

    it('keeps the display of tslab, and updates', async () => {
      const execution = await run(`
        import * as tslab from "tslab";
        const d = tslab.newDisplay();
        d.html("<b>1</b>"); d.html("<b>2</b>");`);
      const types = execution.published.map(({ type }) => type);
      assert.deepEqual(types, ['execute_input', 'display_data', 'update_display_data']);
    });

    it('shows values as console.log does, strings as they are', async () => {
      assert.equal(await result('"a\\nb"'), 'a\nb');
      assert.equal(await result('({ a: [1, 2] })'), '{ a: [ 1, 2 ] }');
      assert.equal(await result('Promise.resolve(1)'), 'Promise (write await before it to get its value)');
      assert.deepEqual(
        (await run('undefined')).published.map(({ type }) => type),
        ['execute_input'],
      );
    });

    it('loses no output of a loop that never yields', async () => {
      const lines = 20_000;
      const execution = await run(`for (let i = 0; i < ${lines}; i++) console.log(i)`);
      assert.equal(execution.text(), Array.from({ length: lines }, (_, i) => `${i}\n`).join(''));
      const messages = execution.published.filter(({ type }) => type === 'stream').length;
      assert.ok(messages < 200, `${messages} messages`);
    });

    it('says nothing of its own when a cell is run again and again', async () => {
      for (let i = 0; i < 4; i++) {
        const { published } = await run('const again = [1, 2];\nfunction same() { return again; }\nsame()');
        assert.deepEqual(
          published.map(({ type }) => type),
          ['execute_input', 'execute_result'],
        );
      }
    });

    it('answers even where what a cell shows cannot be sent', async () => {
      const execution = await run("({ [Symbol.for('keras-primer.display')]: () => ({ number: 1n }) })");
      assert.equal(execution.reply.status, 'error');
      const { ename, evalue } = execution.error();
      assert.deepEqual([ename, evalue], ['TypeError', 'Do not know how to serialize a BigInt']);
      assert.equal((await run('1 + 1')).reply.status, 'ok');
    });

    it('loses no message and no cell after many hundreds, two at a time', async () => {
      // A socket delays one send in 513 on its own, and refuses another one until then.
      const code = 'for (let i = 0; i < 7; i++) { console.log(i); console.error(i); }';
      for (let round = 0; round < 60; round++) {
        const execution = await kernel.execute(code);
        assert.equal(execution.reply.status, 'ok');
        assert.equal(execution.published.filter(({ type }) => type === 'stream').length, 14);
      }
    }).timeout(120_000);

    it('keeps stdout, stderr and displays in order', async () => {
      const { published } = await run(
        'console.log("1"); console.error("2"); console.log("3"); show(table([{ a: 4 }])); "5"',
      );
      assert.deepEqual(
        published.map(({ type, content }) => content.text ?? type),
        ['execute_input', '1\n', '2\n', '3\n', 'display_data', 'execute_result'],
      );
    });
  });

  describe('the stop button', () => {
    const started = async (code: string) => {
      const executing = kernel.executing(`console.log("started");\n${code}`);
      await kernel.until(() => kernel.about(executing.id).some(({ type }) => type === 'stream'));
      return executing;
    };
    const stopped = async (executing: { done: Promise<Execution> }) => {
      const before = performance.now();
      kernel.interrupt();
      const execution = await executing.done;
      return { execution, ms: performance.now() - before };
    };

    it('ends an await, and the loop does not go on behind', async () => {
      await run('let ticks = 0;');
      const { execution, ms } = await stopped(
        await started('while (true) { await new Promise(r => setTimeout(r, 20)); ticks++; }'),
      );
      assert.equal(execution.error().ename, 'KeyboardInterrupt');
      assert.equal(execution.error().evalue, 'The cell was stopped.');
      assert.equal(execution.reply.status, 'error');
      assert.ok(ms < 1000, `${ms} ms`);
      await delay(400);
      const ticks = await result('ticks');
      await delay(100);
      assert.equal(await result('ticks'), ticks);
    });

    it('ends a loop in a function of an earlier cell, and a for await', async () => {
      await run(
        'async function* beats() { while (true) { await new Promise(r => setTimeout(r, 10)); yield 1; } }\nasync function forever(hook: () => void) { for await (const _ of beats()) hook(); }',
      );
      await run('let beat = 0');
      const { execution } = await stopped(await started('await forever(() => beat++)'));
      assert.equal(execution.error().ename, 'KeyboardInterrupt');
      await delay(400);
      const beats = await result('beat');
      await delay(400);
      assert.equal(await result('beat'), beats);
    });

    it('ends a synchronous endless loop', async () => {
      const executing = kernel.executing('while (true);');
      await kernel.until(() => kernel.about(executing.id).some(({ type }) => type === 'execute_input'));
      // The loop blocks the kernel, so nothing can tell that it has begun: its compilation takes a moment.
      await delay(1000);
      const { execution, ms } = await stopped(executing);
      assert.equal(execution.error().ename, 'KeyboardInterrupt');
      assert.ok(ms < 1000, `${ms} ms`);
      assert.equal(await result('"next"'), 'next');
    });

    it('asks a fit to stop, which ends in its own order, and the rest of the cell runs', async () => {
      await run(`import * as tf from "@tensorflow/tfjs"; import { fit } from "keras-primer";
        const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
        model.compile({ optimizer: "rmsprop", loss: "meanSquaredError" });`);
      for (const engine of ['tfjs', 'compiled']) {
        const executing = kernel.executing(
          `const history = await fit(model, [[1, 2], [3, 4]], [1, 2], { epochs: 10_000_000, batchSize: 1, engine: "${engine}" });
           history.epoch.length`,
        );
        await kernel.until(() => kernel.about(executing.id).some(({ type }) => type === 'display_data'));
        const { execution, ms } = await stopped(executing);
        assert.equal(execution.reply.status, 'ok', JSON.stringify(execution.reply));
        assert.ok(Number(bundle(execution, 'execute_result')['text/plain']) > 0);
        assert.ok(ms < 1500, `${ms} ms`);
      }
      assert.equal(await result('"next"'), 'next');
    });

    it('ends the cell at the second press when work that listens goes on', async () => {
      await run(
        'import { onInterrupt } from "keras-primer"; let asked = 0; const off = onInterrupt(() => asked++);',
      );
      const executing = await started('await new Promise(() => {})');
      kernel.interrupt();
      await delay(100);
      const { execution } = await stopped(executing);
      assert.equal(execution.error().ename, 'KeyboardInterrupt');
      assert.equal(await result('off(); asked'), '2');
    });

    it('hears the message too, as Jupyter sends it on Windows', async () => {
      const executing = await started('await new Promise(() => {})');
      const reply = await kernel.request('interrupt_request', {}, 'control');
      assert.deepEqual([reply.type, reply.content.status], ['interrupt_reply', 'ok']);
      assert.equal((await executing.done).error().ename, 'KeyboardInterrupt');
    });

    it('does nothing between cells', async () => {
      kernel.interrupt();
      await delay(50);
      assert.equal(await result('1'), '1');
    });
  });

  describe('progress', () => {
    it('is one display, updated in place, its last state always shown', async () => {
      const execution = await run(`
        import * as tf from "@tensorflow/tfjs"; import { fit } from "keras-primer";
        const small = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
        small.compile({ optimizer: "rmsprop", loss: "meanSquaredError" });
        await fit(small, [[1], [2]], [1, 2], { epochs: 5 });
        console.log("after")`);
      const displays = execution.published.filter(({ type }) => type.includes('display_data'));
      const ids = new Set(displays.map(({ content }) => JSON.stringify(content.transient)));
      assert.equal(ids.size, 1);
      const data = displays.at(-1)?.content.data;
      assert.ok(typeof data === 'object' && data !== null && 'text/html' in data && 'text/plain' in data);
      assert.match(String(data['text/html']), /<svg role="img" aria-label="loss by epoch/);
      assert.deepEqual(
        String(data['text/plain'])
          .split('\n')
          .map(line => /^Epoch \d\/5/.exec(line)?.[0]),
        [1, 2, 3, 4, 5].map(epoch => `Epoch ${epoch}/5`),
      );
      assert.equal(execution.published.at(-1)?.content.text, 'after\n');
    });
  });

  describe('completion and inspection', () => {
    it('completes members of earlier variables, also after an emoji', async () => {
      await run('const basket = { apples: 3, apricots: 4 };');
      const { content } = await kernel.request('complete_request', { code: 'basket.ap', cursor_pos: 9 });
      assert.deepEqual(content, {
        status: 'ok',
        matches: ['apples', 'apricots'],
        cursor_start: 7,
        cursor_end: 9,
        metadata: {},
      });
      const emoji = await kernel.request('complete_request', { code: '"🍎"; basket.ap', cursor_pos: 14 });
      assert.deepEqual([emoji.content.cursor_start, emoji.content.cursor_end], [12, 14]);
    });

    it('shows the type and the doc comment', async () => {
      await run('import { vectorizeSequences } from "keras-primer"');
      const { content } = await kernel.request('inspect_request', {
        code: 'table',
        cursor_pos: 2,
        detail_level: 0,
      });
      assert.equal(content.found, true);
      assert.match(JSON.stringify(content.data), /A table of records, of rows, or of a danfojs DataFrame/);
    });

    it('answers while a cell is running, and stays busy', async () => {
      const executing = kernel.executing('await new Promise(r => setTimeout(r, 400)); "done"');
      await delay(100);
      const { content } = await kernel.request('is_complete_request', { code: 'for (;;) {' });
      assert.equal(content.status, 'incomplete');
      await delay(50);
      assert.equal(kernel.heard.findLast(({ type }) => type === 'status')?.content.execution_state, 'busy');
      assert.equal((await executing.done).reply.status, 'ok');
    });

    it('answers comm_info and history requests in their own names', async () => {
      const comm = await kernel.request('comm_info_request', {});
      assert.deepEqual([comm.type, comm.content], ['comm_info_reply', { status: 'ok', comms: {} }]);
      const history = await kernel.request('history_request', {});
      assert.deepEqual([history.type, history.content], ['history_reply', { status: 'ok', history: [] }]);
    });

    it('finds positions right after a cell with an error', async () => {
      await run('const broken: number = "x"');
      const { content } = await kernel.request('inspect_request', {
        code: '\n\nbasket',
        cursor_pos: 4,
        detail_level: 0,
      });
      assert.match(JSON.stringify(content.data), /apples: number/);
    });
  });
});

describe('the end of a kernel', function () {
  this.timeout(120_000);

  it('shows the last state of progress only, where asked to', async () => {
    const kernel = await KernelClient.start({ KERAS_PRIMER_PROGRESS: 'lines' });
    try {
      const execution = await kernel.execute(`
        import * as tf from "@tensorflow/tfjs"; import { fit } from "keras-primer";
        const small = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
        small.compile({ optimizer: "rmsprop", loss: "meanSquaredError" });
        await fit(small, [[1], [2]], [1, 2], { epochs: 2 });
        await fit(small, [[1], [2]], [1, 2], { epochs: 40 });`);
      const lines = execution.text().trimEnd().split('\n');
      assert.equal(lines.length, 2);
      assert.ok(
        lines.every((line, at) => line.startsWith(`Epoch ${at + 1}/2`)),
        lines.join('|'),
      );
      const displays = execution.published.filter(({ type }) => type.includes('display_data'));
      assert.deepEqual(
        displays.map(({ type }) => type),
        ['display_data'],
      );
      assert.match(JSON.stringify(displays[0]?.content.data), /<svg .*Epoch 40\/40/);
    } finally {
      kernel.kill();
    }
  });

  it('loads what notebooks import while nobody asks for anything', async () => {
    const file = JSON.stringify(path.join(root, 'dist', 'index.js'));
    const loaded = `Object.keys(require('node:module')._cache).includes(${file})`;
    const afterIdle = async (milliseconds: number) => {
      const kernel = await KernelClient.start();
      try {
        await delay(milliseconds);
        const { published } = await kernel.execute(loaded);
        const result = published.find(({ type }) => type === 'execute_result');
        return Object(result?.content.data)['text/plain'];
      } finally {
        kernel.kill();
      }
    };
    assert.equal(await afterIdle(0), 'false');
    let seen = 'false';
    for (let wait = 4000; seen === 'false' && wait < 40_000; wait *= 2) seen = await afterIdle(wait);
    assert.equal(seen, 'true');
  });

  it('goes at once on request, whatever still runs', async () => {
    const kernel = await KernelClient.start();
    try {
      await kernel.execute('setInterval(() => {}, 10); 1');
      const ended = new Promise(resolve => kernel.process.once('exit', resolve));
      const { content } = await kernel.request('shutdown_request', { restart: false }, 'control');
      assert.deepEqual(content, { status: 'ok', restart: false });
      assert.equal(await Promise.race([ended, delay(3000, 'still there')]), 0);
    } finally {
      kernel.kill();
    }
  });

  it('says in the first cell that tslab is not the one it knows, and runs', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'keras-primer-lie-'));
    const lie = path.join(folder, 'lie.cjs');
    const manifest = path.join(root, 'node_modules', 'tslab', 'package.json');
    writeFileSync(lie, `require(${JSON.stringify(manifest)}).version = '9.9.9';`);
    const [node = '', ...args] = kernelSpec(root, path, process.execPath).argv;
    const kernel = await KernelClient.start({}, [node, '--require', lie, ...args]);
    try {
      const first = await kernel.execute('1 + 1');
      assert.equal(
        first.text('stderr'),
        'The notebook kernel expects tslab 1.0.22, but it is version 9.9.9. Some of what it mends may fail ' +
          '(docs/kernel.md). Run npm ci to get the right version.\n',
      );
      assert.equal(first.reply.status, 'ok');
      assert.equal((await kernel.execute('2')).text('stderr'), '');
    } finally {
      kernel.kill();
      rmSync(folder, { recursive: true });
    }
  });

  it('compiles the files that a cell imports and those that they import, and checks their types', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'keras-primer-import-'));
    const write = (name: string, code: string) => writeFileSync(path.join(folder, `${name}.ts`), code);
    write('far', 'export const far: number = 1;');
    write('near', "import { far } from './far';\nexport const near = (): number => far + 1;");
    const kernel = await KernelClient.start({}, undefined, folder);
    const use = async () => {
      const { published, reply } = await kernel.execute(`import { near } from "./near"; near()`);
      const result = published.find(({ type }) => type === 'execute_result');
      return result ? String(Object(result.content.data)['text/plain']) : String(reply.evalue);
    };
    /** The kernel learns of a change from the file system, a little later. */
    const soon = async (expected: RegExp) => {
      let seen = await use();
      for (let waits = 0; !expected.test(seen) && waits < 40; waits++) {
        await delay(250);
        seen = await use();
      }
      assert.match(seen, expected);
    };
    try {
      assert.equal(await use(), '2');
      write('near', "import { far } from './far';\nexport const near = (): number => far + 41;");
      await soon(/^42$/);
      write('far', "export const far: number = 'no number';");
      await soon(/Type 'string' is not assignable to type 'number'/);
    } finally {
      kernel.kill();
      rmSync(folder, { recursive: true });
    }
  });

  it('shows a whole bundle on a plain tslab kernel too', async () => {
    const [node = '', ...args] = kernelSpec(root, path, process.execPath).argv;
    const plain = args.slice(args.indexOf('--require') + 2);
    const kernel = await KernelClient.start({}, [node, ...plain]);
    try {
      const { published } = await kernel.execute(
        'import { show, table } from "keras-primer"; await show(table([{ a: 1 }]));',
      );
      const shown = published.filter(({ type }) => type === 'display_data');
      assert.deepEqual(
        shown.map(({ content }) => Object.keys(Object(content.data))),
        [['text/html', 'text/plain']],
      );
    } finally {
      kernel.kill();
    }
  });
});
