import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { realHomes } from '../../scripts/setup/realHome.mjs';
import { officialFiles } from '../../src/datasets/files/officialFiles';

/** The folder that holds the real files (as KERAS_HOME), if all of them are there. */
export const realHome: string | undefined = realHomes().find(home =>
  Object.values(officialFiles).every(file => existsSync(join(home, 'datasets', file.name))),
);

/** Tests that need the real files; without them the last lines of the test run say that they were not run. */
export function describeReal(title: string, tests: (home: string) => void): void {
  describe(title, () => {
    if (realHome === undefined) it('not run: no real data', () => {});
    else tests(realHome);
  });
}

/** Give the process an environment variable while `run` runs. */
export async function withEnv<T>(set: Record<string, string | undefined>, run: () => Promise<T>): Promise<T> {
  const before = Object.fromEntries(Object.keys(set).map(name => [name, process.env[name]]));
  const apply = (values: Record<string, string | undefined>): void => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  apply(set);
  try {
    return await run();
  } finally {
    apply(before);
  }
}

/** Run `run` and return what it warned of instead of printing it. */
export async function warnings(run: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  const warn = console.warn;
  console.warn = (...words: unknown[]) => void seen.push(words.join(' '));
  try {
    await run();
  } finally {
    console.warn = warn;
  }
  return seen;
}
