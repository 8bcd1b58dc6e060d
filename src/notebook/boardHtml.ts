import { dashes } from '../charts/dashes';
import { hues, palette } from '../charts/theme';
import { prettyKey } from '../charts/values';
import { curvesSvg, type Curve } from './curvesSvg';
import { inWords, type NamedCurve } from './inWords';
import type { BoardState, RunCurve } from './LiveBoard';

// More quantities than this are left to the lines below.
const mostPanels = 4;

const text = 'font-size:12px;line-height:1.5;color:inherit';
const mono = 'font-family:var(--jp-code-font-family,monospace);white-space:pre-wrap;overflow-wrap:anywhere';

/**
 * A board as HTML: a panel of curves for each quantity, below it the lines. No script, no id, and colours of the page around it, so that it can be
 * replaced ten times a second and be kept in a report.
 */
export function boardHtml(state: BoardState): string {
  const { runs, done } = state;
  const panels = runs.length === 1 ? onePanels(runs[0]!, state) : manyPanels(state);
  return (
    `<div class="kp-board" style="${text};max-width:680px">` +
    `<div style="display:flex;flex-wrap:wrap;align-items:flex-end;gap:4px 20px">${panels.join('')}</div>` +
    lossNote(runs, panels.length > 0) +
    (runs.length > 1 && panels.length > 0 ? legend(state) : '') +
    (done ? lastLines(state) : presentLine(state)) +
    '</div>'
  );
}

/** Of one training: as points, and its validation as a line, as `plotHistory` draws them. */
function onePanels(run: RunCurve, state: BoardState): string[] {
  return shownKeys([run]).map(key => {
    const curves: Curve[] = [];
    const say: string[] = [];
    const words: NamedCurve[] = [];
    for (const [name, hue, kind] of [
      [key, hues.training, 'points'],
      [`val_${key}`, hues.validation, 'line'],
    ] as const) {
      const at = pointsOf(run, name);
      const newest = at.at(-1);
      if (newest === undefined) continue;
      curves.push({ points: at, color: hue, kind });
      const set = name === key ? 'training' : 'validation';
      words.push({ name: set, points: at });
      say.push(`${sample(hue, kind)}&nbsp;${set} ${number(newest[1])}`);
    }
    return panel(prettyKey(key).toLowerCase(), say.join(' '), curves, inWords(key, words), state);
  });
}

/** Of many: the validation where there is one, else the training, a line for each run. */
function manyPanels(state: BoardState): string[] {
  const { runs, plan } = state;
  const groups = groupsOf(state);
  const keys = lossesOf(runs).length > 1 ? shownKeys(runs).filter(key => !isLoss(key)) : shownKeys(runs);
  return keys.map(key => {
    const name = runs.some(({ values }) => `val_${key}` in (values.at(-1) ?? {})) ? `val_${key}` : key;
    const curves = runs.map((run): Curve => {
      const at = groups.indexOf(run.group);
      const alike = groups.length > palette.length;
      return {
        points: pointsOf(run, name),
        color: alike ? hues.quiet : palette[at]!,
        kind: 'line',
        dash: alike ? undefined : dashes[at],
        thin: plan.runs.length > 1,
      };
    });
    const what =
      name === key
        ? `training ${prettyKey(key).toLowerCase()}`
        : `validation ${prettyKey(key).toLowerCase()}`;
    const words = runs.map((run, i) => ({ name: run.name, points: curves[i]!.points }));
    return panel(what, '', curves, inWords(name, words), state);
  });
}

function panel(
  what: string,
  values: string,
  curves: readonly Curve[],
  words: string,
  { plan, runs, done }: BoardState,
): string {
  const reached = Math.max(plan.first, ...runs.flatMap(({ epochs }) => epochs.slice(-1)));
  const svg = curvesSvg(curves, {
    label: escape(words === '' ? `${what} by epoch` : `${what} by epoch. ${words}`),
    // While it goes on the curves grow towards the planned end; a training that stopped early ends where it stopped.
    x: [plan.first, done ? reached : axisEnd(plan.last, reached)],
  });
  return (
    '<figure style="margin:0;flex:0 1 330px;min-width:min(260px,100%)">' +
    `<figcaption style="margin:0;${text}"><b>${escape(what)}</b> ${values}</figcaption>${svg}</figure>`
  );
}

/** The planned end; of a plan far beyond what has been reached (where something else will stop the training) a tenth, a hundredth … of it. */
function axisEnd(last: number, reached: number): number {
  let end = last;
  while (end / 10 >= Math.max(reached, 100)) end = Math.ceil(end / 10);
  return end;
}

