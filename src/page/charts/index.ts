// What every report with live figures runs: it brings each figure to life, and leaves the picture where that fails.
import { mountPlayground } from './mountPlayground';

for (const figure of document.querySelectorAll<HTMLElement>('figure.chart')) {
  const json = figure.querySelector('script.figure-data')?.textContent;
  if (!json) continue;
  const data: { playground?: unknown } = JSON.parse(json);
  if (data.playground !== undefined) mountPlayground(figure, data.playground);
}
