import { createRequire } from 'node:module';

/** One thing to show, in every form that is at hand: MIME type to content. The reader's program takes the richest it knows. */
export type MimeBundle = Record<string, unknown>;

/** The key under which a value keeps the way it wants to be shown. */
export const displayKey: unique symbol = Symbol.for('keras-primer.display');

/** A value that knows how to show itself. */
export interface Displayable {
  [displayKey](): MimeBundle | Promise<MimeBundle>;
}

/** Where displays go: the kernel puts its own end here. */
export interface DisplayPort {
  /** Show a bundle. With an `id` it can be replaced later by another call with the same `id` and `update: true`. */
  display(bundle: MimeBundle, options?: { id?: string; update?: boolean }): void;
}

let port: DisplayPort | undefined;
let last: Promise<unknown> = Promise.resolve();

/** Whether a value knows how to show itself. */
export function isDisplayable(value: unknown): value is Displayable {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  return typeof (value as Partial<Displayable>)[displayKey] === 'function';
}

/** Replace the port; `undefined` goes back to text on stdout (or to a kernel of tslab without our preload). */
export function setDisplayPort(next: DisplayPort | undefined): void {
  port = next;
}

/** The port in use. */
export function getDisplayPort(): DisplayPort {
  return port ?? plainTslabPort() ?? textPort;
}

/** Show what `bundle` gives, after everything shown before. */
export function displayInTurn(bundle: MimeBundle | Promise<MimeBundle>): Promise<void> {
  const shown = Promise.all([bundle, last]).then(([ready]) => getDisplayPort().display(ready));
  last = shown.catch(() => {});
  return shown;
}

/** Resolves when everything that was asked for has been shown or has failed. */
export async function allDisplayed(): Promise<void> {
  await last;
}

const textPort: DisplayPort = {
  display(bundle) {
    const text = bundle['text/plain'];
    process.stdout.write(`${typeof text === 'string' ? text : Object.keys(bundle).join(', ')}\n`);
  },
};

interface PlainTslab {
  lastWriteDisplayData?: ((content: object, update: boolean) => void) | null;
}

/** A notebook that runs on tslab's own kernel spec: the bundle goes the way of tslab's `display`, but whole. */
function plainTslabPort(): DisplayPort | undefined {
  const loaded = createRequire(__filename).cache;
  const file = Object.keys(loaded).find(name => /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(name));
  const jupyter: PlainTslab | undefined = file === undefined ? undefined : loaded[file]?.exports;
  const write = jupyter?.lastWriteDisplayData;
  if (!write) return undefined;
  return {
    display(bundle, { id, update = false } = {}) {
      const transient = id === undefined ? {} : { display_id: id };
      write({ data: bundle, metadata: {}, transient }, update);
    },
  };
}
