/** Lets the keyboard press what the mouse can press in a legend: each entry is a stop, and Enter or Space is a click on it. */
export function operableLegend(room: HTMLElement): void {
  for (const entry of room.querySelectorAll<SVGElement>('.role-legend-label [cursor=pointer], .role-legend-label text[style*=pointer]')) {
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
          shiftKey: event.shiftKey,
        }),
      );
    });
  }
}
