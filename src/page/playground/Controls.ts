import { activations } from '../../engines/compiled/network';
import type { PlaygroundConfig, PlaygroundSettings } from '../../playground/PlaygroundConfig';
import { element } from './element';

const seedMax = 2 ** 32 - 1;
/** The most epochs that a reader may ask for. */
const epochsMax = 1000;

let forms = 0;

/** The form of a playground: its settings, within what a page trains while somebody waits. */
export class Controls {
  readonly node: HTMLFormElement;
  readonly #fields: Readonly<Record<keyof PlaygroundSettings, HTMLInputElement | HTMLSelectElement>>;
  readonly #slow: HTMLInputElement;
  readonly #hint: HTMLElement;

  /** @param onChange called after each change of a setting. */
  constructor({ settings, train }: PlaygroundConfig, onChange: () => void) {
    const number = (max: number, min: number): HTMLInputElement =>
      element('input', {
        type: 'number',
        min: String(min),
        max: String(max),
        step: '1',
        required: '',
        inputmode: 'numeric',
      });
    const batches = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512].filter(size => size < train.rows);
    this.#fields = {
      layers: choice([0, 1, 2, 3, 4], settings.layers),
      units: choice([1, 2, 3, 4, 8, 16, 32, 64, 128], settings.units),
      activation: choice(
        activations.filter(name => name !== 'softmax'),
        settings.activation,
      ),
      learningRate: choice([0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1], settings.learningRate),
      epochs: number(epochsMax, 1),
      batchSize: choice([...batches, train.rows], settings.batchSize),
      seed: number(seedMax, 0),
    };
    const prefix = `kp-${forms++}`;
    this.#hint = element(
      'p',
      { class: 'kp-hint', id: `${prefix}-hint` },
      'Units and activation are those of the hidden layers: now there is none.',
    );
    const field = (name: keyof PlaygroundSettings, label: string): HTMLElement => {
      const input = this.#fields[name];
      input.id = `${prefix}-${name}`;
      input.name = name;
      return element('div', { class: 'kp-field' }, element('label', { for: input.id }, label), input);
    };
    this.#slow = element('input', { type: 'checkbox', id: `${prefix}-slow` });
    this.#slow.checked = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.node = element(
      'form',
      { class: 'kp-controls' },
      field('layers', 'hidden layers'),
      field('units', 'units in each'),
      field('activation', 'activation'),
      field('learningRate', 'learning rate'),
      field('epochs', 'epochs'),
      field('batchSize', 'batch size'),
      field('seed', 'seed'),
      element(
        'div',
        { class: 'kp-field kp-check' },
        this.#slow,
        element('label', { for: this.#slow.id }, 'slow enough to watch'),
      ),
      this.#hint,
    );
    // Enter would otherwise send the form, and with it load the page anew.
    this.node.addEventListener('submit', event => event.preventDefault());
    this.node.addEventListener('change', event => {
      if (event.target === this.#slow) return;
      this.#settle();
      onChange();
    });
    this.set(settings);
  }

  /** Whether to take time for the eye. */
  get slow(): boolean {
    return this.#slow.checked;
  }

  /** What is chosen; `undefined` if a field is not filled in as it must be, which the browser then tells. */
  get(): PlaygroundSettings | undefined {
    if (!this.node.reportValidity()) return undefined;
    const { activation, ...numbers } = this.#fields;
    const of = (name: keyof typeof numbers): number => Number(numbers[name].value);
    return {
      layers: of('layers'),
      units: of('units'),
      activation: activations.find(name => name === activation.value) ?? 'relu',
      learningRate: of('learningRate'),
      epochs: of('epochs'),
      batchSize: of('batchSize'),
      seed: of('seed'),
    };
  }

  /** Choose these. */
  set(settings: PlaygroundSettings): void {
    for (const [name, input] of Object.entries(this.#fields)) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the fields have the settings' names
      input.value = String(settings[name as keyof PlaygroundSettings]);
    }
    this.#settle();
  }

  /** Without hidden layers, what they are like is nothing to choose. */
  #settle(): void {
    const { layers, units, activation } = this.#fields;
    const none = layers.value === '0';
    this.#hint.hidden = !none;
    for (const field of [units, activation]) {
      field.disabled = none;
      if (none) field.setAttribute('aria-describedby', this.#hint.id);
      else field.removeAttribute('aria-describedby');
    }
  }
}

/** A list to choose from, with `own` in its place among the others. */
function choice<Value extends number | string>(values: readonly Value[], own: Value): HTMLSelectElement {
  const all = [...new Set([...values, own])];
  if (typeof own === 'number') all.sort((a, b) => Number(a) - Number(b));
  return element(
    'select',
    {},
    ...all.map(value => element('option', { value: String(value) }, String(value))),
  );
}
