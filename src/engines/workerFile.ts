import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What a worker thread is started with: `<name>.js` in the folder where it was built, from the sources `<name>.ts` by way of tsx. */
export function workerFile(folder: string, name: string): { filename: string; execArgv: string[] } {
  const compiled = join(folder, `${name}.js`);
  if (existsSync(compiled)) return { filename: compiled, execArgv: [] };
  const tsx = createRequire(__filename).resolve('tsx/cjs');
  return { filename: join(folder, `${name}.ts`), execArgv: ['--require', tsx] };
}
