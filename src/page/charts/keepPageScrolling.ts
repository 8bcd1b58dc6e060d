/** The wheel scrolls the page, also over a chart that can be zoomed; with Ctrl (or ⌘) it zooms, as on maps. */
export function keepPageScrolling(element: HTMLElement): void {
  element.addEventListener(
    'wheel',
    event => {
      if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
    },
    { capture: true },
  );
}
