import { describe } from '../options/describe';
import type { Label } from './Labels';
import { toList } from './toList';

/**
 * Read labels: at least one, all of one kind. Numbers must be whole, since a fraction is a probability that was not turned into a label.
 *
 * @throws RangeError for an empty list, TypeError for anything that is no list of labels.
 */
export function toLabels(value: unknown, name: string): Label[] {
  const values = toList(value, name);
  if (values.length === 0) {
    throw new RangeError(`Expected ${name} to have at least one label, received none.`);
  }
  const labels = values.map((label, i): Label => {
    if (typeof label === 'boolean') return Number(label);
    if (typeof label === 'string') return label;
    if (typeof label === 'number' && Number.isInteger(label)) return label === 0 ? 0 : label;
    if (typeof label === 'number' && Number.isFinite(label)) {
      throw new TypeError(
        `Expected ${name} to hold class labels, received ${label} at position ${i}. ` +
          'Turn probabilities into labels first: the position of the largest in each row, or p > 0.5 for a single unit.',
      );
    }
    throw new TypeError(
      `Expected ${name} to hold whole numbers or texts, received ${describe(label)} at position ${i}.`,
    );
  });
  const kind = typeof labels[0];
  const other = labels.findIndex(label => typeof label !== kind);
  if (other >= 0) {
    throw new TypeError(
      `Expected ${name} to hold labels of one kind, received a ${kind} at position 0 and a ${typeof labels[other]} at position ${other}.`,
    );
  }
  return labels;
}
