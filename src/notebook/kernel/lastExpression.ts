import { format, types } from 'node:util';
import { displayKey, isDisplayable, type MimeBundle } from '../display';

/** How the value of a cell's last expression is shown. */
export async function lastExpression(value: unknown): Promise<MimeBundle> {
  if (isDisplayable(value)) return value[displayKey]();
  // inspect would show the state and, of an error, all that led to it.
  if (types.isPromise(value)) return { 'text/plain': 'Promise (write await before it to get its value)' };
  return { 'text/plain': isTensor(value) ? value.toString() : format(value) };
}

/** A tensor of TensorFlow.js that still has its values, by shape: the kernel does not load TensorFlow.js. */
function isTensor(value: unknown): value is { toString(): string } {
  if (typeof value !== 'object' || value === null) return false;
  const tensor = value as { dataSync?: unknown; dtype?: unknown; shape?: unknown; isDisposed?: unknown };
  return (
    typeof tensor.dataSync === 'function' &&
    typeof tensor.dtype === 'string' &&
    Array.isArray(tensor.shape) &&
    tensor.isDisposed === false
  );
}
