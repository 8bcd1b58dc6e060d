import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type * as converter from 'tslab/dist/converter';
import { declaredNames } from '../../../src/notebook/kernel/declaredNames';
import { mendTypescript, type CompileTrace } from '../../../src/notebook/kernel/mendTypescript';
import type { TypeScript } from '../../../src/notebook/kernel/typescript';
import { typescript } from '../typescript';

const load = createRequire(createRequire(__filename).resolve('tslab'));

/** A converter of tslab's own on the mended compiler, and how many programs that has made. */
function counted() {
  let programs = 0;
  const counting = new Proxy(typescript, {
    get(target, name) {
      if (name !== 'createAbstractBuilder') return Reflect.get(target, name);
      return (...args: Parameters<TypeScript['createAbstractBuilder']>) => {
        programs++;
        return Reflect.apply(target.createAbstractBuilder, target, args);
      };
    },
  });
  const trace: CompileTrace = { maps: [] };
  const compiler = load.cache[load.resolve('@tslab/typescript-for-tslab')]!;
  const file = load.resolve('./converter');
  const [before, loaded] = [compiler.exports, load.cache[file]];
  compiler.exports = mendTypescript(counting, trace);
  delete load.cache[file];
  const { createConverter }: typeof converter = load('./converter');
  compiler.exports = before;
  if (loaded) load.cache[file] = loaded;
  else delete load.cache[file];
  const made = createConverter();
  return { converter: made, oneProgram: trace.oneProgram!, programs: () => programs };
}

const cells = [
  'const a = 1; let b = "x"',
  'function f(): number { return a; }\nclass C { x = a }\nf()',
  'import { join, sep as slash } from "path";\nimport * as fs from "fs";',
  'join("a", slash)',
  'for (var v of [1, 2]) { let inner = v; }\nif (a) { var w = 3 }',
  'type T = number; interface I { a: T }\nenum E { A, B }',
  'const { x, y: [z, ...rest] } = { x: 1, y: [2, 3] };',
  '1 + 1',
  '',
  '// a comment only',
  'const wrong: number = "text"',
  'b = 5',
  'a = ',
  'await Promise.resolve(f())',
  'const c = await Promise.resolve(E.B);\nconst g = (n: T) => n + c',
  ...['g(2)', 'g(2)', 'g(2)'],
  ...['const q = [1, x]', 'const q = [1, x]', 'const q = [1, x]', 'const q = [1, x]'],
  ...['function f() { return b }', 'function f() { return b }', 'function f() { return b }'],
  ...['const x = q', 'let x = q', 'f(x)'],
  'const a = "again"',
  'let let1 = a, $ = 1, _ = 2',
  'export {};',
];

describe('OneProgram', () => {
  const made = [counted(), counted()] as const;
  // They watch files.
  after(() => made.forEach(({ converter: watching }) => watching.close()));

  it('compiles every cell as two programs do, with one', () => {
    const [plain, one] = made;
    const { warn } = console;
    const warnings: unknown[] = [];
    console.warn = (...words) => void warnings.push(words);
    after(() => void (console.warn = warn));
    let declarations = '';
    for (const code of cells) {
      const before = one.programs();
      const result = one.oneProgram.during(code, () => one.converter.convert(declarations, code));
      assert.deepEqual(result, plain.converter.convert(declarations, code), code);
      // None for a cell that is run again and changes nothing.
      assert.ok(one.programs() - before <= 1, code);
      declarations = result.declOutput ?? declarations;
    }
    assert.deepEqual(warnings, []);
    assert.ok(plain.programs() > one.programs() + 8);
    // Asked for help while writing, it has no cell in mind.
    for (const { converter: asked } of [plain, one]) {
      const { candidates } = asked.complete(declarations, 'joi', 3);
      assert.ok(candidates.includes('join'));
    }
  });
});

describe('declaredNames', () => {
  it('names what a module declares, functions first, as TypeScript finds them', () => {
    const code =
      'export {};\nconst { p, q: [r] } = o;\nimport s, { t as u } from "v";\nfunction w() { var no; }\nif (p) { var yes; let not; }\nclass K {}\ninterface I {}\nnamespace N {}';
    assert.deepEqual(declaredNames(typescript, code), ['w', 'p', 'r', 's', 'u', 'yes', 'K', 'I', 'N']);
    assert.deepEqual(declaredNames(typescript, 'export {};\n1 + 1'), []);
    assert.deepEqual(declaredNames(typescript, 'export {};\nconst a = '), ['a']);
  });
});
