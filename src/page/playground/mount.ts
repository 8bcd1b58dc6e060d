import { hues } from '../../charts/theme';
import { unpackFloats } from '../../playground/floats';
import type { PlaygroundConfig, PlaygroundSettings } from '../../playground/PlaygroundConfig';
import { Client } from './Client';
import { Controls } from './Controls';
import { Curves } from './Curves';
import { element, svg } from './element';
import { Figures } from './Figures';
import type { Logs } from './messages';
import { style } from './style';
import { key, Surface } from './Surface';
import { Values } from './Values';

/** How long a run takes where somebody watches, and an epoch at most, in ms: ten a second are seen as movement. */
const watchable = { run: 3000, epoch: 80 };

/** What the main button is called, by what it does next. */
const labels = { train: 'Train', stop: 'Stop', goOn: 'Go on' } as const;

/** Puts a playground into an element: it trains what the reader sets, and begins with the notebook's own run. */
export function mount(host: HTMLElement, config: PlaygroundConfig): void {
  if (!document.querySelector('style.kp-playground-style')) {
    document.head.append(element('style', { class: 'kp-playground-style' }, style));
  }
  host.append(new View(config).node);
}

/** One run: what was set, and what came of it so far. */
interface Run {
  readonly settings: PlaygroundSettings;
  readonly logs: Logs[];
  readonly begun: number;
  /** Nothing more comes of it: it has all its epochs, or numbers that are none. */
  over: boolean;
}

class View {
  readonly node: HTMLElement;
  readonly #config: PlaygroundConfig;
  readonly #client: Client;
  readonly #controls: Controls;
  readonly #curves: readonly Curves[];
  readonly #surface: Surface | undefined;
  readonly #figures: Figures;
  readonly #values = new Values();
  readonly #panels = element('div', { class: 'kp-panels' });
  readonly #status = element('p', { class: 'kp-status', role: 'status' });
  readonly #progress = element('progress', { 'aria-label': 'epochs done' });
  readonly #main = element('button', { type: 'button', class: 'kp-main' }, labels.train);
  readonly #step = element('button', { type: 'button' }, 'One epoch');
  readonly #test = element('button', { type: 'button' }, 'Test');
  readonly #reset = element('button', { type: 'button' }, 'Reset');
  /** What the worker has; none before the reader trains or after a change of settings. */
  #run: Run | undefined;
  #running = false;
  /** At the test data, whatever the settings: each tempts to choose by them. */
  #looks = 0;
  /** The run that is drawn, though the settings may have changed since; none: the notebook's own. */
  #drawn: Run | undefined;
  readonly #notebook: readonly Logs[];
  #answers: Float32Array | undefined;
  #old = false;
  #drawing = false;

