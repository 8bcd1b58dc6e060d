import workerText from 'inline:./worker.ts';
import type { PlaygroundSettings } from '../../playground/PlaygroundConfig';
import type { TrainingConfig } from '../../playground/Training';
import type { Answer, Logs, Request } from './messages';

/** What the page wants to hear. */
export interface Listener {
  onProgress(logs: readonly Logs[], answers: Float32Array | undefined, end: boolean): void;
  onTested(logs: Logs): void;
  onFailed(message: string): void;
}

/** The page's side: a worker that is started when first needed. */
export class Client {
  readonly #config: TrainingConfig;
  readonly #listener: Listener;
  #worker: Worker | undefined;
  #run = 0;

  constructor(config: TrainingConfig, listener: Listener) {
    this.#config = config;
    this.#listener = listener;
  }

  /** Begin a run: its weights are drawn, nothing is trained. */
  start(settings: PlaygroundSettings): void {
    const { network, measures, train, validation, test, plane } = this.#config;
    const config = { network, measures, train, validation, test, plane };
    this.#send({ kind: 'start', run: ++this.#run, config, settings });
  }

  /** Train until so many epochs are done, at most one every `pause` ms. */
  train(until: number, pause: number): void {
    this.#send({ kind: 'train', until, pause });
  }

  /** The answer is an end. */
  stop(): void {
    this.#send({ kind: 'stop' });
  }

  /** Look at the test data. */
  test(): void {
    this.#send({ kind: 'test' });
  }

  #send(request: Request): void {
    this.#worker ??= this.#open();
    this.#worker.postMessage(request);
  }

  #open(): Worker {
    const url = URL.createObjectURL(new Blob([workerText], { type: 'text/javascript' }));
    const worker = new Worker(url);
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      // What is loaded by now needs its address no more.
      URL.revokeObjectURL(url);
      if (data.run === this.#run) this.#hear(data);
    });
    worker.addEventListener('error', event => {
      this.#worker = undefined;
      worker.terminate();
      this.#listener.onFailed(event.message || 'the browser refuses to start a worker for this page');
    });
    return worker;
  }

  #hear(answer: Answer): void {
    if (answer.kind === 'progress') this.#listener.onProgress(answer.logs, answer.answers, answer.end);
    else if (answer.kind === 'tested') this.#listener.onTested(answer.logs);
    else this.#listener.onFailed(answer.message);
  }
}
