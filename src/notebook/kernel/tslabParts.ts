import { createRequire } from 'node:module';
import type * as converter from 'tslab/dist/converter';
import type * as executor from 'tslab/dist/executor';
import type * as jupyter from 'tslab/dist/jupyter';
import { mendTypescript, type CompileTrace } from './mendTypescript';
import type { TypeScript } from './typescript';

/** The version of tslab whose internals the mends were made for. */
export const knownTslab = '1.0.22';

/** The version of tslab's own compiler. */
export const knownTypescript = '5.0.4';

/** The modules of tslab that are mended, still open to change. */
export interface TslabParts {
  typescript: TypeScript;
  converter: { createConverter: typeof converter.createConverter };
  executor: { createExecutor: typeof executor.createExecutor; createRequire: typeof executor.createRequire };
  jupyter: {
    JupyterHandlerImpl: typeof jupyter.JupyterHandlerImpl;
    ZmqServer: typeof jupyter.ZmqServer;
    lastWriteDisplayData: typeof jupyter.lastWriteDisplayData;
  };
}

/** Load tslab's modules, with the mended compiler in place of theirs. */
export function loadTslab(trace: CompileTrace): { parts: TslabParts; changes: string[] } {
  const load = createRequire(createRequire(__filename).resolve('tslab'));
  const { version }: { version: string } = load('../package.json');
  const compiler = load.resolve('@tslab/typescript-for-tslab');
  const typescript: TypeScript = load(compiler);
  const cached = load.cache[compiler];
  if (cached) cached.exports = mendTypescript(typescript, trace);
  const parts: TslabParts = {
    typescript,
    converter: load('./converter'),
    executor: load('./executor'),
    jupyter: load('./jupyter'),
  };
  return { parts, changes: tslabChanges(version, parts) };
}

/** How this tslab differs from the one that the mends were made for, in words; empty if it does not. */
export function tslabChanges(
  version: string,
  { typescript, converter, executor, jupyter }: TslabParts,
): string[] {
  const changes: string[] = [];
  if (version !== knownTslab) changes.push(`it is version ${version}`);
  if (typescript.version !== knownTypescript) changes.push(`its TypeScript is ${typescript.version}`);
  const expect = (name: string, value: unknown, ...words: string[]) => {
    if (typeof value !== 'function') changes.push(`${name} is gone`);
    for (const word of typeof value === 'function' ? words : []) {
      if (!String(value).includes(word)) changes.push(`${name} no longer has ${word}`);
    }
  };
  expect('createWatchCompilerHost', typescript.createWatchCompilerHost);
  expect('createWatchProgram', typescript.createWatchProgram);
  expect('transpileModule', typescript.transpileModule);
  expect(
    'createConverter',
    converter.createConverter,
    'afterProgramCreate',
    'hasToplevelAwait',
    '__prev__.d.ts',
    'builder.emit',
  );
  expect(
    'createExecutor',
    executor.createExecutor,
    'new Proxy(exports',
    'console.error(e)',
    'console.log(ret)',
    'breakOnSigint',
    'interruptPromise',
  );
  expect('createRequire', executor.createRequire);
  expect(
    'JupyterHandlerImpl',
    jupyter.JupyterHandlerImpl,
    'handleComplete',
    'handleInspect',
    'handleIsComplete',
  );
  expect(
    'ZmqServer',
    jupyter.ZmqServer,
    'handleShellMessage',
    'sock.bind(',
    'this.connInfo',
    'this.iopub.close()',
  );
  return changes;
}
