import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { makeFolderOf } from './makeFolderOf';

/** Write a file so that its name stands for the old bytes or the new ones, never for a part; makes the folder. */
export async function writeAtomically(file: string, bytes: Uint8Array): Promise<void> {
  await makeFolderOf(file);
  const part = `${file}.${randomUUID()}.part`;
  try {
    const handle = await open(part, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
