import { textMetrics, View } from 'vega';
import { textItemWidth } from '../../charts/textItemWidth';
import { connectControls } from './connectControls';
import { type FigureData } from './FigureData';
import { keepPageScrolling } from './keepPageScrolling';
import { operableLegend } from './operableLegend';
import type { Evaluator } from './sharedExpressions';
import { speakState } from './speakState';
import { takeChoices } from './takeChoices';
import { tellValues } from './tellValues';
import { withTables } from './withTables';

// The picture was laid out in Node, which has no canvas to measure text with: the same estimate here gives the same layout, and nothing moves.
textMetrics.width = textItemWidth;

/** As in the picture's own style (src/charts/renderSvg.ts): below this width of the window the narrow layout shows. */
const phone = matchMedia('(max-width: 40rem)');

/**
 * Puts a live view of the chart where its picture is. The picture stays in the page, for print.
 * @throws what Vega throws; the figure is then as it was
 */
export async function upgradeChart(
  figure: HTMLElement,
  { wide, narrow, shared }: FigureData,
  expressions: Evaluator,
): Promise<void> {
  const still = figure.querySelector(':scope > .still');
  const element = document.createElement('div');
  element.className = narrow ? 'live' : 'live one';
  const labels = still?.querySelector('svg')?.getAttribute('aria-labelledby');
  const values = new Map<string, unknown>();
  const speak = speakState(figure);
  let view: View | undefined;

  const pictureOf = (dataflow: string): SVGSVGElement | null | undefined =>
    still?.querySelector<SVGSVGElement>(dataflow === narrow ? 'svg.kp-narrow' : 'svg.kp-wide') ??
    still?.querySelector('svg');
  const draw = async (dataflow: string): Promise<void> => {
    const next = new View(withTables(dataflow, shared), {
      expr: expressions,
      renderer: 'svg',
      hover: true,
      tooltip: tellValues,
    });
    for (const [name, value] of values) next.signal(name, value);
    const room = document.createElement('div');
    next.initialize(room);
    await next.runAsync();
    if (view) await takeChoices(view, next);
    asLargeAs(pictureOf(dataflow), room.querySelector('svg'));
    // The words of the picture; the marks stay silent, and the values are in the table below.
    room.removeAttribute('aria-roledescription');
    room.removeAttribute('aria-label');
    room.setAttribute('role', operableLegend(room) ? 'group' : 'img');
    if (labels) room.setAttribute('aria-labelledby', labels);
    view?.finalize();
    view = next;
    element.replaceChildren(room);
    speak(next, room, { moved: values.size > 0 });
  };

  const fitting = (): string => (narrow && phone.matches ? narrow : wide);
  await draw(fitting());
  (still ?? figure.firstChild)?.before(element);
  figure.classList.add('is-live');
  connectControls(figure, {
    set(name, value, told) {
      values.set(name, value);
      const drawn = view;
      const room = element.firstElementChild;
      if (drawn && room)
        void drawn
          .signal(name, value)
          .runAsync()
          .then(() => speak(drawn, room, { moved: true, told }));
    },
  });
  keepPageScrolling(element);
  scrollers.observe(element);
  if (narrow) phone.addEventListener('change', () => void draw(fitting()));
}

/**
 * Gives a drawing the size of its picture, from which it may differ by a pixel: what answers the pointer is not in the picture. One that differs by
 * more keeps its own size, since it would be cut off.
 */
function asLargeAs(picture: SVGSVGElement | null | undefined, drawing: SVGSVGElement | null): void {
  if (!picture || !drawing) return;
  const { width, height } = picture.viewBox.baseVal;
  const own = drawing.viewBox.baseVal;
  if (Math.abs(width - own.width) > 2 || Math.abs(height - own.height) > 2) return;
  drawing.setAttribute('width', String(width));
  drawing.setAttribute('height', String(height));
  drawing.setAttribute('viewBox', `0 0 ${width} ${height}`);
}

/** A box that scrolls can be reached by keyboard; one that does not is no stop on the way. */
const scrollers = new ResizeObserver(entries => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth + 1) target.setAttribute('tabindex', '0');
    else target.removeAttribute('tabindex');
  }
});
