import { deepStrictEqual, throws } from 'node:assert';
import { addChecks, extractExamples } from './extractExamples';

describe('extractExamples', () => {
  it('finds examples in doc comments, without stars, fences and other tags', () => {
    const source = [
      '/**',
      ' * Text.',
      ' * @example',
      ' * const a = 1;',
      ' *   a; // 1',
      ' * @throws never',
      ' */',
      'const b = 2; // @example none',
      'class C {',
      '  /** @example f(); // 3 */',
      '  /**',
      '   * @example',
      '   * ```ts',
      '   * g();',
      '   * ```',
      '   */',
      '}',
    ].join('\n');
    deepStrictEqual(extractExamples(source), [
      { line: 3, code: 'const a = 1;\n  a; // 1' },
      { line: 10, code: 'f(); // 3' },
      { line: 12, code: 'g();' },
    ]);
  });

  it('checks literals and leaves prose alone', () => {
    const cases: [string, string][] = [
      ['a; // 1', 'check((a), 1, "1");'],
      ['a; // → [1, 2]', 'check((a), [1, 2], "[1, 2]");'],
      ["  await f(x); // 'a', always", "  check((await f(x)), 'a', \"'a', always\");"],
      ['const a = f(); // { b: 1 }', 'const a = f(); check(a, { b: 1 }, "{ b: 1 }");'],
      ['a; // -1.5 (minus)', 'check((a), -1.5, "-1.5 (minus)");'],
      ['a; // two numbers', 'a; // two numbers'],
      ['a; // 20 numbers', 'a; // 20 numbers'],
      ['a;', 'a;'],
      ["import { a } from 'keras-primer';", ''],
    ];
    for (const [code, expected] of cases) deepStrictEqual(addChecks(code).code, expected);
  });

  it('refuses what promises a value and cannot be checked', () => {
    throws(() => addChecks('a; // → two numbers'), {
      message: 'Expected a value after the arrow, received two numbers.',
    });
    throws(() => addChecks('f(\n  2); // 3'), {
      message: 'Expected a statement on one line before // 3, received 2).',
    });
  });
});
