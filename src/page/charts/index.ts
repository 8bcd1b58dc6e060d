// What a report with live figures runs: it brings each figure to life, and leaves the picture where that fails.
import { mountPlayground } from './mountPlayground';
import { readFigure } from './readFigure';
import { upgradeChart } from './upgradeChart';

const figures = [...document.querySelectorAll<HTMLElement>('figure.chart')].filter(figure =>
  figure.querySelector('script.figure-data'),
);

/** What the reader looks at first, then the rest from there on; each in a task of its own, so that the page answers meanwhile. */
async function upgradeAll(): Promise<void> {
  const middle = innerHeight / 2;
  const distance = new Map(
    figures.map(figure => {
      const { top, bottom } = figure.getBoundingClientRect();
      return [figure, Math.max(top - middle, middle - bottom, 0)];
    }),
  );
  for (const figure of figures.toSorted((a, b) => distance.get(a)! - distance.get(b)!)) {
    await upgrade(figure);
    await new Promise(done => setTimeout(done));
  }
  document.documentElement.dataset['figures'] = 'live';
  performance.mark('figures-live');
}

async function upgrade(figure: HTMLElement): Promise<void> {
  try {
    const data = await readFigure(figure);
    if (data.playground !== undefined) await mountPlayground(figure, data.playground);
    else if (data.wide) await upgradeChart(figure, data);
  } catch (error) {
    figure.classList.remove('is-live');
    figure.classList.add('is-picture');
    console.warn('A figure stays a picture:', error);
  }
}

// After the first paint. A page that opens in a hidden tab paints nothing and is ready all the same.
let begun = false;
const begin = (): void => {
  if (begun) return;
  begun = true;
  void upgradeAll();
};
requestAnimationFrame(() => setTimeout(begin));
setTimeout(begin, 300);
