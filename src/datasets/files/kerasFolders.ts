import { homedir, tmpdir } from 'node:os';
import * as hostPath from 'node:path';

/** What the place of the Keras folder depends on; a parameter for tests of other systems. */
export interface Host {
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  temp: string;
  path: typeof hostPath.posix;
}

export function thisHost(): Host {
  return { env: process.env, home: homedir(), temp: tmpdir(), path: hostPath };
}

/**
 * Where Keras keeps data sets, in its order: `$KERAS_HOME/datasets`, without `KERAS_HOME` `~/.keras/datasets`; then the
 * folder for temporary files, which Keras takes when the first cannot be written.
 */
export function kerasFolders(host: Host = thisHost()): [first: string, fallback: string] {
  const { env, home, temp, path } = host;
  const set = env.KERAS_HOME;
  const base = set === undefined || set === '' ? path.join(home, '.keras') : expandHome(set, home, path);
  return [path.resolve(base, 'datasets'), path.join(temp, '.keras', 'datasets')];
}

function expandHome(folder: string, home: string, path: typeof hostPath.posix): string {
  return /^~(?=$|[\\/])/.test(folder) ? path.join(home, folder.slice(1)) : folder;
}
