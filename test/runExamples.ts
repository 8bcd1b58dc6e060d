import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const src = path.resolve(__dirname, '../src');
const AsyncFunction: new (...parts: string[]) => (...values: unknown[]) => Promise<void> =
  Object.getPrototypeOf(async () => {}).constructor;

/** The `@example`s of a file in src, as code. */
export function examplesOf(file: string): string[] {
  const text = readFileSync(path.join(src, file), 'utf8');
  return [...text.matchAll(/@example\n([\s\S]*?)(?=\n *\* *@|\n *\*\/)/g)].map(([, block = '']) =>
    block.replaceAll(/^ *\* ?/gm, ''),
  );
}

/**
 * Run an example with the names in `scope`. A line `expression; // value` is checked: the comment must be the value, in JavaScript.
 */
export async function runExample(code: string, scope: Record<string, unknown>): Promise<void> {
  const checked = code.replaceAll(
    /^(?!const |let |await )(.*); \/\/ (.*)$/gm,
    (_, expression: string, value: string) =>
      `assert.deepEqual(await (${expression}), (${value.replace(/,? each time .*/, '')}));`,
  );
  const names = Object.keys(scope);
  await new AsyncFunction('assert', ...names, checked)(assert, ...names.map(name => scope[name]));
}
