import { isList } from './isList';
import { isTensor } from './isTensor';
import { SparseMatrix } from './SparseMatrix';

/** Name a value for an error message: its kind and size, never its contents. */
export function describeData(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (value instanceof SparseMatrix) return `a SparseMatrix of shape [${value.shape.join(', ')}]`;
  if (isTensor(value)) return `a tensor of shape [${value.shape.join(', ')}]`;
  if (Array.isArray(value)) {
    if (value.length === 0) return 'an empty array';
    const values: unknown[] = value;
    const [first] = values;
    const length = `${value.length} ${value.length === 1 ? 'value' : 'values'}`;
    return isList(first) ? `an array of ${value.length} arrays` : `an array of ${length} (${kind(first)})`;
  }
  return kind(value);
}

function kind(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? 'a number' : String(value);
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 20))}`;
  if (typeof value !== 'object') return `a ${typeof value}`;
  const name = className(value);
  return 'length' in value && isList(value) ? `a ${name} of ${value.length} values` : `an object (${name})`;
}

function className(value: object): string {
  const { constructor } = value;
  return typeof constructor === 'function' ? constructor.name : 'no class';
}
