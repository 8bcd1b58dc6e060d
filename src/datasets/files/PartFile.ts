import { randomBytes } from 'node:crypto';
import {
  access,
  constants,
  mkdir,
  open,
  readdir,
  rename,
  stat,
  unlink,
  type FileHandle,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { getProgressPort } from '../../progress/progressPort';
import { DiskError } from './DiskError';
import { hashFile } from './hashFile';
import type { OfficialFile } from './officialFiles';

/** How old a part that nobody writes to may become. */
const staleAfterMs = 3_600_000;

/**
 * A download on disk: nothing before its first byte, then a file with a temporary name beside the place it is meant for, and
 * its own name once the bytes are known to be right. All that goes wrong on disk is a `DiskError`.
 */
export class PartFile {
  readonly #file: OfficialFile;
  readonly #folder: string;
  #open: { path: string; handle: FileHandle } | undefined;

  private constructor(file: OfficialFile, folder: string) {
    this.#file = file;
    this.#folder = folder;
  }

  /** For the first of `folders` that may be written, or may be made. Nothing is made yet. */
  static async inOneOf(folders: readonly string[], file: OfficialFile): Promise<PartFile> {
    let refusal: DiskError | undefined;
    for (const folder of folders) {
      try {
        await checkWritable(folder);
        return new PartFile(file, folder);
      } catch (error) {
        refusal ??= new DiskError(error, folder, file);
      }
    }
    throw refusal ?? new Error('Expected a folder to download into, received none.');
  }

  async write(piece: Uint8Array, at: number): Promise<void> {
    await this.#disk(async () => {
      const { handle } = await this.#made();
      // A disk that is nearly full takes a part; only the next write fails.
      for (let done = 0; done < piece.length;) {
        done += (await handle.write(piece, done, piece.length - done, at + done)).bytesWritten;
      }
    });
  }

  /** Forget what has been written. */
  async clear(): Promise<void> {
    await this.#disk(async () => this.#open?.handle.truncate(0));
  }

  /** The digest of what has been written. */
  async hash(): Promise<string> {
    return this.#disk(async () => hashFile((await this.#made()).path, this.#file.algorithm));
  }

  /**
   * Give the verified part its own name. A file with another hash that has the name by then is renamed, not deleted. Another
   * process may do the same at the same time: the bytes are the same.
   */
  async putInPlace(): Promise<string> {
    const { algorithm, hash, name } = this.#file;
    return this.#disk(async () => {
      const part = await this.#made();
      await part.handle.close();
      const path = join(this.#folder, name);
      const present = await hashFile(path, algorithm).catch(() => undefined);
      if (present === hash) return path;
      if (present !== undefined) await setAside(path, present);
      try {
        await rename(part.path, path);
      } catch (error) {
        // Windows refuses to replace a file that another process has open.
        if ((await hashFile(path, algorithm).catch(() => undefined)) !== hash) throw error;
      }
      return path;
    });
  }

  /** Take away what is left of it. */
  async discard(): Promise<void> {
    if (this.#open === undefined) return;
    await this.#open.handle.close().catch(() => {});
    await unlink(this.#open.path).catch(() => {});
  }

  async #made(): Promise<{ path: string; handle: FileHandle }> {
    if (this.#open === undefined) {
      await mkdir(this.#folder, { recursive: true });
      await removeStaleParts(this.#folder, this.#file.name);
      const path = join(this.#folder, `${this.#file.name}.${randomBytes(6).toString('hex')}.part`);
      this.#open = { path, handle: await open(path, 'wx', 0o644) };
    }
    return this.#open;
  }

  async #disk<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw new DiskError(error, this.#folder, this.#file);
    }
  }
}

/** Asks before the download, without a trace, whether a folder may be written, or made in the nearest folder that is there. */
async function checkWritable(folder: string): Promise<void> {
  const info = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (info === undefined) {
    const parent = dirname(folder);
    if (parent === folder) throw Object.assign(new Error('no such disk'), { code: 'ENOENT' });
    return checkWritable(parent);
  }
  if (!info.isDirectory()) throw Object.assign(new Error(`${folder} is no folder`), { code: 'ENOTDIR' });
  // The user root may write anything; a folder marked read-only is left alone all the same.
  if ((info.mode & 0o222) === 0) throw Object.assign(new Error('read-only folder'), { code: 'EACCES' });
  await access(folder, constants.W_OK);
}

/** Parts of processes that were killed. A download that goes on changes its part all the time. */
async function removeStaleParts(folder: string, name: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    if (!entry.startsWith(`${name}.`) || !/\.[0-9a-f]{12}\.part$/.test(entry)) continue;
    const path = join(folder, entry);
    const info = await stat(path).catch(() => undefined);
    if (info !== undefined && Date.now() - info.mtimeMs > staleAfterMs) await unlink(path).catch(() => {});
  }
}

async function setAside(path: string, hash: string): Promise<void> {
  for (let n = 1; ; n++) {
    const aside = `${path}.wrong-${hash.slice(0, 8)}${n === 1 ? '' : `-${n}`}`;
    if ((await stat(aside).catch(() => undefined)) !== undefined) continue;
    try {
      await rename(path, aside);
      getProgressPort().line().finish(`Set aside a file with a wrong hash: ${aside}`);
    } catch (error) {
      // Another process has already done it.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
    return;
  }
}
