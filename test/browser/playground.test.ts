import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, it } from 'mocha';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { finishPage } from '../../scripts/report/finishPage.mjs';
import { ensureBackend } from '../../src/engines/backend';
import { displayKey, isDisplayable } from '../../src/notebook/display';
import { playground } from '../../src/playground/playground';
import type { PlaygroundConfig } from '../../src/playground/PlaygroundConfig';
import { checkout } from '../notebooks/runNotebooks';
import { configurations } from '../playground/configurations';
import { openBrowser } from './openBrowser';
import { openFirefox } from './openFirefox';

const folder = path.join(checkout, '.cache', 'test', 'playground');
const file = path.join(folder, 'playground.html');
const screenshots = path.join(checkout, '.cache', 'screenshots');
const script = (name: string): string =>
  readFileSync(path.join(checkout, 'dist', 'page', `${name}.js`), 'utf8');
const axe = readFileSync(path.join(checkout, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** Playgrounds of three configurations in a page that is finished as a report is. */
async function writePage(): Promise<PlaygroundConfig[]> {
  mkdirSync(folder, { recursive: true });
  const configs: PlaygroundConfig[] = [];
  let figures = '';
  for (const { build, x, y, options } of await configurations()) {
    const run = await playground(build, x, y, { title: 'A training', ...options });
    configs.push(run.config);
    assert.ok(isDisplayable(run));
    const bundle = await run[displayKey]();
    const data = JSON.stringify({ playground: run.config, text: bundle['text/plain'] }).replaceAll(
      '<',
      '\\u003c',
    );
    figures +=
      `<figure class="chart"><script type="application/json" class="figure-data">${data}</script>` +
      `<div class="still" tabindex="0">${String(bundle['image/svg+xml'])}</div></figure>`;
  }
  const css = readFileSync(path.join(checkout, 'scripts', 'template', 'report.css'), 'utf8');
  const html =
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Playgrounds</title>' +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'"><style>${css}</style></head>` +
    `<body><main><h1>Playgrounds</h1>${figures}</main></body></html>`;
  const finished = await finishPage(html, { charts: script('charts'), playground: script('playground') });
  assert.deepEqual(finished.problems, []);
  writeFileSync(file, finished.html);
  return configs;
}

describe('playgrounds in a page from file:// with the network blocked', () => {
  let configs: PlaygroundConfig[];
  let chromium: Browser;
  before(async () => {
    mkdirSync(screenshots, { recursive: true });
    await ensureBackend();
    configs = await writePage();
    chromium = await openBrowser();
  });
  after(() => chromium.close());

  async function open(
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; trouble: string[]; close: () => Promise<void> }> {
    const context = await chromium.newContext({ offline: true, ...options });
    await context.addInitScript('globalThis.__name = value => value');
    const page = await context.newPage();
    const trouble: string[] = [];
    page.on('console', message => trouble.push(`console ${message.text()}`));
    page.on('pageerror', error => trouble.push(`error ${error.message}`));
    await page.goto(pathToFileURL(file).href);
    await page.locator('.kp-playground').nth(2).waitFor();
    return { page, trouble, close: () => context.close() };
  }

  for (const i of [0, 1, 2]) {
    it(`configuration ${i + 1}: retrains to the notebook's history, to the last digit`, async () => {
      const { page, trouble, close } = await open();
      const figure = page.locator('.kp-playground').nth(i);
      await figure.getByLabel('slow enough to watch').uncheck();
      await figure.getByRole('button', { name: 'Train', exact: true }).click();
      await figure
        .getByRole('status')
        .getByText(/^Done:/)
        .waitFor();
      const config = configs[i]!;
      const history = await tableOf(page, i);
      assert.deepEqual(history, config.history);
      assert.match(
        (await figure.getByRole('status').textContent()) ?? '',
        /All \d+ numbers equal those of the notebook's run, to the last digit\./,
      );
      if (config.tested) {
        await figure.getByRole('button', { name: 'Test', exact: true }).click();
        await figure.getByText('first look at the test data').waitFor();
        const cells = await figure
          .locator('.kp-figures tr', { hasText: 'test' })
          .locator('td')
          .allTextContents();
        assert.equal(cells.length, 4);
        assert.deepEqual([cells[0], cells[2]], [cells[1], cells[3]]);
        const { factor } = config.measures[1]!;
        assert.equal(cells[2], String(Number((config.tested.mae! * factor).toPrecision(4))));
      }
      assert.deepEqual(trouble, []);
      await close();
    });
  }

  it('draws curves and surface at least ten times a second while it trains, from the keyboard', async () => {
    const { page, close } = await open();
    const figure = page.locator('.kp-playground').nth(1);
    const epochs = figure.getByLabel('epochs', { exact: true });
    await epochs.fill('200');
    await figure.getByLabel('units in each').selectOption('4');
    await figure.getByRole('button', { name: 'Train', exact: true }).focus();
    const counting = page.evaluate(countDrawings, 1);
    await page.keyboard.press('Enter');
    await figure.getByRole('button', { name: 'Stop', exact: true }).waitFor();
    const { seconds, curves, surfaces } = await counting;
    assert.ok(seconds > 2.5, `${seconds} s`);
    assert.ok(curves / seconds >= 10, `curves drawn ${curves} times in ${seconds} s`);
    assert.ok(surfaces / seconds >= 10, `surface drawn ${surfaces} times in ${seconds} s`);
    // The button that was pressed still has the focus.
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Train');
    await close();
  });

  it('stops, goes on, takes new settings and goes back to the notebook', async () => {
    const { page, close } = await open();
    const figure = page.locator('.kp-playground').nth(1);
    const status = figure.getByRole('status');
    const button = (name: string) => figure.getByRole('button', { name, exact: true });
    await button('Train').click();
    await page.waitForTimeout(600);
    await button('Stop').click();
    await status.getByText(/^Stopped after \d+ of 30 epochs/).waitFor();
    const some = await tableOf(page, 1);
    const done = some.loss!.length;
    assert.ok(done > 0 && done < 30, `${done} epochs`);
    await button('One epoch').click();
    await status.getByText(`Stopped after ${done + 1} of 30 epochs`).waitFor();
    await button('Go on').click();
    await status.getByText(/^Done: 30 epochs.*to the last digit/).waitFor();
    await figure.getByLabel('seed').fill('5');
    await figure.getByLabel('seed').blur();
    await status.getByText('New settings').waitFor();
    await button('Train').click();
    await status.getByText(/^Done: 30 epochs in [\d.]+ s\.$/).waitFor();
    assert.notDeepEqual(await tableOf(page, 1), configs[1]!.history);
    await figure.getByLabel('epochs', { exact: true }).fill('0');
    await button('Train').click();
    assert.equal(await button('Train').count(), 1, 'no training of 0 epochs');
    await button('Reset').click();
    await status.getByText("notebook's own run").waitFor();
    assert.equal(await figure.getByLabel('seed').inputValue(), String(configs[1]!.settings.seed));
    assert.deepEqual(await tableOf(page, 1), configs[1]!.history);
    await close();
  });

  it('says it when the numbers grow without bound', async () => {
    const { page, trouble, close } = await open();
    const figure = page.locator('.kp-playground').nth(0);
    await figure.getByLabel('slow enough to watch').uncheck();
    await figure.getByLabel('learning rate').selectOption('1');
    await figure.getByLabel('activation').selectOption('linear');
    await figure.getByLabel('hidden layers').selectOption('4');
    await figure.getByLabel('epochs', { exact: true }).fill('1000');
    await figure.getByRole('button', { name: 'Train', exact: true }).click();
    await figure
      .getByRole('status')
      .getByText(/^(Done|In epoch \d+ the numbers outgrew)/)
      .waitFor();
    assert.deepEqual(trouble, []);
    await close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`axe-core finds nothing wrong, at first and when trained, ${colorScheme}`, async () => {
      const { page, close } = await open({ colorScheme, viewport: { width: 1200, height: 1000 } });
      await page.evaluate(axe);
      const check = async (): Promise<void> => {
        const found: { id: string; nodes: { html: string; failureSummary: string }[] }[] =
          await page.evaluate('axe.run().then(found => found.violations)');
        assert.deepEqual(
          found.map(
            ({ id, nodes }) =>
              `${id}: ${nodes.map(node => `${node.html}\n${node.failureSummary}`).join('\n')}`,
          ),
          [],
        );
      };
      await check();
      for (const i of [0, 1]) {
        const figure = page.locator('.kp-playground').nth(i);
        await figure.getByLabel('units in each').selectOption('8');
        await figure.getByRole('button', { name: 'Train', exact: true }).click();
        await figure
          .getByRole('status')
          .getByText(/^Done:/)
          .waitFor();
        await figure.getByText('Every number of this run').click();
        await figure.screenshot({ path: path.join(screenshots, `playground-${i}-${colorScheme}.png`) });
      }
      await check();
      await close();
    });
  }

  it('fits a phone', async () => {
    const { page, close } = await open({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 });
    for (const i of [0, 1, 2]) {
      const figure = page.locator('.kp-playground').nth(i);
      await figure.getByRole('button', { name: 'Train', exact: true }).click();
      await figure
        .getByRole('status')
        .getByText(/^Done:/)
        .waitFor();
      await figure.screenshot({ path: path.join(screenshots, `playground-${i}-phone.png`) });
    }
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${width} px`);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('.kp-playground :is(button, select, input[type=number])')]
        .filter(field => field.getBoundingClientRect().height < 24)
        .map(field => field.outerHTML),
    );
    assert.deepEqual(small, []);
    await close();
  });

  it('retrains to the same digits in Firefox', async () => {
    const firefox = await openFirefox();
    try {
      const page = await firefox.newPage();
      const trouble: string[] = [];
      page.on('console', message => trouble.push(`console ${message.text()}`));
      page.on('pageerror', error => trouble.push(`error ${String(error)}`));
      await page.evaluateOnNewDocument('globalThis.__name = value => value');
      await page.goto(pathToFileURL(file).href);
      const results = await page.evaluate(retrainAll);
      assert.deepEqual(
        results.map(({ history }) => history),
        configs.map(({ history }) => history),
      );
      for (const { status } of results) assert.match(status, /to the last digit\.$/);
      for (const { updates } of results) assert.ok(updates >= 10, `${updates} updates a second`);
      assert.deepEqual(trouble, []);
    } finally {
      await firefox.close();
    }
  });

  it('prints the picture, without controls', async () => {
    const { page, close } = await open();
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.kp-playground').first().isVisible(), false);
    assert.equal(await page.locator('.still svg').first().isVisible(), true);
    await close();
  });

  /** The table of every number: key → one number an epoch. */
  async function tableOf(page: Page, index: number): Promise<Record<string, number[]>> {
    const figure = page.locator('.kp-playground').nth(index);
    const details = figure.locator('.kp-values');
    if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
    await details.locator('tbody tr').first().waitFor();
    const rows: string[][] = await details.evaluate(element =>
      [...element.querySelectorAll('tr')].map(row => [...row.cells].map(cell => cell.textContent ?? '')),
    );
    const [head = [], ...body] = rows;
    return Object.fromEntries(head.slice(1).map((key, i) => [key, body.map(row => Number(row[i + 1]))]));
  }
});

/** In the page: how often the curves and the surface are drawn from now to the end of the training. */
async function countDrawings(index: number): Promise<{ seconds: number; curves: number; surfaces: number }> {
  const figure = document.querySelectorAll('.kp-playground')[index]!;
  const status = figure.querySelector('[role=status]')!;
  let curves = 0;
  let surfaces = 0;
  new MutationObserver(() => curves++).observe(figure.querySelector('.kp-curves')!, { childList: true });
  new MutationObserver(() => surfaces++).observe(figure.querySelector('.kp-map .kp-border')!, {
    attributes: true,
  });
  while (!status.textContent?.startsWith('Training')) await new Promise(requestAnimationFrame);
  const begun = performance.now();
  while (!status.textContent?.startsWith('Done')) await new Promise(requestAnimationFrame);
  return { seconds: (performance.now() - begun) / 1000, curves, surfaces };
}

/** In the page: train each playground as the notebook did, and read what is told of it. */
async function retrainAll(): Promise<
  { status: string; history: Record<string, number[]>; updates: number }[]
> {
  const until = async (done: () => boolean): Promise<void> => {
    while (!done()) await new Promise(requestAnimationFrame);
  };
  await until(() => document.querySelectorAll('.kp-playground').length === 3);
  const results = [];
  for (const figure of document.querySelectorAll('.kp-playground')) {
    const status = figure.querySelector('[role=status]')!;
    const details = figure.querySelector('details')!;
    let drawn = 0;
    new MutationObserver(() => drawn++).observe(figure.querySelector('.kp-curves')!, { childList: true });
    const begun = performance.now();
    figure.querySelector<HTMLButtonElement>('.kp-main')!.click();
    await until(() => /^(Done|Training failed)/.test(status.textContent ?? ''));
    const seconds = (performance.now() - begun) / 1000;
    details.open = true;
    await until(() => details.querySelector('tbody tr') !== null);
    const [head = [], ...body] = [...details.querySelectorAll('tr')].map(row =>
      [...row.cells].map(cell => cell.textContent ?? ''),
    );
    const columns = head.slice(1).map((key, i) => [key, body.map(row => Number(row[i + 1]))] as const);
    results.push({
      status: status.textContent ?? '',
      history: Object.fromEntries(columns),
      updates: drawn / seconds,
    });
  }
  return results;
}
