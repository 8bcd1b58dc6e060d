// Reads dist/index.d.ts with the compiler that checks the notebooks' cells (TypeScript 5.0.4), as tslab does and as a strict project
// would. Complaints about our own declarations fail the check; those of other packages are not ours.
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
/** @type {typeof import('@tslab/typescript-for-tslab')} */
const ts = require('@tslab/typescript-for-tslab');
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(root, 'dist');

let complaints = 0;
for (const strict of [false, true]) {
  const program = ts.createProgram([path.join(dist, 'index.d.ts')], {
    noEmit: true,
    strict,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    types: ['node'],
    skipLibCheck: false,
    typeRoots: [path.join(root, 'node_modules', '@types')],
  });
  const files = program
    .getSourceFiles()
    .filter(({ fileName }) => path.normalize(fileName).startsWith(dist + path.sep));
  if (files.length === 0) throw new Error('dist/index.d.ts is not there. Run `npm run build` first.');
  const found = files.flatMap(file => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]);
  for (const { file, start, messageText } of found) {
    const line = file ? file.getLineAndCharacterOfPosition(start ?? 0).line + 1 : 0;
    console.error(
      `${path.relative(root, file?.fileName ?? '')}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  }
  complaints += found.length;
  console.log(
    `TypeScript ${ts.version}${strict ? ', strict' : ''}: ${files.length} declaration files, ${found.length} complaints`,
  );
}
process.exitCode = complaints > 0 ? 1 : 0;
