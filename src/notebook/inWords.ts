import { bestOf } from '../charts/historyCurves';
import { say } from '../charts/values';
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
  const [first, last, best] = [points[0]!, points.at(-1)!, bestPoint(key, points)];
  const more = points.length > 1 ? ` → ${there(last)}${best ? `, best ${there(best)}` : ''}` : '';
  return `${name}: ${there(first)}${more}.`;
}

function summary(key: string, curves: readonly NamedCurve[]): string {
  const lasts = curves.map(({ points }) => points.at(-1)![1]).filter(value => Number.isFinite(value));
  const range =
    lasts.length === 0 ? '' : `, last values from ${say(Math.min(...lasts))} to ${say(Math.max(...lasts))}`;
  const bests = curves.flatMap(({ name, points }) => {
    const best = bestPoint(key, points);
    return best ? [{ name, best }] : [];
  });
  const top = bestPoint(
    key,
    bests.map(({ best }) => best),
  );
  const whose = bests.find(({ best }) => best === top);
  return `${curves.length} curves${range}${whose ? `, best ${there(whose.best)} of ${whose.name}` : ''}.`;
}

type Point = Curve['points'][number];

function bestPoint(key: string, points: readonly Point[]): Point | undefined {
  const best = bestOf(
    key,
    points.map(([, value]) => value),
  );
  return best === undefined ? undefined : points[best];
}

function there([epoch, value]: Point): string {
  return `${say(value)} (epoch ${epoch})`;
}
