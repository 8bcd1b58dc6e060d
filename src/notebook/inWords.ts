import { better } from '../charts/historyCurves';
import type { Curve } from './curvesSvg';

/** A curve and what it is of. */
export interface NamedCurve {
  readonly name: string;
  readonly points: Curve['points'];
}

// More than these are too long to be listened to.
const mostCurves = 12;

/**
 * Curves in words, for a reader who cannot see them: the first, the last and the best value of each, as `plotHistory` tells them; of many the range of the
 * last values and the best of all.
 *
 * @param key of the history, which says whether lower or higher is better
 */
export function inWords(key: string, curves: readonly NamedCurve[]): string {
  const some = curves.filter(({ points }) => points.length > 0);
  if (some.length === 0) return '';
  return some.length > mostCurves ? summary(key, some) : some.map(curve => sentence(key, curve)).join(' ');
}

function sentence(key: string, { name, points }: NamedCurve): string {
  const [first, last, best] = [points[0]!, points.at(-1)!, bestOf(key, points)];
  const more = points.length > 1 ? ` → ${say(last)}${best ? `, best ${say(best)}` : ''}` : '';
  return `${name}: ${say(first)}${more}.`;
}

function summary(key: string, curves: readonly NamedCurve[]): string {
  const lasts = curves.map(({ points }) => points.at(-1)![1]).filter(value => Number.isFinite(value));
  const range =
    lasts.length === 0
      ? ''
      : `, last values from ${number(Math.min(...lasts))} to ${number(Math.max(...lasts))}`;
  const bests = curves.flatMap(({ name, points }) => {
    const best = bestOf(key, points);
    return best ? [{ name, best }] : [];
  });
  const top = bestOf(
    key,
    bests.map(({ best }) => best),
  );
  const whose = bests.find(({ best }) => best === top);
  return `${curves.length} curves${range}${whose ? `, best ${say(whose.best)} of ${whose.name}` : ''}.`;
}

type Point = Curve['points'][number];

/** The lowest loss or error, the highest accuracy; of other quantities nobody can say. */
function bestOf(key: string, points: readonly Point[]): Point | undefined {
  const is = better(key);
  if (is === undefined) return undefined;
  const finite = points.filter(([, value]) => Number.isFinite(value));
  return finite.reduce<Point | undefined>(
    (best, point) =>
      best === undefined || (is === 'lower' ? point[1] < best[1] : point[1] > best[1]) ? point : best,
    undefined,
  );
}

function say([epoch, value]: Point): string {
  return `${number(value)} (epoch ${epoch})`;
}

function number(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);
}
