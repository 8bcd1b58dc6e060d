import type { Logs } from './Callback';

const width = 20;

/** What one line of progress shows. */
export interface ProgressState {
  /** Batches done. */
  current: number;
  /** Batches in all. */
  target: number;
  /** Since the line began. */
  seconds: number;
  logs: Logs;
  /** Whether the line is in its last state. */
  done: boolean;
}

/** A line of progress as Keras 3's `Progbar` draws it: `30/30 ━━━━━━━━━━━━━━━━━━━━ 1s 30ms/step - accuracy: 0.7837 - loss: 0.5107`. */
export function progressText({ current, target, seconds, logs, done }: ProgressState, bar = true): string {
  const count = `${String(current).padStart(String(target).length)}/${target}`;
  const filled = target === 0 ? width : Math.floor((width * current) / target);
  const perStep = current === 0 ? 0 : seconds / current;
  const time = done ? `${seconds.toFixed(0)}s` : clock(Math.floor(perStep * (target - current)));
  const values = Object.entries(logs).map(([key, value]) => ` - ${key}: ${formatValue(value)}`);
  const middle = bar ? ` ${'━'.repeat(filled)}${'╌'.repeat(width - filled)} ${time}` : ` - ${time} -`;
  return `${count}${middle} ${stepTime(perStep)}${values.join('')}`;
}

function clock(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  if (seconds > 3600)
    return `${Math.floor(seconds / 3600)}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return seconds > 60 ? `${Math.floor(seconds / 60)}:${two(seconds % 60)}` : `${seconds}s`;
}

function stepTime(seconds: number): string {
  if (seconds >= 1 || seconds === 0) return `${seconds.toFixed(0)}s/step`;
  return seconds >= 1e-3 ? `${(seconds * 1e3).toFixed(0)}ms/step` : `${(seconds * 1e6).toFixed(0)}us/step`;
}

/** As Keras: four decimals, small values in exponent form with at least two digits of exponent. */
function formatValue(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  if (Math.abs(value) > 1e-3) return value.toFixed(4);
  return value.toExponential(4).replace(/e([+-])(\d)$/, 'e$10$2');
}
