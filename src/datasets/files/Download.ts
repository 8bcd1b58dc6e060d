import { on } from 'node:events';
import type { Readable } from 'node:stream';
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

const maxRedirects = 10;

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
    let body: Readable | undefined;
    try {
      const response = await this.#ask(headers, AbortSignal.any([wait.signal, this.#stop]));
      clearTimeout(timer);
      this.#heard = true;
      body = response.body;
      if (response.statusCode !== 200 && response.statusCode !== 206)
        return this.#status(response.statusCode);
      const from = /^bytes (\d+)-/.exec(oneHeader(response.headers['content-range']))?.[1];
      const continued = response.statusCode === 206 && Number(from) === this.received;
      if (!continued) await this.restart();
      if (response.statusCode === 206 && !continued) {
        return { text: `${this.#url} continued at another place than asked` };
      }
      const tag = oneHeader(response.headers.etag);
      this.#tag = tag !== '' && !tag.startsWith('W/') ? tag : undefined;
      return await this.#body(body);
    } catch (error) {
      if (error instanceof DiskError || this.#stop.aborted) throw error;
      if (this.#heard) return { text: `${this.#url} broke off: ${networkReason(error)}` };
      return { text: `no answer from ${new URL(this.#url).host}: ${networkReason(error)}`, noAnswer: true };
    } finally {
      clearTimeout(timer);
      // What is left of an answer is of no interest; to end it is an error for undici.
      body?.on('error', () => {}).destroy();
    }
  }

  /** The answer at the end of all redirects. */
  async #ask(headers: Record<string, string>, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const { request } = await import('undici');
    let url = this.#url;
    for (let redirects = 0; ; redirects++) {
      const response = await request(url, { dispatcher: this.#dispatcher, headers, signal });
      const location = oneHeader(response.headers.location);
      const redirected = [301, 302, 303, 307, 308].includes(response.statusCode) && location !== '';
      if (!redirected || redirects === maxRedirects) return response;
      await response.body.dump();
      url = new URL(location, url).href;
    }
  }

  /**
   * Take the body as fast as it comes, whatever the disk does; of one that breaks off all that came is kept. A reader that makes the
   * network wait is not safe in undici 7: an assertion ends the process when the connection ends meanwhile (nodejs/undici#5360,
   * mended in undici 8, which Node 20 does not run). `fetch` and `for await (… of body)` are such readers.
   */
  async #body(body: Readable): Promise<Failure | undefined> {
    // A body that ended before anybody listened says so to nobody.
    if (body.destroyed) throw body.errored ?? new Error('the connection ended');
    const events: AsyncIterable<Uint8Array[]> = on(body, 'data', { close: ['end', 'close'] });
    for await (const pieces of events) {
      for (const piece of pieces) {
        if (this.received + piece.length > this.#file.size) {
          await this.restart();
          return { text: `${this.#url} gave more than the ${this.#file.size} bytes of ${this.#file.name}` };
        }
        await this.#part.write(piece, this.received);
        this.received += piece.length;
        this.#draw();
      }
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

function oneHeader(value: string | string[] | undefined): string {
  return Array.isArray(value) ? (value[0] ?? '') : (value ?? '');
}

function networkReason(error: unknown): string {
  const seen: string[] = [];
  for (let at: unknown = error; at instanceof Error && seen.length < 5; at = at.cause) {
    const parts = at instanceof AggregateError ? at.errors : [];
    const first: unknown = parts[0];
    const code = 'code' in at && typeof at.code === 'string' ? at.code : undefined;
    const text = at.message || (first instanceof Error ? first.message : '') || (code ?? at.name);
    seen.push(text);
  }
  return seen.join(': ') || 'no answer';
}
