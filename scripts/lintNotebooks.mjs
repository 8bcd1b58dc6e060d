// Refuses notebooks whose cells would meet what the kernel cannot mend, or that hold outputs. Needs `npm run build`.
// node scripts/lintNotebooks.mjs [file.ipynb …]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const linter = path.join(root, 'dist', 'notebook', 'lint', 'lintNotebook.js');

process.exitCode = main(process.argv.slice(2));

/** @param {string[]} files */
function main(files) {
  if (!existsSync(linter)) {
    console.error('Expected the built package in dist. Run npm run build first.');
    return 2;
  }
  const require = createRequire(import.meta.url);
  /** @type {typeof import('../src/notebook/lint/lintNotebook.js')} */
  const { lintNotebook } = require(linter);
  const typescript = createRequire(require.resolve('tslab'))('@tslab/typescript-for-tslab');

  const folder = path.join(root, 'notebooks');
  const all = readdirSync(folder)
    .filter(name => name.endsWith('.ipynb'))
    .map(name => path.join(folder, name));
  const notebooks = files.length > 0 ? files.map(file => path.resolve(file)) : all;
  const findings = notebooks.flatMap(file => {
    const name = path.relative(root, file).replaceAll('\\', '/');
    return lintNotebook(typescript, name, readFileSync(file, 'utf8'));
  });
  for (const { notebook, cell, message } of findings) {
    console.error(`${notebook}${cell && `, ${cell}`}: ${message}`);
  }
  const count = notebooks.length === 1 ? '1 notebook' : `${notebooks.length} notebooks`;
  console.log(findings.length === 0 ? `${count}: nothing to mend.` : `${count}: ${findings.length} to mend.`);
  return findings.length === 0 ? 0 : 1;
}
