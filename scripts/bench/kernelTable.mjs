import { kernelWorks } from './kernelWorks.mjs';

/** @typedef {ReadonlyMap<string, { readonly seconds: number, readonly alone?: number }>} Times */

/**
 * Convolution and recurrence as rows of a table and as targets.
 * @param {Times} own on wasm
 * @param {readonly (readonly [name: string, times: Times])[]} peers
 */
export function kernelTable(own, peers) {
  /** @param {Times} times @param {string} key */
  const ms = (times, key) => (times.get(key)?.seconds ?? NaN) * 1000;
  return {
    rows: [
      [
        ...['ms an epoch of 1,280 rows, batch 128', 'wasm, our kernels', 'on one core'],
        ...peers.map(([name]) => name),
      ],
      ...kernelWorks.map(({ key, name }) => [
        ...[name, ms(own, key).toFixed(0), ((own.get(key)?.alone ?? NaN) * 1000).toFixed(0)],
        ...peers.map(([, times]) => ms(times, key).toFixed(0)),
      ]),
    ],
    /** @type {[string, number, number, string][]} */
    targets: kernelWorks.map(({ key, name, most }) => [
      `${name}: ms an epoch`,
      ms(own, key),
      most,
      'at most',
    ]),
  };
}
