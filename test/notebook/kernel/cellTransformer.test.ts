import assert from 'node:assert/strict';
import vm from 'node:vm';
import * as fc from 'fast-check';
import { loadTslab } from '../../../src/notebook/kernel/tslabParts';

/** Runs programs as cells, compiled as the kernel does, and as one script, and compares what they print. */
describe('cellTransformer', function () {
  this.timeout(120_000);
  const { parts } = loadTslab({ maps: [] });
  const converter = parts.converter.createConverter({ isJS: false, isBrowser: false });
  after(() => converter.close());

  const runCells = (cells: readonly string[]): unknown[] => {
    const printed: unknown[] = [];
    const exports: Record<string, unknown> = {};
    const runtime = { resumed: (value: unknown) => value };
    let declarations = '';
    for (const cell of cells) {
      const { diagnostics, output = '', declOutput = '' } = converter.convert(declarations, cell);
      assert.deepEqual(
        diagnostics.map(({ messageText }) => messageText),
        [],
        cell,
      );
      declarations = declOutput;
      const code = `(function (exports, print, __kerasPrimer__) { ${output}\n})`;
      vm.runInThisContext(code)(exports, (value: unknown) => printed.push(value), runtime);
    }
    return printed;
  };

  const runScript = (statements: readonly string[]): unknown[] => {
    const printed: unknown[] = [];
    const code = `(function (print) { ${statements.join('\n')}\n})`;
    vm.runInThisContext(code)((value: unknown) => printed.push(value));
    return printed;
  };

  const declare = 'declare const print: (value: any) => void;';

  it('makes cells behave as one script, wherever the script is cut', () => {
    const variable = fc.constantFrom('a', 'b', 'c');
    const amount = fc.integer({ min: -9, max: 9 });
    const statement = fc.oneof(
      fc.tuple(variable, amount).map(([v, n]) => `${v} = ${n};`),
      fc.tuple(variable, variable).map(([v, w]) => `${v} += ${w};`),
      variable.map(v => `${v}++;`),
      variable.map(v => `up_${v}();`),
      fc.tuple(variable, amount).map(([v, n]) => `set_${v}(${n});`),
      variable.map(v => `print(get_${v}());`),
      variable.map(v => `print(JSON.stringify({ ${v} }));`),
      variable.map(v => `print(${v});`),
      fc.tuple(variable, variable).map(([v, w]) => `[${v}, ${w}] = [${w}, ${v}];`),
      fc.tuple(variable, variable).map(([v, w]) => `({ ${v} } = { ${v}: ${w} + 1 });`),
      fc
        .tuple(variable, variable)
        .map(([v, w]) => `{ let ${v} = 100; ${v}++; print({ ${v} }.${v} + ${w}); }`),
      variable.map(v => `for (${v} of [1, 2]) { print(get_${v}()); }`),
      variable.map(v => `(({ ${v} }) => print({ ${v} }.${v}))({ ${v}: 7 });`),
    );
    const declarations = ['a', 'b', 'c'].map(
      v =>
        `let ${v} = ${v === 'a' ? 1 : 'a + 1'}, get_${v} = () => ${v}; function up_${v}() { return ++${v}; } const set_${v} = (x) => { ${v} = x; };`,
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(statement, fc.boolean()), { maxLength: 12 }),
        fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
        (steps, cuts) => {
          const all = [...declarations.map((text, at) => [text, cuts[at]] as const), ...steps];
          const cells = [declare];
          for (const [text, cut] of all) {
            const typed = text.replace('(x) =>', '(x: number) =>');
            if (cut) cells.push(typed);
            else cells[cells.length - 1] += `\n${typed}`;
          }
          // The declaration of print is no variable of its cell.
          assert.deepEqual(
            runCells(cells.map((cell, at) => (at === 0 ? cell : `${declare}\n${cell}`))),
            runScript(all.map(([text]) => text)),
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  it('asks after each await whether the cell was stopped', () => {
    const { output } = converter.convert(
      '',
      'const f = async (g: any) => { await g(); for await (const x of g) { g(x); } };',
    );
    assert.match(String(output), /__kerasPrimer__\.resumed\(await g\(\)\)/);
    assert.match(String(output), /for await \(const x of g\) \{\s*__kerasPrimer__\.resumed\(\);/);
  });

  it('leaves a let alone that no function uses', () => {
    const { output } = converter.convert('', 'let sum = 0; for (let i = 0; i < 9; i++) sum += i; sum');
    assert.doesNotMatch(String(output), /exports\.sum \+ |exports\.sum \+=/);
  });
});
