import type { TooltipHandler } from 'vega';
import { Handler } from 'vega-tooltip';

const id = 'vg-tooltip-element';
const shown = new Handler({ id, disableDefaultStyle: true, theme: 'custom', offsetX: 12, offsetY: 12 });

// Between the values and the edge of the window, and between them and a finger.
const margin = 4;
const finger = 18;
// How far beside a mark a finger may tap, in pixels.
const reach = [0, 6, 12, 18];

/** Whether a finger pointed last; a mouse may be there too. */
let touch = false;
/** The mark whose values a tap has shown. */
let tapped: Element | undefined;

/**
 * Tells the values of what the mouse is over, or of what a finger taps: vega-tooltip waits for a pointer that moves, which a tap does not, and a finger that moves
 * scrolls. Nothing is cut off by the window.
 */
export const tellValues: TooltipHandler = (handler, event, item, value) => {
  if (touch && !tapped) return;
  shown.call(handler, event, item, value);
  const box = document.getElementById(id);
  if (!box || value === null || value === undefined || value === '') return;
  // Its width must not depend on where it was before.
  box.style.width = 'max-content';
  const { left, top, width, height } = box.getBoundingClientRect();
  const above = event.clientY - height - finger;
  const x = touch ? event.clientX - width / 2 : left;
  const y = touch ? (above < margin ? event.clientY + finger : above) : top;
  const { clientWidth, clientHeight } = document.documentElement;
  box.style.left = `${Math.max(margin, Math.min(x, clientWidth - width - margin))}px`;
  box.style.top = `${Math.max(margin, Math.min(y, clientHeight - height - margin))}px`;
};

/** A click is what the browser itself takes for a tap: no scrolling, no zooming, no long press. */
function tap({ target, clientX, clientY }: MouseEvent): void {
  if (!touch || !(target instanceof Element) || target.closest('[role=button]')) return;
  const chart = target.closest('.live');
  const found = chart && nearest(chart, clientX, clientY);
  if (!found) return;
  tapped = found.mark;
  point(tapped, 'pointerover', found);
  point(tapped, 'pointermove', found);
}

/** The mark with values at a place or, as lines are thin and dots small, beside it. */
function nearest(chart: Element, x: number, y: number): { mark: Element; x: number; y: number } | undefined {
  for (const radius of reach) {
    for (let i = 0; i < (radius === 0 ? 1 : 8); i++) {
      const place = {
        x: x + radius * Math.cos((i * Math.PI) / 4),
        y: y + radius * Math.sin((i * Math.PI) / 4),
      };
      const mark = document.elementFromPoint(place.x, place.y);
      if (mark && chart.contains(mark) && hasValues(mark)) return { mark, ...place };
    }
  }
  return undefined;
}

/** Whether Vega has something to tell about an element: it keeps there the item it drew or, of a line, all of its items. */
function hasValues(element: Element): boolean {
  const data: unknown = Reflect.get(element, '__data__');
  const item: unknown = Array.isArray(data) ? data[0] : data;
  return typeof item === 'object' && item !== null && 'tooltip' in item && (item.tooltip ?? '') !== '';
}

function point(mark: Element, type: string, { x, y }: { x: number; y: number }): void {
  mark.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerType: 'touch', clientX: x, clientY: y }));
}

function hide(): void {
  document.getElementById(id)?.classList.remove('visible', 'custom-theme');
  if (tapped) point(tapped, 'pointerout', { x: 0, y: 0 });
  tapped = undefined;
}

const listening = { capture: true, passive: true };
for (const type of ['pointerdown', 'pointermove'] as const) {
  const know = (event: PointerEvent): void => {
    // Those of this script are no news.
    if (!event.isTrusted) return;
    const now = event.pointerType === 'touch';
    if (now !== touch || (now && type === 'pointerdown')) hide();
    touch = now;
  };
  addEventListener(type, know, listening);
}
for (const type of ['pointercancel', 'scroll', 'resize']) {
  const gone = (): void => {
    if (tapped) hide();
  };
  addEventListener(type, gone, listening);
}
addEventListener('click', tap);
