import { createRequire } from 'node:module';
import type * as backend from '../../engines/backend';

const needBackend = /^(keras-primer|@tensorflow\/tfjs.*)$/;

/**
 * Before a cell that imports TensorFlow.js or this package: choose tf's back end, so that the cell's first op already runs on it. Nothing is
 * loaded otherwise, which keeps the kernel's start short.
 */
export async function prepareFor(imports: readonly string[]): Promise<void> {
  if (!imports.some(name => needBackend.test(name))) return;
  const { ensureBackend }: typeof backend = createRequire(__filename)('../../engines/backend');
  await ensureBackend();
}
