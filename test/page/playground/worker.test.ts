import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { ensureBackend } from '../../../src/engines/backend';
import type { Answer, Logs, Request } from '../../../src/page/playground/messages';
import { playground } from '../../../src/playground/playground';
import { configurations, type Configuration } from '../../playground/configurations';

const file = path.join(__dirname, '..', '..', '..', 'dist', 'page', 'playground.js');

/** What the script that a report carries has for its worker. */
function workerText(): string {
  const page: { kerasPrimerPlayground?: { workerText: string } } = {};
  runInNewContext(readFileSync(file, 'utf8'), { globalThis: page, Object });
  assert.ok(page.kerasPrimerPlayground);
  return page.kerasPrimerPlayground.workerText;
}

// A thread of Node with the two things that the worker has of a page's.
const likeAPage =
  "const { parentPort } = require('node:worker_threads');" +
  'globalThis.self = { postMessage: message => parentPort.postMessage(message), onmessage: null };' +
  "parentPort.on('message', data => self.onmessage({ data }));";

/** The worker of the page, as bundled, in a thread of Node. */
class PageWorker {
  readonly #thread = new Worker(likeAPage + workerText(), { eval: true });
  readonly answers: Answer[] = [];
  #wake = (): void => {};

  constructor() {
    this.#thread.on('message', (answer: Answer) => {
      this.answers.push(answer);
      this.#wake();
    });
  }

  ask(request: Request): void {
    this.#thread.postMessage(request);
  }

  /** Wait until the answers so far are enough. */
  async until(enough: (answers: readonly Answer[]) => boolean): Promise<void> {
    while (!enough(this.answers)) {
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }

  logs(): Logs[] {
    return this.answers.flatMap(answer => (answer.kind === 'progress' ? answer.logs : []));
  }

  async close(): Promise<void> {
    await this.#thread.terminate();
  }
}

const ended = (answers: readonly Answer[]): boolean =>
  answers.some(answer => answer.kind === 'failed' || (answer.kind === 'progress' && answer.end));

describe('the worker of the playground, as the page carries it', () => {
  before(ensureBackend);
  let all: Configuration[];
  let worker: PageWorker;
  before(async () => {
    all = await configurations();
  });
  beforeEach(() => {
    worker = new PageWorker();
  });
  afterEach(() => worker.close());

  for (const i of [0, 1, 2]) {
    it(`configuration ${i + 1}: trains to the history of the notebook's fit, to the last digit`, async () => {
      const { build, x, y, options } = all[i]!;
      const { config } = await playground(build, x, y, options);
      worker.ask({ kind: 'start', run: 1, config, settings: config.settings });
      worker.ask({ kind: 'train', until: config.settings.epochs, pause: 0 });
      await worker.until(ended);
      const logs = worker.logs();
      const history = Object.fromEntries(
        Object.keys(config.history).map(key => [key, logs.map(log => log[key])]),
      );
      assert.deepEqual(history, config.history);
      if (!config.tested) return;
      worker.ask({ kind: 'test' });
      await worker.until(answers => answers.some(answer => answer.kind === 'tested'));
      assert.deepEqual(worker.answers.at(-1), { kind: 'tested', run: 1, logs: config.tested });
    });
  }

  it('stops when it is asked to, and goes on as if it had not', async () => {
    const { build, x, y, options } = all[1]!;
    const { config } = await playground(build, x, y, options);
    worker.ask({ kind: 'start', run: 4, config, settings: { ...config.settings, epochs: 1000 } });
    worker.ask({ kind: 'train', until: 1000, pause: 20 });
    await worker.until(() => worker.logs().length >= 3);
    worker.ask({ kind: 'stop' });
    await worker.until(ended);
    const done = worker.logs().length;
    assert.ok(done < 100, `${done} epochs`);
    await new Promise(resolve => {
      setTimeout(resolve, 100);
    });
    assert.equal(worker.logs().length, done, 'nothing comes after the stop');
    worker.answers.push({ kind: 'progress', run: 4, logs: [], answers: undefined, end: false });
    worker.ask({ kind: 'train', until: 30, pause: 0 });
    await worker.until(() => worker.logs().length >= 30);
    assert.deepEqual(
      worker.logs().map(log => log.val_loss),
      config.history.val_loss,
    );
    assert.ok(worker.answers.every(answer => answer.run === 4));
  });

  it('answers at least ten times a second, with the surface of that moment', async () => {
    const { build, x, y, options } = all[1]!;
    const { config } = await playground(build, x, y, options);
    worker.ask({ kind: 'start', run: 1, config, settings: config.settings });
    worker.ask({ kind: 'train', until: 30, pause: 40 });
    await worker.until(ended);
    const progress = worker.answers.filter(answer => answer.kind === 'progress');
    assert.ok(progress.length >= 12, `${progress.length} answers for 1.2 s`);
    const surfaces = new Set(progress.map(({ answers }) => answers?.join()));
    assert.equal(surfaces.size, progress.length);
  });

  it('ends a run whose numbers grow without bound, and says what fails', async () => {
    const { build, x, y, options } = all[0]!;
    const { config } = await playground(build, x, y, { ...options, epochs: 1 });
    const network = { ...config.network, optimizer: { ...config.network.optimizer, kind: 'sgd' as const } };
    worker.ask({
      kind: 'start',
      run: 1,
      config: { ...config, network },
      settings: { ...config.settings, activation: 'linear', learningRate: 1, epochs: 50 },
    });
    worker.ask({ kind: 'train', until: 50, pause: 0 });
    await worker.until(ended);
    assert.ok(worker.logs().length < 50);
    assert.ok(!Number.isFinite(worker.logs().at(-1)?.loss));
    worker.ask({ kind: 'start', run: 2, config, settings: { ...config.settings, units: 1e9 } });
    await worker.until(answers => answers.some(answer => answer.kind === 'failed'));
    const last = worker.answers.at(-1);
    assert.equal(
      last?.kind === 'failed' && last.message,
      'Expected a network of at most 4000000 weights, received one of 1000000014000000000. Take fewer units or layers.',
    );
  });
});
