/**
 * Lets the keyboard press what the mouse can press in a legend: each entry is a stop, and Enter or Space is a click on it.
 * Vega-Lite names the marks of such a legend; no other has these names.
 * @returns whether the chart has such a legend
 */
export function operableLegend(room: HTMLElement): boolean {
  const entries = [
    ...room.querySelectorAll<SVGElement>('.role-legend-label[class*="_legend_labels"] > text'),
  ];
  for (const entry of entries) {
    for (let box = entry.parentElement; box && box !== room; box = box.parentElement)
      box.removeAttribute('aria-hidden');
    entry.setAttribute('tabindex', '0');
    entry.setAttribute('role', 'button');
    entry.addEventListener('keydown', event => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      const { left, top, width, height } = entry.getBoundingClientRect();
      entry.dispatchEvent(
        new MouseEvent('click', {
          bubbles: true,
          clientX: left + width / 2,
          clientY: top + height / 2,
        }),
      );
    });
  }
  const tell = (): void => {
    const faded = entries.map(entry => Number(entry.getAttribute('opacity') ?? 1) < 1);
    entries.forEach((entry, i) =>
      entry.setAttribute('aria-pressed', String(faded.includes(true) && !faded[i])),
    );
  };
  tell();
  const watched = new MutationObserver(tell);
  for (const entry of entries) watched.observe(entry, { attributeFilter: ['opacity'] });
  return entries.length > 0;
}
