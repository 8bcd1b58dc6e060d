import type { Label, Labels } from '../labels/Labels';
import { isList } from '../matrix/isList';
import { checkBoolean } from '../options/checkBoolean';
import { checkCount } from '../options/checkCount';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { fixed, floatText, padLeft } from './format';
import {
  addUp,
  averageScores,
  count,
  score,
  toZeroDivision,
  undefinedMessage,
  type ZeroDivision,
} from './scores';
import { pairwiseSum } from '../matrix/pairwiseSum';
import { checkTargets, toLabelsOption, toSampleWeight } from './targets';
import { warn } from './warn';

/** Options of `classificationReport`. */
export interface ClassificationReportOptions {
  /** Which labels to report, in which order. Default: all that are present, in order. */
  labels?: readonly number[] | readonly string[];
  /** A name for each label, in the order of the labels. Default: the labels themselves. */
  targetNames?: readonly string[];
  /** One weight for each sample. */
  sampleWeight?: ArrayLike<number>;
  /** Digits after the point in the printed table. Default 2. */
  digits?: number;
  /** Return the values instead of the printed table. Default `false`. */
  outputDict?: boolean;
  /** What a score is where its divisor is 0: 0, 1, NaN (left out of averages), or `'warn'` (default): 0 with a warning. */
  zeroDivision?: ZeroDivision;
}

/** One line of the report. */
export interface ReportScores {
  precision: number;
  recall: number;
  'f1-score': number;
  support: number;
}

/**
 * The report as values: a line for each label under its name, then `'accuracy'` (or, when `labels` leaves some out, `'micro avg'`),
 * `'macro avg'` and `'weighted avg'`.
 */
export interface ReportDict {
  /** The share of right predictions; absent when `labels` leaves some out. */
  accuracy?: number;
  [line: string]: ReportScores | number | undefined;
}

/**
 * Precision, recall, F1-score and support of each label, and their averages, as a printed table or as values.
 * Equals `sklearn.metrics.classification_report`: the text character for character, the values bit for bit.
 *
 * @throws TypeError for probabilities or one-hot rows instead of labels; RangeError for lists of different lengths or none, or for
 * `targetNames` that are not as many as the labels.
 * @example
 * const report = classificationReport([0, 1, 1, 1], [0, 0, 1, 1], { targetNames: ['no', 'yes'] });
 * report.split('\n')[3]; // '         yes       1.00      0.67      0.80         3'
 */
export function classificationReport(
  yTrue: Labels,
  yPred: Labels,
  options: ClassificationReportOptions & { outputDict: true },
): ReportDict;
export function classificationReport(
  yTrue: Labels,
  yPred: Labels,
  options?: ClassificationReportOptions & { outputDict?: false },
): string;
export function classificationReport(
  yTrue: Labels,
  yPred: Labels,
  options: ClassificationReportOptions = {},
): string | ReportDict {
  checkOptions('classificationReport', options, [
    'labels',
    'targetNames',
    'sampleWeight',
    'digits',
    'outputDict',
    'zeroDivision',
  ]);
  const { digits = 2, outputDict = false } = options;
  checkCount('digits', digits, { max: 40 });
  checkBoolean('outputDict', outputDict);
  const zeroDivision = toZeroDivision(options.zeroDivision);
  const targets = checkTargets(yTrue, yPred);
  const weights = toSampleWeight(options.sampleWeight, targets.yTrue.length);
  const given = toLabelsOption(options.labels, targets);
  const labels = given ?? targets.present;
  const names = toNames(options.targetNames, labels);

  const counts = count(targets, labels, weights);
  const perLabel = score(counts, 1, zeroDivision);
  const together = score(addUp(counts), 1, zeroDivision);
  const message = zeroDivision === 'warn' ? undefinedMessage(perLabel.undefinedScores) : undefined;
  if (message) warn(message);

  const total = pairwiseSum(counts.truth);
  const hasAllLabels = targets.present.every(label => labels.includes(label));
  const lines: [string, ...number[]][] = names.map((name, i) => [
    name,
    perLabel.precision[i]!,
    perLabel.recall[i]!,
    perLabel.fscore[i]!,
    counts.truth[i]!,
  ]);
  const averages: [string, ...number[]][] = [
    [hasAllLabels ? 'accuracy' : 'micro avg', ...averageScores(together), total],
    ['macro avg', ...averageScores(perLabel), total],
    ['weighted avg', ...averageScores(perLabel, counts.truth), total],
  ];
  return outputDict
    ? toDict(lines, averages)
    : toTable(lines, averages, digits, counts.areFloats ? floatText : String);
}

// Labels may have the names of averages, which then come last and stay, as in scikit-learn.
function toDict(lines: [string, ...number[]][], averages: [string, ...number[]][]): ReportDict {
  const entries = [...lines, ...averages].map(
    ([name, precision, recall, f1, support]): [string, ReportScores | number] => [
      name,
      { precision: precision!, recall: recall!, 'f1-score': f1!, support: support! },
    ],
  );
  const dict: ReportDict = Object.fromEntries(entries);
  const [first] = averages;
  if (first?.[0] === 'accuracy') dict['accuracy'] = first[1]!;
  return dict;
}

function toTable(
  lines: [string, ...number[]][],
  averages: [string, ...number[]][],
  digits: number,
  supportText: (support: number) => string,
): string {
  const width = Math.max(12, digits, ...lines.map(([name]) => Array.from(name).length));
  // The names are followed by two blanks, as scikit-learn has it.
  const print = (line: [string, ...number[]]): string => {
    const [name, ...values] = line;
    const isAccuracy = line === averages[0] && name === 'accuracy';
    const scores = values.slice(0, 3).map((value, i) => (isAccuracy && i < 2 ? '' : fixed(value, digits)));
    return [
      `${padLeft(name, width)} `,
      ...[...scores, supportText(values[3]!)].map(text => padLeft(text, 9)),
    ].join(' ');
  };
  const head = ['precision', 'recall', 'f1-score', 'support'].map(text => padLeft(text, 9));
  return [
    `${' '.repeat(width)}  ${head.join(' ')}`,
    '',
    ...lines.map(print),
    '',
    ...averages.map(print),
    '',
  ].join('\n');
}

function toNames(value: unknown, labels: readonly Label[]): string[] {
  if (value === undefined || value === null) return labels.map(String);
  const isText = (name: unknown): name is string => typeof name === 'string';
  const names = isList(value) ? Array.from(value).filter(isText) : [];
  if (!isList(value) || names.length !== value.length) {
    throw new TypeError(`Expected targetNames to be texts, received ${describe(value)}.`);
  }
  if (names.length === labels.length) return names;
  throw new RangeError(
    `Expected targetNames to have one name for each of the ${labels.length} labels, received ${names.length}. ` +
      'Name all labels in the option labels if some do not occur.',
  );
}
