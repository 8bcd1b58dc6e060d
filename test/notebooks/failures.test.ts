import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { hashFiles } from '../../scripts/setup/hashFiles.mjs';
import { checkout, fixtures, runNotebooks } from './runNotebooks';

/** What each notebook that fails on purpose must be told to have done. */
const failures: [string, { cell: number; name: string; message: string }][] = [
  ['throws', { cell: 2, name: 'RangeError', message: 'the second cell throws' }],
  [
    'typeError',
    {
      cell: 2,
      name: 'TypeScriptError',
      message: "cell [2], line 1: Type 'number[]' is not assignable to type 'string'.",
    },
  ],
  ['rejects', { cell: 2, name: 'Error', message: 'rejected and awaited' }],
  ['floats', { cell: 2, name: 'Error', message: 'In the background: nobody awaits me' }],
  ['floatsLate', { cell: 2, name: 'Error', message: 'In the background: rejected at the very end' }],
  [
    'dies',
    {
      cell: 2,
      name: 'DeadKernelError',
      message: 'The kernel died while the cell was running (exit code 3).',
    },
  ],
  [
    'hangs',
    { cell: 2, name: 'TimeoutError', message: 'The cell was still running after 4 s and was stopped.' },
  ],
  [
    'loops',
    { cell: 2, name: 'TimeoutError', message: 'The cell was still running after 4 s and was stopped.' },
  ],
];

describe('a run of notebooks', () => {
  let reports = '';
  let results: Awaited<ReturnType<typeof runNotebooks>> = [];
  let hashBefore = '';
  before(async () => {
    reports = await mkdtemp(path.join(os.tmpdir(), '报告 x-'));
    hashBefore = await hashFiles(fixtures, ['.']);
    results = await runNotebooks(fixtures, ['ok', ...failures.map(([name]) => name)], {
      reports,
      timeout: 4,
    });
  });
  after(() => rm(reports, { recursive: true }));
  const report = (name: string) => readFile(path.join(reports, `${name}.html`), 'utf8');

  it('goes on after a notebook that fails, and tells of all in order', () => {
    assert.deepEqual(
      results.map(({ name }) => name),
      ['ok', ...failures.map(([name]) => name)],
    );
  });

  it('tells of success, with the title and the first lines', () => {
    const [first] = results;
    assert.ok(first);
    assert.equal(first.failure, null);
    assert.equal(first.title, 'A notebook that runs 张量');
    assert.equal(first.lead, 'Two cells and a table, in English and 中文（简体）.');
    assert.equal(first.cells, 3);
    assert.ok(first.seconds > 0);
  });

  for (const [name, failure] of failures) {
    it(`${name}: names the cell and its error, and shows it in its place in the report`, async () => {
      assert.deepEqual(results.find(result => result.name === name)?.failure, failure);
      const html = await report(name);
      assert.match(
        html,
        new RegExp(`This run failed in <a href="#cell-${failure.cell}">cell ${failure.cell}</a>`),
      );
      const cell = html.slice(html.indexOf('id="cell-2"'), html.indexOf('id="cell-3"') >>> 0);
      const error = /<pre class="error"[^>]*>([\s\S]*?)<\/pre>/.exec(cell)?.[1] ?? '';
      const text = error
        .replace(/<[^>]+>/g, '')
        .replaceAll('&#39;', "'")
        .replaceAll('&quot;', '"');
      const essence = failure.message.replace(/^(In the background|cell \[2\], line 1): /, '');
      assert.ok(text.includes(essence), text);
      assert.ok(html.includes('<div class="output stream">'), 'what ran before is there');
      if (html.includes('id="cell-3"')) assert.match(html, /Not run: a cell before it failed/);
    });
  }

  it('writes pages that hold everything and ask for nothing', async () => {
    for (const file of (await readdir(reports)).filter(name => name.endsWith('.html'))) {
      const html = await readFile(path.join(reports, file), 'utf8');
      assert.ok(
        html.includes(`content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"`),
        file,
      );
      assert.doesNotMatch(html, /<script|<link|<iframe|@import|(?:src|srcset)="(?!data:)|url\((?!#)/, file);
    }
  });

  it('keeps the markup of outputs apart: text escaped, ids of charts not shared', async () => {
    const html = await report('ok');
    assert.ok(html.includes('id="svg1-clip0"') && html.includes('url(#svg1-clip0)'));
    assert.match(html, /<div class="scroll" tabindex="0"><table>/);
    assert.ok(html.includes('<pre class="stderr"'));
  });

  it('lists all in index.html, with what failed', async () => {
    const html = await report('index');
    for (const { name } of results) assert.ok(html.includes(`href="${name}.html"`), name);
    assert.ok(html.includes('failed in cell 2: RangeError: the second cell throws'));
    assert.equal(html.match(/all cells ran/g)?.length, 1);
  });

  it('keeps the cards of the others when one notebook runs', async () => {
    await runNotebooks(fixtures, ['ok'], { reports });
    assert.ok((await report('index')).includes('href="throws.html"'));
  });

  it('never writes the notebooks', async () => {
    assert.equal(await hashFiles(fixtures, ['.']), hashBefore);
  });

  it('ends each report with the versions it was made with', async () => {
    const html = await report('ok');
    const { version } = JSON.parse(
      await readFile(path.join(checkout, 'node_modules', 'tslab', 'package.json'), 'utf8'),
    );
    const foot = html.slice(html.indexOf('<footer>'));
    assert.ok(foot.includes(`<dt>Node.js</dt><dd>${process.versions.node}</dd>`));
    assert.ok(foot.includes(`<dt>tslab</dt><dd>${version}</dd>`));
    assert.match(foot, /<dt>nbconvert<\/dt><dd>7\.\d+\.\d+<\/dd>/);
  });
});
