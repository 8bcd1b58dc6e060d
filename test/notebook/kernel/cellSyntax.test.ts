import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { cellSyntax } from '../../../src/notebook/kernel/cellSyntax';
import { typescript } from '../typescript';

describe('cellSyntax', () => {
  for (const [code, awaits] of [
    ['await f()', true],
    ['await (f())', true],
    ['await [1]', true],
    ['const x = { a: [await (1)] }', true],
    ['for await (const x of y) {}', true],
    ['if (a) { while (b) { await (c) } }', true],
    ['const f = async () => { await (1) }', false],
    ['async function f() { for await (const x of y) {} }', false],
    ['class A { async m() { await (1) } }', false],
    ['const o = { async m() { await 1 } }', false],
    ['// await (1)', false],
    ['"await (1)"', false],
    ['const awaited = 1; f(awaited)', false],
    ['f(async () => await (1), await (2))', true],
  ] as const) {
    it(`${awaits ? 'sees' : 'sees no'} top-level await in ${code}`, () => {
      assert.equal(cellSyntax(typescript, code).awaits, awaits);
    });
  }

  it('lists what is imported, but no types', () => {
    const code = `import * as tf from '@tensorflow/tfjs'; import type { A } from 'types'; import 'side';
      const a = require('node:fs'); const b = await import('keras-primer'); const c = require(a);`;
    assert.deepEqual(cellSyntax(typescript, code).imports, [
      '@tensorflow/tfjs',
      'side',
      'node:fs',
      'keras-primer',
    ]);
  });

  it('finds an export at its place, after any lines', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('', '// note', 'const a = 1;', 'f();')), lines => {
        for (const statement of [
          'export const z = 1;',
          'export default 3;',
          'export { a };',
          'export async function f() {}',
        ]) {
          const code = [...lines, `  ${statement}`].join('\n');
          const { exported } = cellSyntax(typescript, code);
          assert.deepEqual(exported?.start, {
            offset: code.length - statement.length,
            line: lines.length,
            character: 2,
          });
          assert.equal(exported?.end.character, 8);
        }
        assert.equal(cellSyntax(typescript, lines.join('\n')).exported, undefined);
      }),
    );
  });
});
