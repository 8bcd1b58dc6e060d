/** What the controls of a chart change. */
interface Target {
  /** `told`: the reader did it just now, rather than before he loaded the page again. */
  set(signal: string, value: unknown, told: boolean): void;
}

/** Enables the controls that were written into the page (scripts/report/chartControls.mjs) and lets them move the chart. */
export function connectControls(figure: HTMLElement, target: Target): void {
  for (const input of figure.querySelectorAll<HTMLInputElement | HTMLSelectElement>(
    '.controls [data-signal]',
  )) {
    const signal = input.dataset['signal']!;
    const output = input.parentElement?.querySelector('output');
    // It repeats the slider's own value; what the chart then shows is told by speakState.ts.
    output?.setAttribute('aria-live', 'off');
    // A browser may keep what a reader had chosen before he loaded the page again.
    if (output) output.value = input.value;
    if (chosen(input) && valueOf(input) !== input.dataset['start'])
      target.set(signal, JSON.parse(valueOf(input)), false);
    input.addEventListener('input', () => {
      if (output) output.value = input.value;
      if (chosen(input)) target.set(signal, JSON.parse(valueOf(input)), true);
    });
    input.disabled = false;
  }
}

/** Of a group of radio buttons only the pressed one says something. */
function chosen(input: HTMLInputElement | HTMLSelectElement): boolean {
  return input.type !== 'radio' || (input instanceof HTMLInputElement && input.checked);
}

/** The value of a control as JSON. */
function valueOf(input: HTMLInputElement | HTMLSelectElement): string {
  switch (input.type) {
    case 'checkbox':
      return String(input instanceof HTMLInputElement && input.checked);
    case 'range':
    case 'number':
      return String(Number(input.value));
    case 'radio':
    case 'select-one':
      return input.value;
    default:
      return JSON.stringify(input.value);
  }
}
