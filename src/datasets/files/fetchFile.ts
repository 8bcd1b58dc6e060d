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
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { onInterrupt } from '../../progress/interrupt';
import { getProgressPort, type ProgressLine } from '../../progress/progressPort';
import { hashFile } from './hashFile';
import type { OfficialFile } from './officialFiles';

/** How long to wait for what; in milliseconds. */
export interface Patience {
  /** For the first answer of the server: after that there is no network. */
  connect: number;
  /** For the next bytes of a download that has begun. */
  stall: number;
  /** Before a second and third try. */
  pauses: readonly number[];
}

export const usualPatience: Patience = { connect: 4000, stall: 15_000, pauses: [300, 1000] };

/** What became of a download: the path of the verified file, or why there is none. */
export type Fetched = { path: string } | { reason: string };

/** However small the steps: a server that breaks off after each byte must not keep us. */
const maxTries = 20;

/** Addresses that gave no answer, with the reason: asked once per process. */
const silent = new Map<string, string>();

/**
 * Download a file into the first of `folders` that can be written, under a temporary name; it gets its own name only
 * when its hash is right. A file with another hash that has the name by then is renamed, not deleted. What cannot be
 * had gives a reason, not an error; only the stop button gives an error.
 */
export async function fetchFile(
  file: OfficialFile,
  folders: readonly string[],
  address: string,
  patience: Patience = usualPatience,
): Promise<Fetched> {
  const url = new URL(file.name, address).href;
  const origin = new URL(url).origin;
  const before = silent.get(origin);
  if (before !== undefined) return { reason: before };
  let part: Part | undefined;
  const stop = new AbortController();
  const unwatch = onInterrupt(() => stop.abort(new Error(`The download of ${file.name} was stopped.`)));
  try {
    part = await openPart(file, folders);
    const reason = await fill(part, file, url, patience, stop.signal);
    stop.signal.throwIfAborted();
    if (reason !== undefined) {
      if (reason.noAnswer) silent.set(origin, reason.text);
      return { reason: reason.text };
    }
    await part.handle.close();
    return { path: await putInPlace(part, file) };
  } catch (error) {
    if (stop.signal.aborted) throw stop.signal.reason;
    return { reason: diskReason(error, part?.folder ?? folders[0]!, file) };
  } finally {
    unwatch();
    if (part !== undefined) {
      await part.handle.close().catch(() => {});
      await unlink(part.path).catch(() => {});
    }
  }
}

interface Part {
  folder: string;
  path: string;
  handle: FileHandle;
}

const staleAfterMs = 3_600_000;

async function openPart(file: OfficialFile, folders: readonly string[]): Promise<Part> {
  let refusal: unknown;
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true });
      // The user root may write anything; a folder marked read-only is left alone all the same.
      if (((await stat(folder)).mode & 0o222) === 0)
        throw Object.assign(new Error('read-only folder'), { code: 'EACCES' });
      await access(folder, constants.W_OK);
      await removeStaleParts(folder, file.name);
      const path = join(folder, `${file.name}.${randomBytes(6).toString('hex')}.part`);
      return { folder, path, handle: await open(path, 'wx', 0o644) };
    } catch (error) {
      refusal ??= error;
    }
  }
  throw refusal;
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

interface Failure {
  text: string;
  /** Nothing was heard at all, so that asking again is of no use. */
  noAnswer?: boolean;
  final?: boolean;
}

/** Fill the part with the right bytes: up to three tries without progress, going on where the last one broke off. */
async function fill(
  part: Part,
  file: OfficialFile,
  url: string,
  patience: Patience,
  stop: AbortSignal,
): Promise<Failure | undefined> {
  const { EnvHttpProxyAgent } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent({
    connect: { timeout: patience.connect },
    headersTimeout: patience.stall,
    bodyTimeout: patience.stall,
  });
  const line = getProgressPort().line();
  const download = new Download(part.handle, file, url, line, dispatcher, patience, stop);
  let failure: Failure | undefined;
  try {
    for (let fruitless = 0, tries = 0; fruitless <= patience.pauses.length && tries < maxTries; tries++) {
      const received = download.received;
      failure = await download.attempt();
      if (failure === undefined) {
        const hash = await hashFile(part.path, file.algorithm);
        if (hash === file.hash) {
          line.finish(`Downloaded ${file.name}: ${download.summary()}, ${file.algorithm} verified`);
          return undefined;
        }
        failure = { text: `${url} gave ${file.algorithm} ${hash} instead of ${file.hash}` };
        await download.restart();
        fruitless++;
      } else if (download.received <= received) fruitless++;
      if (failure.noAnswer === true || failure.final === true || stop.aborted) break;
      if (fruitless <= patience.pauses.length)
        await sleep(patience.pauses[Math.max(0, fruitless - 1)], undefined, { signal: stop });
    }
    line.finish(`Could not download ${file.name}`);
    return failure;
  } catch (error) {
    line.finish(`Could not download ${file.name}`);
    throw error;
  } finally {
    await dispatcher.destroy().catch(() => {});
  }
}

class DiskError extends Error {}

/** One file on its way, over as many requests as it takes. */
class Download {
  received = 0;
  #heard = false;
  #tag: string | undefined;
  readonly #began = performance.now();
  readonly #handle: FileHandle;
  readonly #file: OfficialFile;
  readonly #url: string;
  readonly #line: ProgressLine;
  readonly #dispatcher: Dispatcher;
  readonly #patience: Patience;
  readonly #stop: AbortSignal;