  constructor(config: PlaygroundConfig) {
    this.#config = config;
    this.#client = new Client(config, {
      onProgress: (logs, answers, end) => this.#hear(logs, answers, end),
      onTested: logs => this.#tested(logs),
      onFailed: message => this.#fail(message),
    });
    this.#controls = new Controls(config, () => this.#changed());
    this.#notebook = Array.from({ length: config.settings.epochs }, (_, i) =>
      Object.fromEntries(Object.entries(config.history).map(([name, values]) => [name, values[i]!])),
    );
    this.#curves = config.measures.map(({ title }) => new Curves(title));
    this.#figures = new Figures(config);
    const { plane, train, validation, test } = config;
    this.#surface = plane && new Surface(plane, { x: unpackFloats(train.x), y: unpackFloats(train.y) });
    this.#main.addEventListener('click', () => (this.#running ? this.#stop() : this.#train()));
    this.#step.addEventListener('click', () => this.#trainOne());
    this.#test.addEventListener('click', () => this.#look());
    this.#reset.addEventListener('click', () => this.#toNotebook());
    this.#panels.append(
      ...this.#curves.map(({ node }) => node),
      ...(this.#surface ? [this.#surface.node] : []),
    );
    this.node = element(
      'div',
      { class: 'kp-playground', role: 'group', 'aria-label': config.title },
      element('p', { class: 'kp-title' }, config.title),
      element('p', { class: 'kp-model' }, about(config)),
      this.#controls.node,
      element(
        'div',
        { class: 'kp-buttons' },
        this.#main,
        this.#step,
        ...(test ? [this.#test] : []),
        this.#reset,
        this.#progress,
      ),
      this.#status,
      this.#panels,
      element(
        'p',
        { class: 'kp-legend' },
        key(svg('path', { d: 'M8,8h0', class: 'kp-training', stroke: hues.training }), 'training'),
        ...(validation
          ? [
              key(
                svg('path', { d: 'M0,8h16', class: 'kp-validation', stroke: hues.validation }),
                'validation',
              ),
            ]
          : []),
        key(svg('path', { d: 'M0,8h16', class: 'kp-notebook' }), "the notebook's run"),
      ),
      this.#figures.node,
      this.#values.node,
    );
    this.#toNotebook();
  }

  /** Back to the notebook's settings and its own run. */
  #toNotebook(): void {
    this.#halt();
    this.#run = this.#drawn = undefined;
    const { settings, plane } = this.#config;
    this.#controls.set(settings);
    this.#answers = plane && unpackFloats(plane.answers);
    this.#say(
      "These are the curves of the notebook's own run. Change something, guess what will happen, and train.",
    );
    this.#figures.show(undefined);
    this.#figures.showTest(undefined);
    this.#mark(false);
    this.#draw();
    this.#settle();
  }

  #train(): void {
    const run = this.#ready();
    if (!run) return;
    const { epochs } = run.settings;
    this.#running = true;
    this.#say(run.logs.length > 0 ? 'Training goes on.' : 'Training …');
    this.#client.train(epochs, this.#controls.slow ? Math.min(watchable.run / epochs, watchable.epoch) : 0);
    this.#settle();
  }

  #trainOne(): void {
    const run = this.#ready();
    if (!run) return;
    this.#running = true;
    this.#client.train(run.logs.length + 1, 0);
    this.#settle();
  }

  /** The run to go on with, or a new one where there is none or it has reached its end. */
  #ready(): Run | undefined {
    const settings = this.#controls.get();
    if (!settings) return undefined;
    if (!this.#run || this.#run.over) {
      this.#run = { settings, logs: [], begun: performance.now(), over: false };
      this.#drawn = this.#run;
      this.#mark(false);
      this.#figures.showTest(undefined);
      this.#client.start(settings);
    }
    return this.#run;
  }

  #stop(): void {
    this.#client.stop();
  }

  /** A setting was changed: what was trained so far had others. */
  #changed(): void {
    this.#halt();
    this.#run = undefined;
    const whose = this.#drawn ? 'your last run, with other settings' : "the notebook's own run";
    this.#say(
      `New settings: ${labels.train} starts from new weights. Until then the faded curves and the numbers are those of ${whose}.`,
    );
    this.#mark(true);
    this.#settle();
  }

  /** Whether what is shown came of other settings than those above it. */
  #mark(old: boolean): void {
    this.#old = old;
    for (const node of [this.#panels, this.#figures.node]) node.classList.toggle('kp-old', old);
    this.#figures.name(old && this.#drawn ? 'the last run' : 'this run');
  }

  #halt(): void {
    if (this.#running) this.#client.stop();
    this.#running = false;
  }

  #look(): void {
    if (this.#test.getAttribute('aria-disabled') !== 'true') this.#client.test();
  }

  #hear(logs: readonly Logs[], answers: Float32Array | undefined, end: boolean): void {
    const run = this.#run;
    if (!run) return;
    run.logs.push(...logs);
    this.#answers = answers ?? this.#answers;
    this.#drawSoon();
    if (!end || !this.#running) return;
    this.#running = false;
    this.#tellEnd(run);
    this.#settle();
  }

  #tellEnd(run: Run): void {
    const { logs, settings, begun } = run;
    const { measures } = this.#config;
    const last = logs.at(-1);
    run.over = logs.length >= settings.epochs;
    if (last && Object.values(last).some(value => !Number.isFinite(value))) {
      run.over = true;
      this.#say(
        `In epoch ${logs.length} the numbers outgrew what a float can hold: the steps are too large. Take a smaller learning rate.`,
        true,
      );
      return;
    }
    if (logs.length < settings.epochs) {
      this.#say(
        `Stopped after ${logs.length} of ${settings.epochs} epochs. "${labels.goOn}" continues from there.`,
      );
      return;
    }
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    const count = logs.length * measures.length * (this.#config.validation ? 2 : 1);
    const same = this.#asNotebook(settings)
      ? this.#equalsNotebook(logs)
        ? ` All ${count} numbers equal those of the notebook's run, to the last digit.`
        : " With the notebook's settings the numbers should be the notebook's; in this browser they differ."
      : '';
    this.#say(`Done: ${logs.length} epochs in ${seconds} s.${same}`);
  }

  #asNotebook(settings: PlaygroundSettings): boolean {
    return JSON.stringify(settings) === JSON.stringify(this.#config.settings);
  }

  #equalsNotebook(logs: readonly Logs[]): boolean {
    return Object.entries(this.#config.history).every(
      ([name, values]) =>
        values.length === logs.length && values.every((value, i) => value === logs[i]![name]),
    );
  }

  #tested(logs: Logs): void {
    this.#looks++;
    this.#figures.showTest(logs);
    this.#say(
      this.#looks === 1
        ? 'That was the first look at the test data. Choose settings by the validation data: a test set that helps to choose tests nothing any more.'
        : `That was look ${this.#looks} at the test data. The more looks go into a choice, the less the test says about new data.`,
    );
  }

  #fail(message: string): void {
    this.#running = false;
    this.#run = undefined;
    this.#say(`Training failed: ${message}.`, true);
    this.#settle();
  }

  #say(text: string, bad = false): void {
    this.#status.textContent = text;
    this.#status.classList.toggle('kp-bad', bad);
  }

  /** Draw before the next frame, once, however many answers came. */
  #drawSoon(): void {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      this.#draw();
    });
  }

  #draw(): void {
    const { measures, history, validation, settings } = this.#config;
    const shown = this.#drawn?.logs ?? this.#notebook;
    const epochs = this.#drawn?.settings.epochs ?? settings.epochs;
    measures.forEach(({ key: name, factor }, i) => {
      const curve = (full: string): number[] => shown.map(logs => logs[full]! * factor);
      const reference = this.#drawn && history[validation ? `val_${name}` : name]!.slice(0, epochs);
      this.#curves[i]!.draw({
        training: curve(name),
        validation: validation && curve(`val_${name}`),
        notebook: reference?.map(value => value * factor),
        epochs,
      });
    });
    if (this.#answers) this.#surface?.draw(this.#answers);
    if (this.#drawn) this.#figures.show(shown.at(-1));
    this.#values.show(shown);
    this.#progress.max = epochs;
    this.#progress.value = this.#run ? shown.length : 0;
    if (this.#running) return;
    const whose = this.#old ? (this.#drawn ? 'The last run. ' : "The notebook's run. ") : '';
    for (const drawn of [...this.#curves, this.#surface]) drawn?.describe(whose);
  }

  /** Show which buttons do something now. */
  #settle(): void {
    const done = this.#run?.logs.length ?? 0;
    const more = done > 0 && this.#run?.over === false;
    this.#main.textContent = this.#running ? labels.stop : more ? labels.goOn : labels.train;
    // Not `disabled`: a button that is would lose the focus.
    this.#test.setAttribute('aria-disabled', String(this.#running || done === 0));
    this.#drawSoon();
  }
}

function about({ network, train, validation, test }: PlaygroundConfig): string {
  const { inputs, output, loss, optimizer } = network;
  const words = loss.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
  const rows = [
    `${train.rows} rows to train`,
    ...(validation ? [`${validation.rows} to validate`] : []),
    ...(test ? [`${test.rows} to test`] : []),
  ].join(', ');
  return `${inputs} features → hidden layers → ${output.units} ${output.units === 1 ? 'unit' : 'units'} (${output.activation}); ${words}, ${optimizer.kind}; ${rows}.`;
}
