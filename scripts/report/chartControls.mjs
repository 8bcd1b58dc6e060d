import { escapeHtml } from './escapeHtml.mjs';

/** @typedef {{ input?: string, name?: string, min?: number, max?: number, step?: number, options?: unknown[], labels?: string[] }} Binding */
/** @typedef {{ name: string, value?: unknown, bind?: Binding }} BoundSignal */

/**
 * The controls of a chart as HTML, so that the page gives them room before any script runs, with labels of their own and in its own look. They
 * are disabled until src/page/charts/connectControls.ts connects them, and hidden where no script runs.
 * @param {import('vega').Spec} spec
 * @returns {{ controls: string, spec: import('vega').Spec }} the HTML, and the specification without what would make Vega write controls
 */
export function chartControls(spec) {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Vega's type of a signal is wider
  const signals = /** @type {BoundSignal[]} */ (spec.signals ?? []);
  const bound = signals.filter(({ bind }) => typeof bind === 'object' && typeof bind.input === 'string');
  if (bound.length === 0) return { controls: '', spec };
  const plain = signals.map(signal => {
    if (!bound.includes(signal)) return signal;
    const { bind: _, ...rest } = signal;
    return rest;
  });
  return {
    controls: `<div class="controls">${bound.map(control).join('')}</div>`,
    spec: { ...spec, signals: plain },
  };
}

/** @param {BoundSignal} signal */
function control({ name, value, bind = {} }) {
  const label = escapeHtml((bind.name ?? name.replaceAll('_', ' ')).trim().replace(/:$/, ''));
  const signal = `data-signal="${escapeHtml(name)}" data-start="${escapeHtml(JSON.stringify(value ?? null))}" disabled`;
  const options = (bind.options ?? []).map((option, i) => ({
    json: escapeHtml(JSON.stringify(option ?? null)),
    text: escapeHtml(bind.labels?.[i] ?? said(option ?? 'all')),
    chosen: JSON.stringify(option ?? null) === JSON.stringify(value ?? null),
  }));
  switch (bind.input) {
    case 'range': {
      const { min = 0, max = 100, step = 1 } = bind;
      const start = escapeHtml(said(value ?? (min + max) / 2));
      return `<label>${label} <input type="range" min="${min}" max="${max}" step="${step}" value="${start}" ${signal}><output>${start}</output></label>`;
    }
    case 'select':
      return `<label>${label} <select ${signal}>${options.map(({ json, text, chosen }) => `<option value="${json}"${chosen ? ' selected' : ''}>${text}</option>`).join('')}</select></label>`;
    case 'radio':
      return `<fieldset><legend>${label}</legend>${options
        .map(
          ({ json, text, chosen }) =>
            `<label><input type="radio" name="${escapeHtml(name)}" value="${json}"${chosen ? ' checked' : ''} ${signal}> ${text}</label>`,
        )
        .join('')}</fieldset>`;
    case 'checkbox':
      return `<label><input type="checkbox"${value ? ' checked' : ''} ${signal}> ${label}</label>`;
    default:
      return `<label>${label} <input type="${escapeHtml(bind.input ?? 'text')}" value="${escapeHtml(said(value ?? ''))}" ${signal}></label>`;
  }
}

/** @param {unknown} value */
function said(value) {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
