import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, it } from 'mocha';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { checkout, fixtures, runNotebooks, testReports } from '../notebooks/runNotebooks';
import { freshReports } from './freshReports';
import { openBrowser } from './openBrowser';

const folder = path.join(checkout, 'notebooks');
const names = readdirSync(folder)
  .filter(file => file.endsWith('.ipynb'))
  .map(file => path.basename(file, '.ipynb'));
const screenshots = path.join(checkout, '.cache', 'screenshots');
const axe = readFileSync(path.join(checkout, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** The parts of axe's answer that are told. */
interface Violation {
  id: string;
  nodes: { html: string; failureSummary: string }[];
}

describe('reports in Chromium, from file:// with the network blocked', () => {
  let browser: Browser;
  before(async () => {
    mkdirSync(screenshots, { recursive: true });
    browser = await openBrowser();
    await freshReports(names);
    await runNotebooks(fixtures, ['ok', 'throws', 'charts'], { reports: path.join(testReports, 'fixtures') });
  });
  after(() => browser.close());

  /** Opens a page and tells of every request beside the file itself, and of everything in the console. */
  async function open(
    name: string,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; trouble: string[]; close: () => Promise<void> }> {
    const context = await browser.newContext({ offline: true, ...options });
    // tsx names functions by a helper, which the page does not have.
    await context.addInitScript('globalThis.__name = value => value');
    const page = await context.newPage();
    const trouble: string[] = [];
    const address = pathToFileURL(path.join(testReports, `${name}.html`)).href;
    page.on('request', request => {
      if (request.url() !== address && !request.url().startsWith('data:'))
        trouble.push(`request ${request.url()}`);
    });
    page.on('console', message => trouble.push(`console ${message.text()}`));
    page.on('pageerror', error => trouble.push(`error ${error.message}`));
    await page.goto(address);
    await page.waitForFunction(
      () => !document.querySelector('.figure-data') || document.documentElement.dataset['figures'] === 'live',
      null,
      { timeout: 60_000 },
    );
    return { page, trouble, close: () => context.close() };
  }

  for (const name of [
    ...names,
    'index',
    'fixtures/ok',
    'fixtures/throws',
    'fixtures/charts',
    'fixtures/index',
  ]) {
    describe(name, () => {
      it('requests nothing and complains of nothing', async () => {
        const { page, trouble, close } = await open(name);
        assert.deepEqual(trouble, []);
        assert.ok((await page.title()).includes('Keras Primer'));
        await close();
      });

      for (const colorScheme of ['light', 'dark'] as const) {
        it(`axe-core finds nothing wrong, ${colorScheme}`, async () => {
          const { page, close } = await open(name, { colorScheme, viewport: { width: 1280, height: 900 } });
          await page.evaluate(axe);
          const violations: Violation[] = await page.evaluate('axe.run().then(found => found.violations)');
          const told = violations.map(
            ({ id, nodes }) =>
              `${id}: ${nodes.map(node => `${node.html}\n${node.failureSummary}`).join('\n')}`,
          );
          assert.deepEqual(told, []);
          await page.screenshot({
            path: path.join(screenshots, `${name.replace('/', '-')}-${colorScheme}.png`),
          });
          await close();
        });
      }

      for (const [device, width] of [
        ['phone', 360],
        ['tablet', 768],
        ['wide screen', 1600],
      ] as const) {
        it(`clips nothing on a ${device}`, async () => {
          const { page, close } = await open(name, { viewport: { width, height: 800 } });
          assert.deepEqual(await page.evaluate(clipped), []);
          if (device === 'phone') {
            await page.screenshot({ path: path.join(screenshots, `${name.replace('/', '-')}-phone.png`) });
          }
          await close();
        });
      }

      it('clips nothing in print, and prints dark on white even where the screen is dark', async () => {
        const { page, close } = await open(name, {
          viewport: { width: 700, height: 1000 },
          colorScheme: 'dark',
        });
        await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
        assert.deepEqual(await page.evaluate(clipped), []);
        assert.deepEqual(await page.evaluate(scrolled), []);
        const [ink, paper] = await page.evaluate(() => {
          const style = getComputedStyle(document.body);
          return [style.color, style.backgroundColor];
        });
        assert.deepEqual([ink, paper], ['rgb(28, 32, 36)', 'rgb(255, 255, 255)']);
        await close();
      });

      it('shows every chart, drawn and with a text for those who cannot see it', async () => {
        const { page, close } = await open(name);
        for (const chart of await page.locator('.chart').all()) {
          const box = await chart.boundingBox();
          assert.ok(box && box.width > 100 && box.height > 50, JSON.stringify(box));
          assert.equal(await chart.locator('.live, .still:visible').count(), 1, 'live, or a picture');
          const drawn = await chart.evaluate(element => ({
            shapes: element.querySelectorAll('path, rect, circle, line, img').length,
            text:
              element.querySelector('svg')?.getAttribute('aria-label') ??
              element.querySelector('svg title')?.textContent ??
              element.querySelector('img')?.alt ??
              '',
          }));
          assert.ok(drawn.shapes > 0 && drawn.text.length > 3, JSON.stringify(drawn));
        }
        await close();
      });
    });
  }

  it('paper gets the pictures and the values that were opened, not the live views and their controls', async () => {
    const { page, close } = await open('fixtures/charts');
    await page.locator('.values summary').first().click();
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.still:visible').count(), await page.locator('.chart').count());
    assert.equal(await page.locator('.live:visible, .controls:visible').count(), 0);
    assert.equal(await page.locator('.values:visible').count(), 1);
    await page.emulateMedia({ media: 'screen' });
    assert.equal(await page.locator('.still:visible').count(), 0);
    await close();
  });

  it('the course shows charts at all, and light differs from dark', async () => {
    let charts = 0;
    for (const name of names) {
      const { page, close } = await open(name);
      charts += await page.locator('.chart svg').count();
      await close();
    }
    assert.ok(charts >= names.length, `${charts} charts in ${names.length} notebooks`);
    const background = async (colorScheme: 'light' | 'dark') => {
      const { page, close } = await open('index', { colorScheme });
      const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      await close();
      return colour;
    };
    assert.equal(await background('light'), 'rgb(255, 255, 255)');
    assert.equal(await background('dark'), 'rgb(21, 24, 28)');
  });

  it('the contents lead to each section and the foot to the other reports, without scripts', async () => {
    const context = await browser.newContext({ offline: true, javaScriptEnabled: false });
    const page = await context.newPage();
    for (const [i, name] of names.entries()) {
      await page.goto(pathToFileURL(path.join(testReports, `${name}.html`)).href);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      assert.match(page.url(), /#content$/, 'the first stop skips to the content');
      const sections = page.locator('main section.prose h2');
      const entries = page.locator('.contents li a');
      await page.locator('.contents summary').click();
      assert.deepEqual(await entries.allTextContents(), await sections.allTextContents());
      await entries.last().click();
      assert.ok((await sections.last().boundingBox())!.y < 720, 'it is on the screen');
      const dead = await page.evaluate(() =>
        [...document.querySelectorAll('main a[href^="#"]')]
          .map(link => decodeURIComponent(link.getAttribute('href')!.slice(1)))
          .filter(id => !document.getElementById(id)),
      );
      assert.deepEqual(dead, []);
      const targets = await page
        .locator('.pages a')
        .evaluateAll(links => links.map(link => link.getAttribute('href')));
      assert.deepEqual(
        targets,
        [names[i - 1], 'index', names[i + 1]].flatMap(to => (to ? [`${to}.html`] : [])),
      );
    }
    await context.close();
  });

  it('columns keep their lines: on a phone they scroll, on A4 there is room for them', async () => {
    let scrolling = 0;
    for (const name of names) {
      const { page, close } = await open(name, { viewport: { width: 390, height: 800 } });
      const columns = page.locator('pre.aligned:visible');
      const kept = () =>
        columns.evaluateAll(all =>
          all.map(pre => {
            const lines = pre.textContent.replace(/\n$/, '').split('\n').length;
            const style = getComputedStyle(pre);
            const room = pre.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
            return {
              wrapped: Math.round(room / parseFloat(style.lineHeight)) > lines,
              cut: pre.scrollWidth > pre.clientWidth + 1,
              stop: pre.tabIndex === 0,
            };
          }),
        );
      const onPhone = await kept();
      scrolling += onPhone.filter(({ cut }) => cut).length;
      assert.ok(
        onPhone.every(({ wrapped, stop }) => !wrapped && stop),
        JSON.stringify(onPhone),
      );
      // 174 mm between margins of 18 mm.
      await page.setViewportSize({ width: 658, height: 1000 });
      await page.emulateMedia({ media: 'print' });
      const onPaper = await kept();
      assert.ok(
        onPaper.every(({ wrapped, cut }) => !wrapped && !cut),
        JSON.stringify(onPaper),
      );
      await close();
    }
    assert.ok(scrolling > 0, 'the course has columns wider than a phone');
  });

  it('a chart whose narrow layout is wider than a phone scrolls and stays readable', async () => {
    const name = names.find(one => one.startsWith('02'))!;
    const { page, close } = await open(name, { viewport: { width: 390, height: 800 } });
    const sizes = await page.locator('.chart:has(> .still > .kp-scroll) > .live').evaluateAll(all =>
      all.map(box => ({
        room: box.clientWidth,
        drawn: box.querySelector('svg')!.getBoundingClientRect().width,
        layout: box.querySelector('svg')!.viewBox.baseVal.width,
      })),
    );
    assert.ok(sizes.length > 0);
    for (const { room, drawn, layout } of sizes) {
      assert.ok(drawn > room && drawn >= Math.min(layout, 720) - 1, JSON.stringify({ room, drawn, layout }));
    }
    await close();
  });

  it('paper keeps a number with its source, a short source with its output, and cards in one piece', async () => {
    const { page, close } = await open('fixtures/ok');
    await page.emulateMedia({ media: 'print' });
    const breaks = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate(element => {
          const { display, breakAfter, breakInside } = getComputedStyle(element);
          return { display, breakAfter, breakInside };
        });
    assert.deepEqual(await breaks('.number'), { display: 'block', breakAfter: 'avoid', breakInside: 'auto' });
    assert.deepEqual(await breaks('.source.short:has(+ .outputs)'), {
      display: 'block',
      breakAfter: 'avoid',
      breakInside: 'avoid',
    });
    await close();
    const index = await open('fixtures/index');
    await index.page.emulateMedia({ media: 'print' });
    const card = await index.page
      .locator('.card')
      .first()
      .evaluate(element => {
        const { display, breakInside } = getComputedStyle(element);
        return { display, breakInside };
      });
    assert.deepEqual(card, { display: 'block', breakInside: 'avoid' });
    await index.close();
  });

  it('the error stands in its place', async () => {
    const { page, close } = await open('fixtures/throws');
    await page.getByRole('link', { name: 'cell 2', exact: true }).click();
    assert.ok(await page.locator('#cell-2 pre.error').isVisible());
    assert.match(
      (await page.locator('#cell-2 pre.error').textContent()) ?? '',
      /RangeError: the second cell throws/,
    );
    assert.ok(await page.getByText('Not run: a cell before it failed.').isVisible());
    await close();
  });
});

/** In the page: elements that reach beyond the window, unless they lie in a box that scrolls. */
function clipped(): string[] {
  const width = document.documentElement.clientWidth;
  const inScroller = (element: Element): boolean => {
    for (let box: Element | null = element; box; box = box.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(box).overflowX)) return true;
      // What an SVG draws outside its view is cut off by its own edge, which is looked at too.
      if (box !== element && box.tagName.toLowerCase() === 'svg') return true;
    }
    return false;
  };
  const wide = [...document.body.querySelectorAll('*')].filter(
    element => element.getBoundingClientRect().right > width + 1 && !inScroller(element),
  );
  if (document.documentElement.scrollWidth > width) wide.unshift(document.documentElement);
  return wide.map(
    element =>
      `${element.tagName} ${element.getAttribute('class') ?? ''} ${(element.textContent ?? '').slice(0, 40)}`,
  );
}

/** In the page: boxes that would need scrolling, which paper cannot do. */
function scrolled(): string[] {
  return [...document.querySelectorAll('pre, .scroll')]
    .filter(element => element.scrollWidth > element.clientWidth + 1)
    .map(element => `${element.tagName} ${(element.textContent ?? '').slice(0, 60)}`);
}
