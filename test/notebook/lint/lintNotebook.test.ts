import assert from 'node:assert/strict';
import { lintCell, lintNotebook } from '../../../src/notebook/lint/lintNotebook';
import { typescript } from '../typescript';

describe('lintNotebook', () => {
  const notebook = (cells: unknown[], rest: object = {}) =>
    JSON.stringify({
      cells,
      metadata: { kernelspec: { name: 'keras-primer' } },
      nbformat: 4,
      nbformat_minor: 5,
      ...rest,
    });
  const code = (source: string | string[], rest: object = {}) => ({
    cell_type: 'code',
    id: 'a',
    execution_count: null,
    metadata: {},
    outputs: [],
    source,
    ...rest,
  });
  const lint = (text: string) =>
    lintNotebook(typescript, 'n.ipynb', text).map(({ cell, message }) => `${cell}: ${message}`);

  it('accepts what is right', () => {
    const source =
      "import * as tf from '@tensorflow/tfjs';\nimport { fit } from 'keras-primer';\nawait (fit);\nimport 'node:fs';";
    assert.deepEqual(lint(notebook([code(source), { cell_type: 'markdown', id: 'b', source: 'x' }])), []);
  });

  it('refuses outputs and counts, and names the cell', () => {
    const text = notebook([
      { cell_type: 'markdown', id: 'm' },
      code('1', { outputs: [{}], execution_count: 3, id: 'sum' }),
    ]);
    assert.deepEqual(lint(text), [
      'cell 2 (id sum): Expected no outputs. Choose Edit > Clear Outputs of All Cells and save.',
      'cell 2 (id sum): Expected no execution count. Choose Edit > Clear Outputs of All Cells and save.',
    ]);
  });

  it('refuses another kernel, an older format, ids used twice, and what is no notebook', () => {
    assert.deepEqual(lint(notebook([], { metadata: { kernelspec: { name: 'tslab' } } })), [
      ': Expected the kernel keras-primer, received "tslab". Choose it in JupyterLab and save.',
    ]);
    assert.deepEqual(lint(notebook([], { nbformat_minor: 4 })), [
      ': Expected notebook format 4.5, in which cells have ids. Save it again with JupyterLab.',
    ]);
    assert.deepEqual(lint(notebook([code('1'), code('2')])), [
      'cell 2 (id a): Expected an id of its own. Give one of the two cells another.',
    ]);
    for (const text of ['', '[]', '{"cells": 3}']) {
      assert.deepEqual(lint(text), [': Expected a notebook of format 4. Save it again with JupyterLab.']);
    }
  });

  it('joins the lines of a cell', () => {
    assert.match(lint(notebook([code(['const a = 1;\n', 'export { a };'])])).join(), /without export/);
  });

  for (const [source, ...expected] of [
    [
      'x;\n'.repeat(21),
      'Expected at most 20 lines, received 21. Split the cell, or move what is not for learners to src.',
    ],
    ['x;\n'.repeat(20)],
    [
      'export const a = 1',
      'Expected a cell without export: what a cell declares is already there in the cells after it. Remove the word export.',
    ],
    [
      "import x from './x'",
      'Expected an import of keras-primer, @tensorflow/tfjs, danfojs-node, tslab or node:…, received "./x". Others are not installed for learners, or cannot be loaded by the kernel. Export what is needed from keras-primer.',
    ],
    ["import type { A } from 'somewhere'"],
    [
      '/** @browser */\n1',
      "Expected a cell without @browser: tslab takes it out of the notebook's course. Remove the tag.",
    ],
    ['const tag = "/** @browser */"'],
    [
      'namespace N { export const a = 1 }',
      'Expected no namespace: the kernel forgets it after one cell. Use an object.',
    ],
    [
      'const { exports } = o; function require() {}',
      'Expected another name than require, which the kernel uses itself. Rename it.',
      'Expected another name than exports, which the kernel uses itself. Rename it.',
    ],
    [
      "import * as module from 'node:fs'; enum tsLastExpr {}",
      'Expected another name than module, which the kernel uses itself. Rename it.',
      'Expected another name than tsLastExpr, which the kernel uses itself. Rename it.',
    ],
  ] as const) {
    it(`judges ${JSON.stringify(source.slice(0, 40))}`, () => {
      assert.deepEqual(lintCell(typescript, source), expected);
    });
  }
});
