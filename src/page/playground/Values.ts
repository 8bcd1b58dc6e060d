import { element } from './element';
import type { Logs } from './messages';

/** Every number of the run as a table, unrounded and as `fit` gives them: made when it is opened. */
export class Values {
  readonly node = element(
    'details',
    { class: 'kp-values' },
    element('summary', {}, 'Every number of this run'),
  );
  #rows: readonly Logs[] = [];
  #written = 0;
  #body: HTMLElement | undefined;

  constructor() {
    this.node.addEventListener('toggle', () => this.#write());
  }

  /** Show these epochs. */
  show(rows: readonly Logs[]): void {
    if (rows !== this.#rows) {
      this.#rows = rows;
      this.#body?.parentElement?.parentElement?.remove();
      this.#body = undefined;
      this.#written = 0;
    }
    this.#write();
  }

  #write(): void {
    const [first] = this.#rows;
    if (!this.node.open || !first) return;
    const keys = Object.keys(first);
    if (!this.#body) {
      this.#body = element('tbody');
      const head = ['epoch', ...keys].map(name => element('th', { scope: 'col' }, name));
      this.node.append(
        element(
          'div',
          { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Every number of this run' },
          element('table', {}, element('thead', {}, element('tr', {}, ...head)), this.#body),
        ),
      );
    }
    for (const logs of this.#rows.slice(this.#written)) {
      this.#written++;
      const cells = keys.map(key => element('td', {}, String(logs[key])));
      this.#body.append(element('tr', {}, element('th', { scope: 'row' }, String(this.#written)), ...cells));
    }
  }
}
