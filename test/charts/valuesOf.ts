import { liveChart } from '../../scripts/report/liveChart.mjs';
import type { Chart } from '../../src/charts/Chart';

/** The tables of values that a report shows under a chart, a line for each row. */
export async function valuesOf(chart: Chart): Promise<string[][]> {
  const { values } = await liveChart(chart.spec);
  return values.map(({ columns, rows }) => [columns, ...rows].map(row => row.join(' | ')));
}
