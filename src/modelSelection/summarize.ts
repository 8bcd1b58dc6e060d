/** One score over several runs. */
export interface ScoreSummary {
  mean: number;
  /** The sample standard deviation (divisor n − 1); NaN for one run. */
  sd: number;
  /** In the order of the runs. */
  values: number[];
}

/** Mean and spread of each score over runs that have the same scores. */
export function summarize(scores: readonly Readonly<Record<string, number>>[]): Record<string, ScoreSummary> {
  const keys = Object.keys(scores[0] ?? {});
  return Object.fromEntries(
    keys.map((key): [string, ScoreSummary] => {
      const values = scores.map(run => run[key]!);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      return [key, { mean, sd: Math.sqrt(squares / (values.length - 1)), values }];
    }),
  );
}
