import type { PlaygroundConfig } from '../../playground/PlaygroundConfig';
import { element } from './element';
import type { Logs } from './messages';
import { say } from './scale';

const sets = ['training', 'validation', 'test'] as const;

/** A table of what the run has come to, beside the notebook's own. */
export class Figures {
  readonly node: HTMLElement;
  readonly #measures: PlaygroundConfig['measures'];
  readonly #own = element('th', { scope: 'col' });
  readonly #cells = new Map<string, HTMLTableCellElement>();

  constructor({ measures, history, tested, validation, test }: PlaygroundConfig) {
    this.#measures = measures;
    const shown = sets.filter(set => set === 'training' || (set === 'validation' ? validation : test));
    const heads = [this.#own, element('th', { scope: 'col' }, 'the notebook')];
    this.name('this run');
    const groups = measures.map(({ key, title, factor }) => {
      const rows = shown.map(set => {
        const own = element('td', {}, '–');
        this.#cells.set(`${set} ${key}`, own);
        const notebook =
          set === 'test' ? tested?.[key] : history[set === 'training' ? key : `val_${key}`]?.at(-1);
        const theirs = element('td', {}, notebook === undefined ? '–' : say(notebook * factor));
        return element('tr', {}, element('th', { scope: 'row' }, set), own, theirs);
      });
      const head = element('th', { scope: 'rowgroup', colspan: '3' }, title);
      return element('tbody', {}, element('tr', {}, head), ...rows);
    });
    const columns = element('thead', {}, element('tr', {}, element('td'), ...heads));
    this.node = element('table', { class: 'kp-figures' }, columns, ...groups);
  }

  /** Say whose numbers those of the reader are. */
  name(run: 'this run' | 'the last run'): void {
    this.#own.textContent = run;
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
