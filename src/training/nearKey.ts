import { nearest } from '../options/nearest';

/** The key of a history that was most likely meant: `acc` has been the name of `accuracy`, and stands for `binary_accuracy` too. */
export function nearKey(key: string, keys: readonly string[]): string | undefined {
  const name = key.replace(/acc$/, 'accuracy');
  return (
    keys.find(candidate => candidate === name) ??
    keys.find(candidate => candidate.endsWith(`_${name}`)) ??
    nearest(key, keys)
  );
}
