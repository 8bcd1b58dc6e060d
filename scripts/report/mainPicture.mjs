const tagged = /<figure\b[^>]*\bclass="chart main"[^>]*>([\s\S]*?)<\/figure>/;
const first = /<figure\b[^>]*\bclass="chart"[^>]*>([\s\S]*?)<\/figure>/;

/**
 * The picture of a report's main chart: that of the cell with the tag `main-chart`, else the first.
 * @param {string} html a report
 * @returns {string} an SVG, '' when the report has no chart
 */
export function mainPicture(html) {
  const figure = (tagged.exec(html) ?? first.exec(html))?.[1] ?? '';
  const start = figure.indexOf('<svg');
  return start < 0 ? '' : figure.slice(start, figure.lastIndexOf('</svg>') + '</svg>'.length);
}
