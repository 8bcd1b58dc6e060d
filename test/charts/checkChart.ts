import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Chart } from '../../src/charts/Chart';

/** How often each kind of mark must occur in the picture's wide layout. */
export type Marks = Record<string, number>;

/**
 * Compare a chart's spec with its snapshot (`UPDATE_SNAPSHOTS=1` writes it), draw it (vega warnings throw) and count its marks.
 * Returns the SVG.
 */
export async function checkChart(name: string, chart: Chart, marks: Marks): Promise<string> {
  const file = path.join(__dirname, 'snapshots', `${name}.json`);
  const { config, ...spec } = chart.spec;
  assert.ok(config);
  if (process.env.UPDATE_SNAPSHOTS) writeFileSync(file, `${JSON.stringify(spec, null, 2)}\n`);
  assert.ok(
    existsSync(file),
    `There is no snapshot ${name}. Make it with UPDATE_SNAPSHOTS=1 and look at it.`,
  );
  assert.deepEqual(JSON.parse(JSON.stringify(spec)), JSON.parse(readFileSync(file, 'utf8')));
  const svg = await chart.toSVG();
  assert.match(svg, /^<svg [^>]*role="img"/);
  assert.ok(
    !/NaN|Infinity|undefined|null/.test(svg.replace(/<(title|desc|text)[^>]*>[^<]*/g, '')),
    'no broken number in the SVG',
  );
  assert.deepEqual(countMarks(svg), marks);
  return svg;
}

/** The marks that a reader sees: those of the wide layout, invisible ones not counted. */
export function countMarks(svg: string): Marks {
  const wide = svg.split('class="kp-narrow"')[0]!;
  const counts: Marks = {};
  for (const [, kind, body] of wide.matchAll(/<g class="mark-(\w+) role-mark [^"]*"[^>]*>(.*?)<\/g>/gs)) {
    const seen = [...body!.matchAll(/<(?:path|rect|line|text)\b[^>]*>/g)].filter(
      ([tag]) => !tag.includes('opacity="0"'),
    );
    if (seen.length > 0) counts[kind!] = (counts[kind!] ?? 0) + seen.length;
  }
  return counts;
}
