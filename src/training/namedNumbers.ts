import { inspect } from 'node:util';
import { nearKey } from './nearKey';

// Asked of any object by promises, JSON and consoles.
const leftAlone = new Set([
  'then',
  'toJSON',
  'toString',
  'valueOf',
  'constructor',
  'inspect',
  'nodeType',
  'tagName',
]);

/** A copy of an object whose missing keys are errors that name the keys it has. Symbols and what JavaScript itself asks for are left alone. */
export function namedNumbers<T>(values: Record<string, T>): Record<string, T> {
  const named = { ...values };
  // Consoles of Node 26 and later would print `Proxy({…})`.
  Object.defineProperty(named, inspect.custom, { value: () => ({ ...named }) });
  return new Proxy(named, {
    get(target, key, receiver): unknown {
      if (typeof key === 'symbol' || key in target || leftAlone.has(key))
        return Reflect.get(target, key, receiver);
      throw new RangeError(missing(key, Object.keys(target)));
    },
  });
}

function missing(key: string, keys: readonly string[]): string {
  const message = `Expected one of the history's keys (${keys.join(', ') || 'there are none'}), received "${key}".`;
  if (key.startsWith('val_') && !keys.some(name => name.startsWith('val_'))) {
    return `${message} Give fit validationData or validationSplit to have val_ keys.`;
  }
  const near = nearKey(key, keys);
  return near === undefined ? message : `${message} Did you mean "${near}"?`;
}
