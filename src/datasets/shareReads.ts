import { fileStamp } from './fileStamp';

/**
 * A reader whose results are shared by later calls for the same file, as long as it has not changed and the memory is not
 * needed elsewhere. Nobody may change what it gives.
 */
export function shareReads<T extends object>(
  read: (path: string) => Promise<T>,
): (path: string) => Promise<T> {
  const kept = new Map<string, { stamp: string; value: WeakRef<T> }>();
  return async path => {
    const stamp = await fileStamp(path);
    const before = kept.get(path);
    const shared = before?.stamp === stamp ? before.value.deref() : undefined;
    if (shared !== undefined) return shared;
    const value = await read(path);
    kept.set(path, { stamp, value: new WeakRef(value) });
    return value;
  };
}
