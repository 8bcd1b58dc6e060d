import type { Dispatcher } from 'undici';
import type { ProgressLine } from '../../progress/progressPort';
import { DiskError } from './DiskError';
import { megabytes } from './megabytes';
import type { OfficialFile } from './officialFiles';
import type { PartFile } from './PartFile';

/** Why a request gave no file. */
export interface Failure {
  text: string;
  /** Nothing was heard at all, so that asking again is of no use. */
  noAnswer?: boolean;
  final?: boolean;
}

/** How long to wait for what; in milliseconds. */
export interface Patience {
  /** For the first answer of the server: after that there is no network. */
  connect: number;
  /** For the next bytes of a download that has begun. */
  stall: number;
  /** Before a second and third try. */
  pauses: readonly number[];
}

/** One file on its way, over as many requests as it takes. */
export class Download {
  received = 0;
  #heard = false;
  #tag: string | undefined;
  readonly #began = performance.now();
  readonly #part: PartFile;
  readonly #file: OfficialFile;
  readonly #url: string;
  readonly #line: ProgressLine;
  readonly #dispatcher: Dispatcher;
  readonly #patience: Patience;
  readonly #stop: AbortSignal;

  constructor(
    part: PartFile,
    file: OfficialFile,
    url: string,
    line: ProgressLine,
    dispatcher: Dispatcher,
    patience: Patience,
    stop: AbortSignal,
  ) {
    this.#part = part;
    this.#file = file;
    this.#url = url;
    this.#line = line;
    this.#dispatcher = dispatcher;
    this.#patience = patience;
    this.#stop = stop;
  }

  /** Forget what has come. */
  async restart(): Promise<void> {
    await this.#part.clear();
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
      if (error instanceof DiskError || this.#stop.aborted) throw error;
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
      await this.#part.write(piece, this.received);
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
