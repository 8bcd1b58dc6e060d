import type { Activation, Loss, Metric, OptimizerSettings } from '../engines/compiled/network';

/** What the reader of a playground may turn. */
export interface PlaygroundSettings {
  /** How many hidden layers: 0 leaves the output layer alone. */
  readonly layers: number;
  /** Units of each hidden layer. */
  readonly units: number;
  /** Activation of each hidden layer. */
  readonly activation: Activation;
  readonly learningRate: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** As for `setRandomSeed`: of the initial weights and the shuffles. */
  readonly seed: number;
}

/** Rows in a form that JSON can hold: 32-bit floats, little-endian, row-major, in base64. */
export interface PackedRows {
  readonly rows: number;
  readonly x: string;
  readonly y: string;
}

/** The part of the network that stays. */
export interface PlaygroundNetwork {
  readonly inputs: number;
  readonly output: { readonly units: number; readonly activation: Activation };
  readonly loss: Loss;
  readonly metrics: readonly Metric[];
  /** The learning rate is a setting. */
  readonly optimizer: OptimizerSettings;
}

/** How one number of the history is shown; the history itself stays as `fit` gives it. */
export interface PlaygroundMeasure {
  /** The history's key: `loss`, `mae`. */
  readonly key: string;
  readonly title: string;
  /** What to multiply by for showing. */
  readonly factor: number;
}

/** A part of the plane of two features, and how many points to a side to look at. */
export interface Plane {
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
  readonly size: number;
}

/** What a page draws over the plane of two features: the probability of the second of two classes. */
export interface PlaygroundPlane extends Plane {
  readonly features: readonly [string, string];
  readonly classes: readonly [string, string];
  /** The answers of the notebook's own run, as 32-bit floats in base64. */
  readonly answers: string;
}

/** All that a page needs to train, as plain JSON: the content of `application/vnd.keras-primer.playground+json`. */
export interface PlaygroundConfig {
  readonly title: string;
  readonly network: PlaygroundNetwork;
  /** What the notebook's own run had. */
  readonly settings: PlaygroundSettings;
  /** The loss, then the metrics. */
  readonly measures: readonly PlaygroundMeasure[];
  readonly train: PackedRows;
  readonly validation?: PackedRows;
  readonly test?: PackedRows;
  readonly plane?: PlaygroundPlane;
  /** The notebook's own run: its history, unrounded. JSON has no NaN; a run that has one makes no playground. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  /** And what it came to on the test data. */
  readonly tested?: Readonly<Record<string, number>>;
}
