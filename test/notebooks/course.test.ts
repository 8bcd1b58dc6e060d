import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'mocha';
import { hashFiles } from '../../scripts/setup/hashFiles.mjs';
import { checkout, runNotebooks, testReports } from './runNotebooks';

const folder = path.join(checkout, 'notebooks');
const names = readdirSync(folder)
  .filter(file => file.endsWith('.ipynb'))
  .map(file => path.basename(file, '.ipynb'))
  .toSorted();

interface Cell {
  cell_type: string;
  outputs?: unknown[];
  execution_count?: number | null;
}

describe('the notebooks as committed', () => {
  it('are there', () => assert.ok(names.length > 0));

  for (const name of names) {
    it(`${name} holds no outputs, and asks for our kernel`, () => {
      const notebook: { cells: Cell[]; metadata: { kernelspec?: { name?: string } } } = JSON.parse(
        readFileSync(path.join(folder, `${name}.ipynb`), 'utf8'),
      );
      notebook.cells.forEach((cell, i) => {
        const where = `cell ${i + 1} of ${name} was saved with its result: clear all outputs and save again`;
        assert.deepEqual([cell.outputs ?? [], cell.execution_count ?? null], [[], null], where);
      });
      assert.equal(notebook.metadata.kernelspec?.name, 'keras-primer');
    });
  }
});

describe('the notebooks, executed in fresh kernels', () => {
  let results: Awaited<ReturnType<typeof runNotebooks>> = [];
  let hashBefore = '';
  before(async () => {
    hashBefore = await hashFiles(checkout, ['notebooks']);
    results = await runNotebooks(folder, names);
  });

  for (const name of names) {
    it(`${name} runs from the first cell to the last, and its report is whole`, () => {
      const result = results.find(one => one.name === name);
      assert.ok(result);
      assert.equal(result.failure, null, JSON.stringify(result.failure));
      assert.ok(result.cells > 0 && result.title !== name && result.lead.length > 20, JSON.stringify(result));
      const file = path.join(testReports, `${name}.html`);
      assert.ok(statSync(file).size < 2.5e6, 'a report is at most 2.5 MB');
      const html = readFileSync(file, 'utf8');
      assert.doesNotMatch(html, /Not run: a cell before it failed|<pre class="error"/);
      const prose = html.replace(/<(pre|code|svg|style|script)\b[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, '');
      assert.doesNotMatch(prose, /\$[^$\n]+\$|\\\(|\\begin\{/, 'a formula is left raw');
      assert.ok(!html.includes(checkout), 'a report names no path of this machine');
    });
  }

  it('leaves the notebooks as they were', async () => {
    assert.equal(await hashFiles(checkout, ['notebooks']), hashBefore);
  });
});
