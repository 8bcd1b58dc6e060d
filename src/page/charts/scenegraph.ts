// What vega-view takes for vega-scenegraph (scripts/page/trimmedVega.mjs): all of it, but for `point`.
export * from 'vega-scenegraph';

/**
 * Where an event is, in the chart's own pixels. Vega's own forgets that a page may scale an SVG; with it, zooming and brushing miss the pointer on a
 * screen narrower than the chart.
 */
export function point(event: MouseEvent | Touch, element: Element): [number, number] {
  const { left, top, width, height } = element.getBoundingClientRect();
  const natural =
    element instanceof SVGSVGElement
      ? element.viewBox.baseVal
      : { width: element.clientWidth, height: element.clientHeight };
  const scale = (drawn: number, own: number): number => (drawn > 0 && own > 0 ? own / drawn : 1);
  return [
    (event.clientX - left - element.clientLeft) * scale(width, natural.width),
    (event.clientY - top - element.clientTop) * scale(height, natural.height),
  ];
}
