import { Warn, parse, View } from 'vega';
import { compile } from 'vega-lite';
import type { Chart } from '../../src/charts/Chart';
import { untyped } from './untyped';

/** The texts that a chart's live view shows when the reader has set one of its inputs. */
export async function moveSlider(chart: Chart, input: string, value: unknown): Promise<string[]> {
  const view = new View(parse(compile(untyped(chart.spec)).spec), { renderer: 'none', logLevel: Warn });
  try {
    // A signal that does not exist throws.
    await view.signal(input, value).runAsync();
    const svg = await view.toSVG();
    return [...svg.matchAll(/<(?:text|tspan)\b[^>]*>([^<]+)</g)].map(([, text]) => text!);
  } finally {
    view.finalize();
  }
}
