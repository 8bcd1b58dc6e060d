import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { diskFailure } from '../cli/diskFailure.mjs';
import { Failure } from '../cli/Failure.mjs';
import { jupyterEnvironment } from '../setup/commands.mjs';
import { execute } from './executor.mjs';
import { finishPage } from './finishPage.mjs';
import { findNotebooks } from './findNotebooks.mjs';
import { indexPage } from './indexPage.mjs';
import { mainPicture } from './mainPicture.mjs';
import { ProgressLines } from './ProgressLines.mjs';
import { withNeighbours } from './withNeighbours.mjs';

/** @typedef {import('./executor.mjs').NotebookResult} NotebookResult */

/**
 * Executes notebooks in fresh kernels and writes `<name>.html` for each and `index.html` for all. The notebook files are
 * only read.
 * @param {object} options
 * @param {string} options.root the checkout
 * @param {string} options.python the Python of the virtual environment
 * @param {import('./findNotebooks.mjs').Notebook[]} options.notebooks
 * @param {string} options.folder where the course's notebooks are: the kernels' working directory, and what the index lists
 * @param {string} options.reports where the reports go
 * @param {number} options.timeout seconds a cell may take
 * @param {import('./ProgressLines.mjs').Terminal} options.out where progress goes
 * @param {AbortSignal} options.signal ends the run and its kernel
 * @returns {Promise<NotebookResult[]>} what ran, in order
 */
export async function makeReports({ root, python, notebooks, folder, reports, timeout, out, signal }) {
  const template = fileURLToPath(new URL('../template', import.meta.url));
  const [facts, scripts] = await Promise.all([versionFacts(root), pageScripts(root)]);
  const progress = new ProgressLines(
    out,
    notebooks.map(({ name }) => name),
  );
  /** @type {NotebookResult[]} */
  const results = [];
  /** @type {Promise<void>[]} */
  const finishing = [];
  let running = '';
  await mkdir(reports, { recursive: true });
  const work = path.join(root, '.cache', 'reports');
  const job = {
    notebooks: notebooks.map(({ name, path: file }) => ({
      name,
      path: file,
      report: path.join(reports, `${name}.html`),
      executed: path.join(work, `${name}.ipynb`),
    })),
    cwd: folder,
    kernel: 'keras-primer',
    timeout,
    template,
    facts,
  };
  const { code, problem } = await execute(python, job, {
    env: { ...process.env, ...jupyterEnvironment(root, process.platform), KERAS_PRIMER_PROGRESS: 'lines' },
    signal,
    onEvent(event) {
      if (event.event === 'start') {
        running = event.name;
        progress.start(event.name);
      } else if (event.event === 'cell') {
        progress.cell(event.name, event.cell, event.of);
      } else if (event.event === 'end') {
        running = '';
        progress.end(event);
      } else {
        const { event: _, ...result } = event;
        results.push(result);
        finishing.push(finish(result.name));
      }
    },
  });
  progress.stop();
  await Promise.all(finishing);
  if (signal.aborted) return results;
  if (code !== 0 || results.length !== notebooks.length) {
    throw (
      diskFailure(problem) ??
      new Failure(
        `The program that executes the notebooks ended too early${running && `, at ${running}`}; its last lines are above. Run the command again, or report them.`,
        { details: problem },
      )
    );
  }
  await writeIndex();
  return results;

  /** @param {string} name */
  async function finish(name) {
    const file = path.join(reports, `${name}.html`);
    const { html, problems } = await finishPage(await readFile(file, 'utf8'), scripts);
    await replaceFile(file, html);
    for (const why of problems) out.write(`${name}: ${why}\n`);
  }

  /** The index lists each notebook by its last run, so that a run of one leaves the others' cards; the reports lead to each other in the same order. */
  async function writeIndex() {
    const file = path.join(reports, 'results.json');
    /** @type {NotebookResult[]} */
    const before = await readFile(file, 'utf8').then(
      text => JSON.parse(text),
      () => [],
    );
    const known = new Map([...before, ...results].map(result => [result.name, result]));
    const course = await findNotebooks(folder).catch(() => []);
    const order = [...new Set([...course, ...notebooks].map(({ name }) => name))].toSorted();
    const listed = order.flatMap(name => known.get(name) ?? []);
    const css = await readFile(path.join(template, 'report.css'), 'utf8');
    await replaceFile(file, `${JSON.stringify(listed, null, 2)}\n`);
    const cards = await Promise.all(
      listed.map(async (result, i) => {
        const page = path.join(reports, `${result.name}.html`);
        const report = await readFile(page, 'utf8').catch(() => '');
        const linked = withNeighbours(report, { previous: listed[i - 1], next: listed[i + 1] });
        if (linked !== report) await replaceFile(page, linked);
        return { ...result, picture: mainPicture(report) };
      }),
    );
    await replaceFile(path.join(reports, 'index.html'), indexPage(cards, { css, facts }));
  }
}

/** @param {string} root @returns {Promise<[string, string][]>} */
async function versionFacts(root) {
  const read = async (/** @type {string[]} */ ...parts) =>
    JSON.parse(await readFile(path.join(root, ...parts, 'package.json'), 'utf8')).version;
  return [
    ['Keras Primer', await read()],
    ['Node.js', process.versions.node],
    ['tslab', await read('node_modules', 'tslab')],
    ['TensorFlow.js', await read('node_modules', '@tensorflow', 'tfjs')],
  ];
}

/**
 * What the build made for pages.
 * @param {string} root
 */
async function pageScripts(root) {
  const folder = path.join(root, 'dist', 'page');
  const playground = await readFile(path.join(folder, 'playground.js'), 'utf8').catch(() => undefined);
  return {
    charts: await readFile(path.join(folder, 'charts.js'), 'utf8'),
    ...(playground === undefined ? {} : { playground }),
  };
}

/** @param {string} file @param {string} text */
async function replaceFile(file, text) {
  await writeFile(`${file}.partial`, text);
  await rename(`${file}.partial`, file);
}
