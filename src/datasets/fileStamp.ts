import { stat } from 'node:fs/promises';

/** A text that changes when the file does. */
export async function fileStamp(path: string): Promise<string> {
  const { dev, ino, size, mtimeMs } = await stat(path);
  return `${dev} ${ino} ${size} ${mtimeMs}`;
}
