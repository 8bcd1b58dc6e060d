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
import type { PlaygroundRun } from '../../src/playground/PlaygroundRun';
import type { Browser as AnyBrowser } from 'puppeteer-core';
import { checkout, testReports } from '../notebooks/runNotebooks';
import { configurations } from '../playground/configurations';
import { freshReports } from './freshReports';
import { find, launch, open as openIn, untilLive } from './launch';
import { openBrowser } from './openBrowser';

const folder = path.join(checkout, '.cache', 'test', 'playground');
const file = path.join(folder, 'playground.html');
const growing = path.join(folder, 'growing.html');
const screenshots = path.join(checkout, '.cache', 'screenshots');
/** The reports that hold a playground. */
const reports = ['02-keras-in-brief', '05-boston-housing'];
const script = (name: string): string =>
  readFileSync(path.join(checkout, 'dist', 'page', `${name}.js`), 'utf8');
const axe = readFileSync(path.join(checkout, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** Three configurations as playgrounds in a page, and one in another whose numbers grow without bound. */
async function writePages(): Promise<PlaygroundConfig[]> {
  mkdirSync(folder, { recursive: true });
  const runs: PlaygroundRun[] = [];
  for (const { build, x, y, options } of await configurations()) {
    runs.push(await playground(build, x, y, options));
  }
  const configs = runs.map(({ config }) => config);
  await writePage(file, runs);
  const { network, settings, ...rest } = configs[0]!;
  await writePage(growing, runs.slice(0, 1), {
    ...rest,
    network: { ...network, optimizer: { ...network.optimizer, kind: 'sgd' } },
    settings: { ...settings, activation: 'linear', learningRate: 1 },
  });
  return configs;
}

/** A page with playgrounds, finished as a report is. */
async function writePage(
  to: string,
  runs: readonly PlaygroundRun[],
  other?: PlaygroundConfig,
): Promise<void> {
  let figures = '';
  for (const run of runs) {
    assert.ok(isDisplayable(run));
    const bundle = await run[displayKey]();
    const data = JSON.stringify({ playground: other ?? run.config, text: bundle['text/plain'] });
    figures +=
      `<figure class="chart"><script type="application/json" class="figure-data">${data.replaceAll('<', '\\u003c')}</script>` +
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
  writeFileSync(to, finished.html);
}

describe('playgrounds in a page from file:// with the network blocked', () => {
  let configs: PlaygroundConfig[];
  let chromium: Browser;
  before(async () => {
    mkdirSync(screenshots, { recursive: true });
    await ensureBackend();
    configs = await writePages();
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
    const { seconds, frames, curves, surfaces } = await counting;
    assert.ok(seconds > 2.5, `${seconds} s`);
    // A machine with other work to do may give fewer frames than that; then a third of them must show something new.
    const enough = Math.min(10 * seconds, 0.3 * frames);
    assert.ok(curves >= enough, `curves drawn ${curves} times in ${seconds} s of ${frames} frames`);
    assert.ok(surfaces >= enough, `surface drawn ${surfaces} times in ${seconds} s of ${frames} frames`);
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
    await status.getByText(/^Stopped after \d+ of 30 epochs\. "Go on" continues from there\.$/).waitFor();
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

  it('says it when the numbers grow without bound, and trains anew with other settings', async () => {
    const { page, trouble, close } = await open();
    await page.goto(pathToFileURL(growing).href);
    const status = page.getByRole('status');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await status.getByText(/^In epoch \d+ the numbers outgrew/).waitFor();
    await page.getByLabel('learning rate').selectOption('0.001');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await status.getByText(/^Done: 80 epochs/).waitFor();
    assert.deepEqual(trouble, []);
    await close();
  });

  it('marks what is shown as that of the last run while the settings are others', async () => {
    const { page, trouble, close } = await open();
    const figure = page.locator('.kp-playground').nth(1);
    const status = figure.getByRole('status');
    const panels = figure.locator('.kp-panels.kp-old');
    const own = figure.locator('.kp-figures thead th').first();
    const picture = figure.locator('.kp-curves').first();
    await figure.getByLabel('units in each').selectOption('4');
    await status.getByText("those of the notebook's own run").waitFor();
    assert.equal(await panels.count(), 1);
    await figure.getByLabel('epochs', { exact: true }).fill('50');
    await figure.getByLabel('slow enough to watch').uncheck();
    await figure.getByRole('button', { name: 'Train', exact: true }).click();
    await status.getByText(/^Done: 50 epochs/).waitFor();
    assert.equal(await panels.count(), 0);
    assert.equal(await own.textContent(), 'this run');
    await figure.getByLabel('units in each').selectOption('2');
    await status.getByText('those of your last run').waitFor();
    assert.equal(await panels.count(), 1);
    assert.equal(await own.textContent(), 'the last run');
    await figure.locator('.kp-curves[aria-label^="The last run. loss by epoch, 50 of 50."]').waitFor();
    // The axis is that of the run too, which the notebook's 30 epochs do not reach.
    assert.equal(await picture.locator('text[text-anchor=middle]', { hasText: /^40$/ }).count(), 1);
    await figure.screenshot({ path: path.join(screenshots, 'playground-old.png') });
    await figure.getByRole('button', { name: 'Reset', exact: true }).click();
    assert.equal(await panels.count(), 0);
    assert.equal(await own.textContent(), 'this run');
    assert.deepEqual(trouble, []);
    await close();
  });

  it('has no units and no activation to choose without hidden layers, and says why', async () => {
    const { page, close } = await open();
    const figure = page.locator('.kp-playground').nth(1);
    const fields = [figure.getByLabel('units in each'), figure.getByLabel('activation')];
    const hint = figure.getByText('Units and activation are those of the hidden layers');
    assert.equal(await hint.isVisible(), false);
    await figure.getByLabel('hidden layers').selectOption('0');
    assert.equal(await hint.isVisible(), true);
    for (const field of fields) {
      assert.equal(await field.isDisabled(), true);
      assert.equal(await field.getAttribute('aria-describedby'), await hint.getAttribute('id'));
    }
    await figure.getByRole('button', { name: 'Train', exact: true }).click();
    await figure
      .getByRole('status')
      .getByText(/^Done: 30 epochs/)
      .waitFor();
    await figure.screenshot({ path: path.join(screenshots, 'playground-no-layers.png') });
    await figure.getByLabel('hidden layers').selectOption('1');
    assert.equal(await hint.isVisible(), false);
    for (const field of fields) assert.equal(await field.isEnabled(), true);
    await close();
  });

  it('keeps curves readable beside single huge values, and every tick whole', async () => {
    const { page, close } = await open();
    const figure = page.locator('.kp-playground').first();
    await figure.getByLabel('hidden layers').selectOption('4');
    await figure.getByLabel('units in each').selectOption('128');
    await figure.getByLabel('learning rate').selectOption('1');
    await figure.getByLabel('epochs', { exact: true }).fill('20');
    await figure.getByLabel('slow enough to watch').uncheck();
    await figure.getByRole('button', { name: 'Train', exact: true }).click();
    await figure
      .getByRole('status')
      .getByText(/^(Done|In epoch)/)
      .waitFor({ timeout: 120_000 });
    await figure.screenshot({ path: path.join(screenshots, 'playground-huge.png') });
    const loss = figure.locator('.kp-panel').first();
    assert.match(
      (await loss.locator('.kp-beyond').textContent()) ?? '',
      /far beyond the top \(▲\): up to [\d.]+e\d+\.$/,
    );
    assert.match((await loss.locator('.kp-curves').getAttribute('aria-label')) ?? '', /far beyond the top/);
    const cut = async (): Promise<string[]> =>
      figure.locator('.kp-curves').evaluateAll(pictures =>
        pictures.flatMap(picture => {
          const { left, right } = picture.getBoundingClientRect();
          return [...picture.querySelectorAll('text')]
            .filter(text => {
              const box = text.getBoundingClientRect();
              return box.left < left || box.right > right;
            })
            .map(text => text.textContent ?? '');
        }),
      );
    assert.deepEqual(await cut(), []);
    await figure.getByRole('button', { name: 'Reset', exact: true }).click();
    await figure.getByLabel('units in each').selectOption('1');
    await figure.getByLabel('epochs', { exact: true }).fill('1000');
    await figure.getByRole('button', { name: 'One epoch', exact: true }).click();
    await figure
      .locator('.kp-curves text', { hasText: /^1000$/ })
      .first()
      .waitFor();
    assert.deepEqual(await cut(), []);
    await figure.screenshot({ path: path.join(screenshots, 'playground-1000.png') });
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

  for (const name of ['Chromium', 'Firefox'] as const) {
    describe(`in ${name}`, () => {
      if (!find(name)) {
        it(`not run: ${name} is not installed`, () => {});
        return;
      }
      let browser: AnyBrowser;
      before(async () => {
        browser = await launch(name);
      });
      after(() => browser.close());

      const retrain = async (address: string): Promise<Retrained[]> => {
        const opened = await openIn(browser, pathToFileURL(address).href);
        const { page } = opened;
        await untilLive(page);
        const results = await page.evaluate(retrainAll);
        for (const { status, seconds, frames, drawn } of results) {
          assert.match(status, /^Done: .* to the last digit\.$/);
          const enough = Math.min(10 * seconds, 0.3 * frames);
          assert.ok(drawn >= enough, `${drawn} drawings in ${seconds} s of ${frames} frames`);
        }
        assert.deepEqual(await opened.trouble(), []);
        const picture = `${path.basename(address, '.html')}-trained-${name.toLowerCase()}.png`;
        await (await page.$('.kp-playground'))?.screenshot({ path: path.join(screenshots, picture) });
        await page.close();
        return results;
      };

      it('three configurations retrain to the histories of the notebook, to the last digit', async () => {
        const results = await retrain(file);
        assert.deepEqual(
          results.map(({ history }) => history),
          configs.map(({ history }) => history),
        );
      });

      describe('in the reports', () => {
        before(() => freshReports(reports));
        for (const report of reports) {
          it(`${report}: its playground retrains to the history of its notebook`, async () => {
            const results = await retrain(path.join(testReports, `${report}.html`));
            assert.equal(results.length, 1);
          });
        }
      });
    });
  }

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

interface Drawings {
  seconds: number;
  frames: number;
  curves: number;
  surfaces: number;
}

/** In the page: how often the curves and the surface are drawn from now to the end of the training. */
async function countDrawings(index: number): Promise<Drawings> {
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
  let frames = 0;
  for (; !status.textContent?.startsWith('Done'); frames++) await new Promise(requestAnimationFrame);
  return { seconds: (performance.now() - begun) / 1000, frames, curves, surfaces };
}

interface Retrained {
  status: string;
  history: Record<string, number[]>;
  seconds: number;
  frames: number;
  drawn: number;
}

/** In the page: train each playground as the notebook did, and read what is told of it. */
async function retrainAll(): Promise<Retrained[]> {
  const until = async (done: () => boolean): Promise<number> => {
    let frames = 0;
    for (; !done(); frames++) await new Promise(requestAnimationFrame);
    return frames;
  };
  const results = [];
  for (const figure of document.querySelectorAll('.kp-playground')) {
    const status = figure.querySelector('[role=status]')!;
    const details = figure.querySelector('details')!;
    let drawn = 0;
    new MutationObserver(() => drawn++).observe(figure.querySelector('.kp-curves')!, { childList: true });
    const begun = performance.now();
    figure.querySelector<HTMLButtonElement>('.kp-main')!.click();
    const frames = await until(() => /^(Done|Training failed)/.test(status.textContent ?? ''));
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
      seconds,
      frames,
      drawn,
    });
  }
  return results;
}
