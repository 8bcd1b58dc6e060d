import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Failure } from '../../../scripts/cli/Failure.mjs';
import { parseOptions } from '../../../scripts/cli/parseOptions.mjs';

const specs = {
  timeout: { type: 'string' },
  'setup-only': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;
const parse = (...argv: string[]) => parseOptions(argv, specs, 'npm start --');

describe('parseOptions', () => {
  it('gives values and the rest', () => {
    const { values, positionals } = parse('--timeout', '20', 'a.ipynb', '--help');
    assert.deepEqual(values, { timeout: '20', help: true });
    assert.deepEqual(positionals, ['a.ipynb']);
    assert.deepEqual(parse('--timeout=20').values, { timeout: '20' });
  });

  const refusals: [string[], string][] = [
    [
      ['--timout', '3'],
      'There is no option --timout. Did you mean --timeout? `npm start -- --help` lists the options.',
    ],
    [['--hlep'], 'There is no option --hlep. Did you mean --help? `npm start -- --help` lists the options.'],
    [['--colour-of-paper'], 'There is no option --colour-of-paper. `npm start -- --help` lists the options.'],
    [['--timeout'], "Option '--timeout <value>' argument missing. `npm start -- --help` lists the options."],
    [['--help=yes'], "Option '--help' does not take an argument. `npm start -- --help` lists the options."],
    [['-x'], "Unknown option '-x'. `npm start -- --help` lists the options."],
  ];
  for (const [argv, message] of refusals) {
    it(`refuses ${argv.join(' ')}`, () => {
      assert.throws(() => parse(...argv), new Failure(message));
    });
  }
});
