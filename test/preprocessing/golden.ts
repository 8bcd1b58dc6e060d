import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PadOptions } from '../../src/preprocessing/padSequences';
import type { StandardScalerOptions } from '../../src/preprocessing/StandardScaler';

export interface ScalerCase {
  data: string;
  options: StandardScalerOptions;
  mean: string[] | null;
  var: string[] | null;
  scale: string[] | null;
  seen: number | number[];
  transformed: string[];
  back: string[];
  partial: { mean: string[] | null; var: string[] | null; scale: string[] | null };
}

interface Golden {
  sklearn: string;
  keras: string;
  sequences: number[][];
  pads: { options: Required<PadOptions>; rows: number[][] }[];
  categorical: { labels: number[] | number[][]; numClasses: number | null; rows: number[][] }[];
  scalers: ScalerCase[];
}

/** What scikit-learn and Keras gave: test/reference/preprocessing.py. */
export const golden: Golden = JSON.parse(
  readFileSync(join(__dirname, '../reference/preprocessing.json'), 'utf8'),
);
