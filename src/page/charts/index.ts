// What a report with live figures runs: it brings each figure to life, and leaves the picture where that fails.
import { type FigureData } from './FigureData';
import { mountPlayground } from './mountPlayground';
import { readFigures } from './readFigures';
import { sharedExpressions, type Evaluator } from './sharedExpressions';
import { upgradeChart } from './upgradeChart';

const figures = [...document.querySelectorAll<HTMLElement>('figure.chart[data-figure]')];

/** What the reader looks at first, then the rest from there on, with pauses in which the page answers. */
async function upgradeAll(): Promise<void> {
  const { expressions, figures: data } = await readFigures();
  const evaluator = sharedExpressions(expressions);
  const middle = innerHeight / 2;
  const distance = new Map(
    figures.map(figure => {
      const { top, bottom } = figure.getBoundingClientRect();
      return [figure, Math.max(top - middle, middle - bottom, 0)];
    }),
  );
  let rested = performance.now();
  for (const figure of figures.toSorted((a, b) => distance.get(a)! - distance.get(b)!)) {
    await upgrade(figure, data[Number(figure.dataset['figure'])]!, evaluator);
    if (performance.now() - rested < 30) continue;
    await pause();
    rested = performance.now();
  }
  document.documentElement.dataset['figures'] = 'live';
  performance.mark('figures-live');
}

/** Lets the page answer and paint. A timer would do, but takes 4 ms at least. */
function pause(): Promise<void> {
  return new Promise(done => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(undefined);
  });
}

async function upgrade(figure: HTMLElement, data: FigureData, evaluator: Evaluator): Promise<void> {
  try {
    if (data.playground) await mountPlayground(figure, JSON.parse(data.playground));
    else await upgradeChart(figure, data, evaluator);
  } catch (error) {
    stayPicture(figure, error);
  }
}

function stayPicture(figure: HTMLElement, error: unknown): void {
  figure.classList.remove('is-live');
  figure.classList.add('is-picture');
  console.warn('A figure stays a picture:', error);
}

// After the first paint. A page that opens in a hidden tab paints nothing and is ready all the same.
let begun = false;
const begin = (): void => {
  if (begun) return;
  begun = true;
  upgradeAll().catch((error: unknown) => figures.forEach(figure => stayPicture(figure, error)));
};
requestAnimationFrame(() => setTimeout(begin));
setTimeout(begin, 300);
