import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { onInterrupt } from '../../progress/interrupt';
import { getProgressPort } from '../../progress/progressPort';
import { DiskError } from './DiskError';
import { Download, type Failure, type Patience } from './Download';
import type { OfficialFile } from './officialFiles';
import { PartFile } from './PartFile';

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
  let part: PartFile | undefined;
  const stop = new AbortController();
  const unwatch = onInterrupt(() => stop.abort(new Error(`The download of ${file.name} was stopped.`)));
  try {
    part = await PartFile.inOneOf(folders, file);
    const reason = await fill(part, file, url, patience, stop.signal);
    stop.signal.throwIfAborted();
    if (reason !== undefined) {
      if (reason.noAnswer) silent.set(origin, reason.text);
      return { reason: reason.text };
    }
    return { path: await part.putInPlace() };
  } catch (error) {
    if (stop.signal.aborted) throw stop.signal.reason;
    if (error instanceof DiskError) return { reason: error.message };
    throw error;
  } finally {
    unwatch();
    await part?.discard();
  }
}

/** Fill the part with the right bytes: up to three tries without progress, going on where the last one broke off. */
async function fill(
  part: PartFile,
  file: OfficialFile,
  url: string,
  patience: Patience,
  stop: AbortSignal,
): Promise<Failure | undefined> {
  const dispatcher = await makeDispatcher(patience);
  if ('text' in dispatcher) return dispatcher;
  const line = getProgressPort().line();
  const download = new Download(part, file, url, line, dispatcher, patience, stop);
  let failure: Failure | undefined;
  try {
    for (let fruitless = 0, tries = 0; fruitless <= patience.pauses.length && tries < maxTries; tries++) {
      const received = download.received;
      failure = await download.attempt();
      if (failure === undefined) {
        const hash = await part.hash();
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

/** The way to the network, through the proxies of the environment. */
async function makeDispatcher({ connect, stall }: Patience): Promise<Dispatcher | Failure> {
  const { EnvHttpProxyAgent } = await import('undici');
  try {
    return new EnvHttpProxyAgent({
      connect: { timeout: connect },
      headersTimeout: stall,
      bodyTimeout: stall,
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      text: `the proxy in the environment (HTTP_PROXY, HTTPS_PROXY) cannot be used: ${why}`,
      noAnswer: true,
    };
  }
}