function legend(state: BoardState): string {
  const groups = groupsOf(state);
  if (groups.length > palette.length) return `<div>${groups.length} lines, all alike</div>`;
  const names = groups.map(
    (group, at) =>
      `<span style="white-space:nowrap">${sample(palette[at]!, 'line', dashes[at])}&nbsp;${escape(group)}</span>`,
  );
  return `<div style="display:flex;flex-wrap:wrap;gap:0 16px">${names.join('')}</div>`;
}

function presentLine({ lines, open, share, left }: BoardState): string {
  const percent = Math.floor(100 * share);
  const bar =
    '<div style="display:flex;align-items:center;gap:10px;margin-top:4px">' +
    `<progress aria-label="training" max="100" value="${percent}" style="width:200px;height:10px"></progress>` +
    `<span>${percent} %${left === undefined ? '' : `, ${left}`}</span></div>`;
  return `${bar}<div style="${mono};min-height:3em">${escape(open ?? lines.at(-1) ?? '')}</div>`;
}

/** The last line, which opens to all of them, or to a table of the runs. */
function lastLines(state: BoardState): string {
  const { lines, runs } = state;
  const last = escape(lines.at(-1) ?? '');
  const allLines = `<pre style="margin:4px 0;${text};${mono}">${escape(lines.join('\n'))}</pre>`;
  const inside = runs.length > 1 ? runTable(state) : lines.length > 1 ? allLines : '';
  if (inside === '') return `<div style="${mono}">${last}</div>`;
  return `<details><summary style="cursor:pointer;${mono}">${last}</summary>${inside}</details>`;
}

function runTable({ runs, plan }: BoardState): string {
  const keys = [...new Set(runs.flatMap(({ values }) => Object.keys(values.at(-1) ?? {})))];
  const head = ['run', 'epochs', ...keys].map(key => `<th scope="col">${escape(key)}</th>`).join('');
  const rows = runs.map(({ name, epochs, values }) => {
    const cells = keys
      .map(key => values.at(-1)?.[key])
      .map(value => `<td>${value === undefined ? '' : number(value)}</td>`);
    return `<tr><th scope="row">${escape(name)}</th><td>${(epochs.at(-1) ?? plan.first - 1) - plan.first + 1}</td>${cells.join('')}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** The loss first; the learning rate is no result. */
function shownKeys(runs: readonly RunCurve[]): string[] {
  const keys = new Set(runs.flatMap(({ values }) => Object.keys(values.at(-1) ?? { loss: 0 })));
  const bare = [...keys].filter(key => !key.startsWith('val_') && key !== 'lr' && key !== 'learning_rate');
  return [...bare.filter(key => key === 'loss'), ...bare.filter(key => key !== 'loss')].slice(0, mostPanels);
}

/** With several outputs, each has a loss of its own. */
function isLoss(key: string): boolean {
  return key === 'loss' || key.endsWith('_loss');
}

function lossesOf(runs: readonly RunCurve[]): string[] {
  return [...new Set(runs.flatMap(({ loss }) => loss ?? []))];
}

/** Why there is no panel of the loss. */
function lossNote(runs: readonly RunCurve[], panels: boolean): string {
  const losses = lossesOf(runs);
  if (losses.length < 2) return '';
  const names = losses.map(name => name || 'a function').join('; ');
  const advice = panels ? '' : ' Compile the models with a metric in common to see curves.';
  return `<div>No curves of the loss: the runs have different ones, whose values cannot be compared (${escape(names)}).${advice}</div>`;
}

function groupsOf({ runs }: BoardState): string[] {
  return [...new Set(runs.map(({ group }) => group))];
}

function pointsOf({ epochs, values }: RunCurve, key: string): [number, number][] {
  const points: [number, number][] = [];
  values.forEach((row, i) => {
    const value = row[key];
    if (value !== undefined) points.push([epochs[i]!, value]);
  });
  return points;
}

/** A piece of a curve as a key to it. */
function sample(color: string, kind: Curve['kind'], dash: readonly number[] = []): string {
  const mark =
    kind === 'points'
      ? `<circle cx="9" cy="6" r="3" fill="${color}"/>`
      : `<path d="M0,6h18" stroke="${color}" stroke-width="2.5" stroke-dasharray="${dash.join(' ')}"/>`;
  return `<svg width="18" height="12" viewBox="0 0 18 12" aria-hidden="true" style="vertical-align:-1px">${mark}</svg>`;
}

function number(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);
}

function escape(raw: string): string {
  return raw.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`);
}
