/**
 * For panels side by side under headings that change: spacing goes from frame to frame and has room for the axes, since how wide a text is is known only
 * where it is drawn, and differs there. The padding has room for half of the last label.
 */
export const beside = { bounds: 'flush', padding: { left: 6, top: 6, right: 16, bottom: 6 } } as const;

/** The axis of epochs (or of whatever is counted) from `first` to `last`, with whole numbers only. */
export function countAxis(title: string, first: number, last: number): Record<string, unknown> {
  const end = Math.max(last, first + 1);
  // Vega takes halves for a few counts, though they are below the smallest step.
  const few = end - first < 10;
  const values = few ? { values: Array.from({ length: end - first + 1 }, (_, i) => first + i) } : {};
  return {
    field: 'x',
    type: 'quantitative',
    title,
    scale: { domain: [first, end], nice: false, zero: false, padding: 8 },
    axis: { tickMinStep: 1, ...values, format: 'd', grid: false },
  };
}

/** A dashed line at `x`, its name to the right or to the left of it; `clip` is that of a chart that can be zoomed. */
export function markAt(
  x: number,
  label: string,
  align: 'left' | 'right' = 'left',
  clip?: object,
): Record<string, unknown> {
  return {
    data: { values: [{ x, label }] },
    layer: [
      {
        mark: {
          type: 'rule',
          clip,
          color: 'currentColor',
          opacity: 0.7,
          strokeDash: [4, 4],
          strokeWidth: 1.5,
        },
        encoding: { x: { field: 'x', type: 'quantitative' } },
      },
      {
        mark: {
          type: 'text',
          clip,
          align,
          baseline: 'top',
          dx: align === 'left' ? 5 : -5,
          y: 2,
        },
        encoding: { x: { field: 'x', type: 'quantitative' }, text: { field: 'label' } },
      },
    ],
  };
}

/** An invisible line over every x that appears under the pointer and tells the values there. `rows` have `x` and a field for each name, by default those of the panel; `clip` as above. */
export function hover(
  param: string,
  rows: object[] | undefined,
  xTitle: string,
  names: readonly { field: string; title: string }[],
  clip?: object,
): Record<string, unknown> {
  return {
    ...(rows ? { data: { values: rows } } : {}),
    params: [
      {
        name: param,
        select: { type: 'point', on: 'pointerover', clear: 'pointerout', nearest: true, encodings: ['x'] },
      },
    ],
    mark: { type: 'rule', clip, color: 'currentColor', strokeWidth: 1 },
    encoding: {
      x: { field: 'x', type: 'quantitative' },
      opacity: { condition: { param, empty: false, value: 0.5 }, value: 0 },
      tooltip: [
        { field: 'x', type: 'quantitative', title: xTitle },
        ...names.map(({ field, title }) => ({ field, type: 'quantitative', title, format: '.4~g' })),
      ],
    },
  };
}

/** A click on a legend entry picks its line, and those not picked fade; a second click takes it back, and with none picked all show. */
export function legendChoice(field: string): {
  params: object[];
  opacity: object;
} {
  const name = `chosen_${field}`;
  return {
    params: [{ name, select: { type: 'point', fields: [field], toggle: 'true' }, bind: 'legend' }],
    opacity: { condition: { param: name, value: 1 }, value: 0.12 },
  };
}

/**
 * Ctrl (or ⌘) and the wheel zoom, dragging moves, a double click takes all back; the wheel alone scrolls the page. What is drawn is cut off at the frame
 * only while it is zoomed: dots on the edge stay whole before.
 */
export function zoom(
  name: string,
  encodings: readonly ('x' | 'y')[] = ['x'],
): {
  param: object;
  clip: object;
} {
  return {
    param: {
      name,
      select: {
        type: 'interval',
        encodings,
        translate: '[mousedown, window:mouseup] > window:mousemove!',
        zoom: 'wheel![event.ctrlKey || event.metaKey]',
      },
      bind: 'scales',
    },
    clip: { expr: `!!${name}['x']` },
  };
}
