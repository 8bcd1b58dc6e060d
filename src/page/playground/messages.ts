import type { PlaygroundSettings } from '../../playground/PlaygroundConfig';
import type { TrainingConfig } from '../../playground/Training';

/** What the page asks of its worker. Each start is a run with a number, which the answers carry: those of an older run are late. */
export type Request =
  | {
      readonly kind: 'start';
      readonly run: number;
      readonly config: TrainingConfig;
      readonly settings: PlaygroundSettings;
    }
  /** Train until so many epochs are done; at most one epoch every `pause` ms. */
  | { readonly kind: 'train'; readonly until: number; readonly pause: number }
  | { readonly kind: 'stop' }
  | { readonly kind: 'test' };

/** One number for each key of the history. */
export type Logs = Readonly<Record<string, number>>;

/** What the worker answers. */
export type Answer =
  /** Epochs that were finished since the last answer. With `end` nothing more comes before the next request. */
  | {
      readonly kind: 'progress';
      readonly run: number;
      readonly logs: readonly Logs[];
      readonly answers: Float32Array | undefined;
      readonly end: boolean;
    }
  | { readonly kind: 'tested'; readonly run: number; readonly logs: Logs }
  | { readonly kind: 'failed'; readonly run: number; readonly message: string };
