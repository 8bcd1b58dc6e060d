import type { PlaygroundConfig } from '../../playground/PlaygroundConfig';
import { element } from './element';
import type { Logs } from './messages';
import { say } from './scale';

const sets = ['training', 'validation', 'test'] as const;

/** A table of what the run has come to, beside the notebook's own. */
export class Figures {
  readonly node: HTMLElement;
  readonly #measures: PlaygroundConfig['measures'];
  readonly #cells = new Map<string, HTMLTableCellElement>();

  constructor({ measures, history, tested, validation, test }: PlaygroundConfig) {
    this.#measures = measures;
    const shown = sets.filter(set => set === 'training' || (set === 'validation' ? validation : test));
    const head = element(
      'tr',
      {},
      element('th', { scope: 'col' }, 'data'),
      ...measures.flatMap(({ title }) => [
        element('th', { scope: 'col' }, title),
        element('th', { scope: 'col', class: 'kp-quiet' }, 'in the notebook'),
      ]),
    );
    const rows = shown.map(set => {
      const cells = measures.flatMap(({ key, factor }) => {
        const own = element('td', {}, '–');
        this.#cells.set(`${set} ${key}`, own);
        const notebook =
          set === 'test' ? tested?.[key] : history[set === 'training' ? key : `val_${key}`]?.at(-1);
        return [
          own,
          element('td', { class: 'kp-quiet' }, notebook === undefined ? '–' : say(notebook * factor)),
        ];
      });
      return element('tr', {}, element('th', { scope: 'row' }, set), ...cells);
    });
    this.node = element(
      'div',
      { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Figures of the run' },
      element('table', { class: 'kp-figures' }, element('thead', {}, head), element('tbody', {}, ...rows)),
    );
  }

  /** Show the last epoch's numbers; without any, dashes. */
  show(logs: Logs | undefined): void {
    for (const { key, factor } of this.#measures) {
      this.#write(`training ${key}`, logs?.[key], factor);
      this.#write(`validation ${key}`, logs?.[`val_${key}`], factor);
    }
  }

  /** Show what came of the test data; without any, dashes. */
  showTest(logs: Logs | undefined): void {
    for (const { key, factor } of this.#measures) this.#write(`test ${key}`, logs?.[key], factor);
  }

  #write(cell: string, value: number | undefined, factor: number): void {
    const node = this.#cells.get(cell);
    if (node) node.textContent = value === undefined ? '–' : say(value * factor);
  }
}
