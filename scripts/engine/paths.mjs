import path from 'node:path';

/** @typedef {'cpu' | 'gpu'} Kind */

/** @type {readonly Kind[]} */
export const kinds = ['cpu', 'gpu'];

/** @type {Readonly<Record<Kind, string>>} */
export const packageNames = { cpu: '@tensorflow/tfjs-node', gpu: '@tensorflow/tfjs-node-gpu' };

/**
 * Where the engines lie: inside the checkout, so that their packages find its one copy of @tensorflow/tfjs, and outside of
 * node_modules, which `npm ci` empties.
 * @param {string} root the checkout
 */
export function enginesFolder(root) {
  return path.join(root, '.cache', 'engines');
}

/**
 * The folder of an engine's npm package.
 * @param {string} folder the engine's
 * @param {Kind} kind
 */
export function packageFolder(folder, kind) {
  return path.join(folder, 'node_modules', packageNames[kind]);
}
