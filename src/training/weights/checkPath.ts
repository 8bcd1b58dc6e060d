import { fileURLToPath } from 'node:url';
import { describe } from '../../options/describe';

/** A path or a `file://` URL as a path. */
export function checkPath(where: string, path: unknown): string {
  if (typeof path !== 'string' || path === '') {
    throw new TypeError(`Expected path of ${where} to be a path, received ${describe(path)}.`);
  }
  if (!path.startsWith('file://')) return path;
  // tf takes file://./folder, which is no URL.
  return path.startsWith('file:///') ? fileURLToPath(path) : path.slice('file://'.length);
}