  constructor(
    handle: FileHandle,
    file: OfficialFile,
    url: string,
    line: ProgressLine,
    dispatcher: Dispatcher,
    patience: Patience,
    stop: AbortSignal,
  ) {
    this.#handle = handle;
    this.#file = file;
    this.#url = url;
    this.#line = line;
    this.#dispatcher = dispatcher;
    this.#patience = patience;
    this.#stop = stop;
  }

  /** Forget what has come. */
  async restart(): Promise<void> {
    await this.#handle.truncate(0);
    this.received = 0;
    this.#tag = undefined;
  }

  summary(): string {
    const seconds = (performance.now() - this.#began) / 1000;
    return `${megabytes(this.received)} MB in ${seconds.toFixed(1)} s, ${megabytes(this.received / seconds)} MB/s`;
  }

  /** One request; `undefined` when as many bytes as the file has have come. */
  async attempt(): Promise<Failure | undefined> {
    const { fetch } = await import('undici');
    const wait = new AbortController();
    const patience = this.#heard ? this.#patience.stall : this.#patience.connect;
    const timer = setTimeout(() => wait.abort(new Error(`no answer within ${patience / 1000} s`)), patience);
    this.#line.update(`Downloading ${this.#file.name}: asking ${new URL(this.#url).host}`);
    // Compressed on the way, the bytes could not be continued in the middle.
    const headers: Record<string, string> = { 'accept-encoding': 'identity' };
    if (this.received > 0 && this.#tag !== undefined) {
      headers.range = `bytes=${this.received}-`;
      headers['if-range'] = this.#tag;
    }
    try {
      const signal = AbortSignal.any([wait.signal, this.#stop]);
      const response = await fetch(this.#url, { dispatcher: this.#dispatcher, headers, signal });
      clearTimeout(timer);
      this.#heard = true;
      if (response.status !== 200 && response.status !== 206) {
        await response.body?.cancel();
        return this.#status(response.status);
      }
      const from = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
      if (response.status !== 206 || Number(from) !== this.received) await this.restart();
      if (response.status === 206 && Number(from) !== this.received) {
        await response.body?.cancel();
        return { text: `${this.#url} continued at another place than asked` };
      }
      const tag = response.headers.get('etag');
      this.#tag = tag !== null && !tag.startsWith('W/') ? tag : undefined;
      return await this.#body(response.body);
    } catch (error) {
      if (error instanceof DiskError) throw error.cause;
      if (this.#stop.aborted) throw error;
      if (this.#heard) return { text: `${this.#url} broke off: ${networkReason(error)}` };
      return { text: `no answer from ${new URL(this.#url).host}: ${networkReason(error)}`, noAnswer: true };
    } finally {
      clearTimeout(timer);
    }
  }

  async #body(body: AsyncIterable<Uint8Array> | null): Promise<Failure | undefined> {
    for await (const piece of body ?? []) {
      if (this.received + piece.length > this.#file.size) {
        await this.restart();
        return { text: `${this.#url} gave more than the ${this.#file.size} bytes of ${this.#file.name}` };
      }
      await this.#handle.write(piece, 0, piece.length, this.received).catch((error: unknown) => {
        throw new DiskError('write', { cause: error });
      });
      this.received += piece.length;
      this.#draw();
    }
    if (this.received === this.#file.size) return undefined;
    const text = `${this.#url} ended after ${this.received} of ${this.#file.size} bytes`;
    return { text };
  }

  #status(status: number): Failure {
    const passing = status === 408 || status === 429 || status >= 500;
    return { text: `${this.#url} answered HTTP ${status}`, final: !passing };
  }

  #draw(): void {
    const seconds = (performance.now() - this.#began) / 1000;
    const speed = this.received / seconds;
    const left = Math.ceil((this.#file.size - this.received) / speed);
    this.#line.update(
      `Downloading ${this.#file.name}: ${megabytes(this.received)} of ${megabytes(this.#file.size)} MB, ` +
        `${megabytes(speed)} MB/s, ${left} s left`,
    );
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** Give the verified part its own name. Another process may do the same at the same time: the bytes are the same. */
async function putInPlace(part: Part, file: OfficialFile): Promise<string> {
  const path = join(part.folder, file.name);
  const present = await hashFile(path, file.algorithm).catch(() => undefined);
  if (present === file.hash) return path;
  if (present !== undefined) await setAside(path, present);
  try {
    await rename(part.path, path);
  } catch (error) {
    // Windows refuses to replace a file that another process has open.
    if ((await hashFile(path, file.algorithm).catch(() => undefined)) !== file.hash) throw error;
  }
  return path;
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

function networkReason(error: unknown): string {
  const seen: string[] = [];
  for (let at: unknown = error; at instanceof Error && seen.length < 5; at = at.cause) {
    const parts = at instanceof AggregateError ? at.errors : [];
    const first: unknown = parts[0];
    const code = 'code' in at && typeof at.code === 'string' ? at.code : undefined;
    const text = at.message || (first instanceof Error ? first.message : '') || (code ?? at.name);
    if (text !== 'fetch failed') seen.push(text);
  }
  return seen.join(': ') || 'no answer';
}

function diskReason(error: unknown, folder: string, file: OfficialFile): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return `no space left in ${folder} for the ${megabytes(file.size)} MB of ${file.name}`;
  }
  return `cannot write to ${folder} (${error instanceof Error ? error.message : String(error)})`;
}
