import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Browser, Locator, Page } from 'playwright-core';
import { checkout } from '../notebooks/runNotebooks';
import { openBrowser } from './openBrowser';

const folder = path.join(checkout, '.cache', 'test', 'lab');
const screenshots = path.join(checkout, '.cache', 'screenshots');

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      assert.ok(address !== null && typeof address === 'object');
      server.close(() => resolve(address.port));
    });
  });
}

describe('npm run lab in Chromium', () => {
  let browser: Browser;
  let lab: ChildProcess;
  let ended: Promise<number | null>;
  let origin = '';
  let token = '';
  let printed = '';

  before(async () => {
    await mkdir(screenshots, { recursive: true });
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    // Copies: JupyterLab saves what it runs.
    await copyFile(path.join(__dirname, 'fixtures', 'stop.ipynb'), path.join(folder, 'stop.ipynb'));
    await copyFile(path.join(checkout, 'notebooks', '03-imdb.ipynb'), path.join(folder, '03-imdb.ipynb'));
    browser = await openBrowser();
    const port = await freePort();
    lab = spawn(
      process.execPath,
      [path.join(checkout, 'scripts', 'lab.mjs'), '--no-browser', '--port', String(port), '--folder', folder],
      { cwd: checkout, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    ended = new Promise(resolve => lab.on('close', resolve));
    token = await new Promise<string>((resolve, reject) => {
      const read = (text: string) => {
        printed += text;
        const found = /lab\S*\?token=(\w+)/.exec(printed);
        if (found?.[1]) resolve(found[1]);
      };
      lab.stdout?.setEncoding('utf8').on('data', read);
      lab.stderr?.setEncoding('utf8').on('data', read);
      lab.on('close', () => reject(new Error(`JupyterLab ended:\n${printed}`)));
    });
    origin = `http://127.0.0.1:${port}`;
  });
  after(async () => {
    await browser.close();
    lab.kill('SIGTERM');
    await ended;
  });

  /** Opens a notebook in a page of its own; tells what it asked of other hosts. */
  async function open(
    name: string,
  ): Promise<{ page: Page; panel: Locator; abroad: string[]; errors: string[] }> {
    const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
    const page = await context.newPage();
    const abroad: string[] = [];
    const errors: string[] = [];
    page.on('request', request => {
      if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(origin))
        abroad.push(request.url());
    });
    page.on('pageerror', error => errors.push(error.message));
    await page.goto(`${origin}/lab/workspaces/${path.basename(name, '.ipynb')}/tree/${name}?token=${token}`);
    const panel = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden)');
    await panel.locator('.jp-Notebook .jp-Cell').first().waitFor();
    return { page, panel, abroad, errors };
  }

  const runAll = async (page: Page) => {
    await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Run All Cells', exact: true }).click();
  };
  /** Waits until a cell has run: `[*]` has become a number. */
  const ran = (cell: Locator, timeout: number) =>
    cell.locator('.jp-InputPrompt', { hasText: /^\[\d+\]:$/ }).waitFor({ timeout });

  it('asks nothing of the user and nothing of other hosts', async () => {
    const { page, abroad, errors } = await open('stop.ipynb');
    await page.waitForTimeout(3000);
    assert.equal(await page.locator('.jp-Dialog').count(), 0, 'a dialog is open');
    assert.equal(await page.locator('.jp-toast-button, .Toastify__toast').count(), 0, 'a notice is shown');
    assert.deepEqual(abroad, []);
    assert.deepEqual(errors, []);
    await page.context().close();
  });

  it('opens with the kernel, runs all, draws the chart, and the stop button ends a fit within a second', async () => {
    const { page, panel, errors } = await open('stop.ipynb');
    await panel.getByRole('button', { name: /TypeScript \(Keras Primer\)/ }).waitFor();
    const cells = panel.locator('.jp-CodeCell');
    await runAll(page);
    await ran(cells.nth(2), 60_000);
    const chart = cells.nth(1).locator('.jp-RenderedVegaCommon5, .vega-embed').first();
    await chart.locator('canvas, svg.marks').first().waitFor({ timeout: 20_000 });
    // The fit is under way: its progress is in the output.
    const fit = cells.nth(3);
    await fit.locator('.jp-OutputArea-output', { hasText: 'Epoch' }).first().waitFor({ timeout: 60_000 });
    const grown = await watchCurves(fit, 2500);
    await page.screenshot({ path: path.join(screenshots, 'lab-fit.png') });
    // Ten updates a second at most, one output, and the curves are there in every frame.
    assert.deepEqual([grown.framesWithout, grown.mostOutputs], [0, 1]);
    assert.ok(grown.states >= 3 && grown.states <= 27, `${grown.states} states in 2.5 s`);
    assert.ok(grown.heights <= 2, `${grown.heights} different heights`);
    const pressed = performance.now();
    await panel
      .locator('[data-command="notebook:interrupt-kernel"], [data-jp-item-name="interrupt"]')
      .first()
      .click();
    await ran(fit, 10_000);
    const seconds = (performance.now() - pressed) / 1000;
    assert.ok(seconds < 2, `stopped after ${seconds.toFixed(1)} s`);
    await page.screenshot({ path: path.join(screenshots, 'lab-stopped.png') });
    // The last state is left, with the lines of the epochs.
    await fit.locator('.kp-board summary', { hasText: 'interrupted' }).waitFor({ timeout: 5000 });
    assert.equal(await fit.locator('.kp-board progress').count(), 0);
    // The next cell runs, and what was learned so far is kept.
    await cells.nth(4).locator('.cm-content').click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type("console.log('epochs so far', history.epoch.length > 0)");
    await page.keyboard.press('Shift+Enter');
    await cells
      .nth(4)
      .locator('.jp-OutputArea-output', { hasText: 'epochs so far true' })
      .waitFor({ timeout: 10_000 });
    assert.deepEqual(errors, []);
    await page.context().close();
  });

  it('runs all of 03-imdb without an error, its charts interactive', async () => {
    const { page, panel, errors } = await open('03-imdb.ipynb');
    await panel.getByRole('button', { name: /TypeScript \(Keras Primer\)/ }).waitFor();
    await runAll(page);
    // Cells out of sight are not in the page, and the notebook's sign is "idle" between two cells as well: whether
    // all ran is asked of the saved notebook, which holds all outputs.
    await page.keyboard.press('Escape');
    let code: SavedCell[] = [];
    const uncounted = () =>
      code.flatMap((cell, i) => (typeof cell.execution_count === 'number' ? [] : [`cell ${i + 1}`]));
    const patience = performance.now() + 240_000;
    do {
      await page.waitForTimeout(2000);
      // A file that is being written would be taken for an invalid one, and renamed.
      const saved = page.waitForResponse(
        answer => answer.request().method() === 'PUT' && answer.url().includes('/api/contents/03-imdb.ipynb'),
      );
      await page.keyboard.press('Control+s');
      await saved;
      const answer = await page.request.get(`${origin}/api/contents/03-imdb.ipynb?content=1&token=${token}`);
      const { content }: { content: { cells: SavedCell[] } } = await answer.json();
      code = content.cells.filter(cell => cell.cell_type === 'code');
    } while (uncounted().length > 0 && performance.now() < patience);
    await page.screenshot({ path: path.join(screenshots, 'lab-imdb-end.png') });
    const broken = code.flatMap((cell, i) =>
      cell.outputs
        .filter(({ output_type }) => output_type === 'error')
        .map(output => `cell ${i + 1}: ${output.evalue}`),
    );
    assert.deepEqual(broken, []);
    assert.deepEqual(uncounted(), [], 'every cell ran and was counted');
    const charts = code.filter(cell =>
      cell.outputs.some(
        ({ data }) => data && Object.keys(data).some(type => type.startsWith('application/vnd.vegalite')),
      ),
    );
    assert.ok(charts.length >= 4, `${charts.length} charts`);
    // Drawn live, from the last to the first, with sliders that change what the charts tell.
    const bring = async (wanted: Locator) => {
      for (let i = 0; i < 120 && (await wanted.count()) === 0; i++) {
        await panel.locator('.jp-WindowedPanel-outer, .jp-NotebookPanel-notebook').first().hover();
        await page.mouse.wheel(0, -700);
        await page.waitForTimeout(150);
      }
      await wanted.first().scrollIntoViewIfNeeded();
    };
    const slider = async (name: string, value: string, tells: string) => {
      const chart = panel
        .locator('.vega-embed', { has: page.locator(`.vega-bind:has-text("${name}")`) })
        .first();
      await bring(chart);
      await chart.locator('input[type=range]').fill(value);
      await chart.locator('svg.marks text', { hasText: tells }).first().waitFor({ timeout: 5000 });
      await page.screenshot({ path: path.join(screenshots, `lab-imdb-${name}.png`) });
    };
    await bring(panel.locator('.vega-embed svg.marks'));
    await page.screenshot({ path: path.join(screenshots, 'lab-imdb-chart.png') });
    await slider('threshold', '0.9', 'threshold 0.90');
    await slider('epoch', '4', 'epoch 4');
    // The training itself left its curves, with a line for each epoch.
    await bring(panel.locator('.kp-board'));
    await panel.locator('.kp-board summary', { hasText: 'Epoch 20/20' }).click();
    assert.match(await panel.locator('.kp-board pre').first().innerText(), /^Epoch 1\/20 .*val_loss/);
    await page.screenshot({ path: path.join(screenshots, 'lab-imdb-board.png') });
    assert.deepEqual(errors, []);
    await page.context().close();
  });

  it('writes checkpoints into .cache, not beside the notebooks', async () => {
    assert.deepEqual((await readdir(folder)).toSorted(), ['03-imdb.ipynb', 'stop.ipynb']);
  });

  it('ends with its kernels when it is stopped', async () => {
    lab.kill('SIGTERM');
    assert.equal(await ended, 0, printed);
    await assert.rejects(fetch(`${origin}/api`));
  });
});

/** A cell as JupyterLab saves it. */
interface SavedCell {
  cell_type: string;
  execution_count?: number | null;
  outputs: { output_type: string; evalue?: string; data?: Record<string, unknown> }[];
}

/** Looks at a cell's growing curves in each frame of some time. */
function watchCurves(
  cell: Locator,
  ms: number,
): Promise<{ framesWithout: number; mostOutputs: number; states: number; heights: number }> {
  return cell.evaluate(async (element, time) => {
    const states = new Set<string>();
    const heights = new Set<number>();
    let [framesWithout, mostOutputs] = [0, 0];
    const end = performance.now() + time;
    while (performance.now() < end) {
      await new Promise(requestAnimationFrame);
      const board = element.querySelector('.kp-board');
      if (!board?.querySelector('svg path')) framesWithout++;
      mostOutputs = Math.max(mostOutputs, element.querySelectorAll('.jp-OutputArea-child').length);
      states.add(board?.innerHTML ?? '');
      heights.add(Math.round(board?.getBoundingClientRect().height ?? 0));
    }
    return { framesWithout, mostOutputs, states: states.size, heights: heights.size };
  }, ms);
}
