import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, it } from 'mocha';
import type { Browser, ElementHandle, Page, Viewport } from 'puppeteer-core';
import { checkout, fixtures, testReports } from '../notebooks/runNotebooks';
import { freshReports } from './freshReports';
import { type BrowserName, find, launch, open, untilLive } from './launch';

const screenshots = path.join(checkout, '.cache', 'screenshots');
const names = readdirSync(path.join(checkout, 'notebooks'))
  .filter(file => file.endsWith('.ipynb'))
  .map(file => path.basename(file, '.ipynb'));
const address = (name: string) => pathToFileURL(path.join(testReports, `${name}.html`)).href;
const charts = address('fixtures/charts');

for (const name of ['Chromium', 'Firefox'] as const) {
  describe(`live reports in ${name}, from file:// without a network`, () => {
    if (!find(name)) {
      it(`not run: ${name} is not installed`, () => {});
      return;
    }
    describe('the course', () => courseTests(name));
    describe('what a reader can do', () => readerTests(name));
  });
}

function courseTests(name: BrowserName): void {
  let browser: Browser;
  before(async () => {
    mkdirSync(screenshots, { recursive: true });
    await freshReports(names);
    browser = await launch(name);
  });
  after(() => browser.close());

  for (const report of names) {
    it(`${report}: every chart comes to life, without a complaint`, async () => {
      const { page, trouble } = await open(browser, address(report));
      await untilLive(page);
      const { figures, live, times } = await page.evaluate(() => ({
        figures: document.querySelectorAll('.chart[data-figure]').length,
        live: document.querySelectorAll('.chart.is-live').length,
        times: [
          ...performance.getEntriesByType('paint'),
          ...performance.getEntriesByName('figures-live'),
        ].map(entry => `${entry.name} ${Math.round(entry.startTime)} ms`),
      }));
      const megabytes = statSync(path.join(testReports, `${report}.html`)).size / 1e6;
      console.log(`      ${live} charts, ${megabytes.toFixed(2)} MB, ${times.join(', ')}`);
      assert.deepEqual(await trouble(), []);
      assert.ok(figures > 0);
      assert.equal(live, figures);
      await page.close();
    });
  }
}

function readerTests(name: BrowserName): void {
  let browser: Browser;
  before(async () => {
    mkdirSync(screenshots, { recursive: true });
    await freshReports(['charts'], { notebooks: fixtures, reports: path.join(testReports, 'fixtures') });
    browser = await launch(name);
  });
  after(() => browser.close());

  /** The fixture with one chart for each thing that a reader can do. */
  async function openCharts(viewport?: Viewport) {
    const opened = await open(browser, charts, viewport);
    await untilLive(opened.page);
    return opened;
  }

  it('a live chart takes the place of its picture to the pixel, wide and on a phone', async () => {
    for (const width of [1280, 700, 360]) {
      const { page } = await openCharts({ width, height: 800 });
      const boxes = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.chart.is-live')].map(figure => {
          const height = () => figure.getBoundingClientRect().height;
          const live = height();
          figure.querySelector<HTMLElement>('.live')!.style.display = 'none';
          figure.classList.remove('is-live');
          return [live, height()] as const;
        }),
      );
      assert.ok(boxes.length >= 6);
      for (const [live, still] of boxes)
        assert.ok(Math.abs(live - still) <= 1, `${width}: ${live} and ${still}`);
      await page.close();
    }
  });

  it('hovering tells the values, text never as markup', async () => {
    const { page, trouble } = await openCharts();
    await hover(page, 2, '.mark-line path', 0.02, 0.1);
    await page.waitForSelector('#vg-tooltip-element.visible');
    const [text, markup] = await page.$eval('#vg-tooltip-element', element => [
      element.textContent ?? '',
      element.querySelectorAll('b, script').length,
    ]);
    assert.match(String(text), /epoch.*1.*<\/script><b>影评<\/b>.*0\.4.*plain.*0\.35/s);
    assert.equal(markup, 0);
    await page.screenshot({ path: path.join(screenshots, `live-tooltip-${name}.png`) });
    assert.deepEqual(await trouble(), []);
    await page.close();
  });

  if (name === 'Chromium') {
    // Firefox takes no taps from puppeteer.
    it('on a phone a tap tells the values, within the window, until the page is tapped or scrolled', async () => {
      const { page, trouble } = await openCharts({ width: 360, height: 700, hasTouch: true, isMobile: true });
      const told = () =>
        page.evaluate(() => document.querySelector('#vg-tooltip-element.visible')?.textContent);
      const tapAt = async (chart: number, x: number, y = 0.5) => {
        const figure = (await page.$$('.chart'))[chart - 1]!;
        await figure.evaluate(element => element.scrollIntoView({ block: 'center' }));
        await page.evaluate(
          () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))),
        );
        const plot = (await (await figure.$('.live .mark-line path, .live .mark-rect path'))!.boundingBox())!;
        const place = { x: plot.x + plot.width * x, y: plot.y + plot.height * y };
        await page.touchscreen.tap(place.x, place.y);
        return place;
      };
      for (const [x, value] of [
        [0.02, /epoch.*1.*0\.4/s],
        [0.5, /epoch.*2.*0\.3/s],
        [0.98, /epoch.*3.*0\.2/s],
      ] as const) {
        await tapAt(2, x);
        await until(async () => value.test((await told()) ?? ''));
        const box = await page.$eval('#vg-tooltip-element', element => {
          const { left, right, top, bottom } = element.getBoundingClientRect();
          return { left, right: innerWidth - right, top, bottom: innerHeight - bottom };
        });
        assert.ok(Math.min(...Object.values(box)) >= 0, JSON.stringify(box));
        await page.screenshot({ path: path.join(screenshots, `live-tap-${x}.png`) });
      }
      // Outside.
      await page.touchscreen.tap(180, 20);
      await until(async () => (await told()) === undefined);
      // A bar, then a finger that begins on the chart and scrolls.
      await tapAt(5, 0.5);
      await until(async () => /name.*x/s.test((await told()) ?? ''));
      const { x, y } = await tapAt(5, 0.5);
      const top = await page.evaluate(() => scrollY);
      await page.touchscreen.touchStart(x, y);
      for (let i = 1; i <= 10; i++) await page.touchscreen.touchMove(x, y - 15 * i);
      await page.touchscreen.touchEnd();
      await until(async () => (await page.evaluate(() => scrollY)) > top + 50);
      assert.equal(await told(), undefined);
      assert.deepEqual(await trouble(), []);
      await page.close();
    });
  }

  /** How opaque the lines of the second chart are. */
  const lineOpacities = (page: Page): Promise<number[]> =>
    page.evaluate(() =>
      [...document.querySelectorAll('.chart')[1]!.querySelectorAll('.live .mark-line path')].map(line =>
        Number(line.getAttribute('opacity')),
      ),
    );

  it('a legend entry picks its line, by mouse and by keyboard', async () => {
    const { page } = await openCharts();
    const opacity = () => lineOpacities(page);
    const entries = await page.$$('.live [role=button]');
    assert.deepEqual(await opacity(), [1, 1]);
    await entries[1]!.click();
    await until(async () => (await opacity())[0] === 0.12);
    assert.deepEqual(await opacity(), [0.12, 1]);
    assert.equal(await entries[1]!.evaluate(entry => entry.getAttribute('aria-pressed')), 'true');
    await focus(entries[1]!);
    await page.keyboard.press('Enter');
    await until(async () => (await opacity())[0] === 1);
    await focus(entries[0]!);
    await page.keyboard.press(' ');
    await until(async () => (await opacity())[1] === 0.12);
    await page.close();
  });

  it('what was picked in a legend stays picked when the window becomes narrow, and wide again', async () => {
    const { page } = await openCharts();
    const lines = () => lineOpacities(page);
    const width = () =>
      page.evaluate(
        () =>
          document.querySelectorAll('.chart')[1]!.querySelector<SVGSVGElement>('.live svg')!.viewBox.baseVal
            .width,
      );
    await (await page.$$('.live [role=button]'))[1]!.click();
    await until(async () => (await lines())[0] === 0.12);
    const wide = await width();
    await page.setViewport({ width: 360, height: 800 });
    await until(async () => (await width()) < wide);
    assert.deepEqual(await lines(), [0.12, 1]);
    await page.setViewport({ width: 1280, height: 800 });
    await until(async () => (await width()) === wide);
    assert.deepEqual(await lines(), [0.12, 1]);
    // And can be taken back.
    await (await page.$$('.live [role=button]'))[1]!.click();
    await until(async () => (await lines())[0] === 1);
    await page.close();
  });

  for (const [title, marks] of [
    ['Two paths', '.mark-symbol:not(.role-legend-symbol) > path'],
    ['Two curves', '.mark-line path'],
    ['Two groups', '.mark-rect path'],
  ] as const) {
    it(`a legend entry picks one of what is drawn in "${title}"`, async () => {
      const { page } = await openCharts();
      const figures = await page.$$('.chart');
      const titles = await Promise.all(
        figures.map(chart => chart.evaluate(({ textContent }) => textContent ?? '')),
      );
      const figure = figures[titles.findIndex(text => text.includes(title))]!;
      const opacities = () =>
        figure.$$eval(`.live ${marks}`, drawn => [
          ...new Set(drawn.map(mark => Number(mark.getAttribute('opacity') ?? 1))),
        ]);
      await figure.scrollIntoView();
      assert.deepEqual(await opacities(), [1]);
      const entries = await figure.$$('.live [role=button]');
      assert.equal(entries.length, 2);
      await entries[0]!.click();
      await until(async () => (await opacities()).includes(0.12));
      assert.deepEqual(
        (await opacities()).toSorted((a, b) => a - b),
        [0.12, 1],
      );
      await page.close();
    });
  }

  it('a slider moves its chart, by keyboard too, and says where it stands', async () => {
    const { page } = await openCharts();
    const slider = (await page.$('.controls input[type=range]'))!;
    const state = () =>
      page.evaluate(() => {
        const figure = document.querySelector('.controls input[type=range]')!.closest('.chart')!;
        return [
          figure.querySelector('output')!.value,
          figure.querySelector('.controls label')!.textContent,
          figure.querySelectorAll('.live .mark-symbol.layer_1_layer_1_marks path, .live .mark-line path')
            .length > 0,
          // The lines of equal loss come first, then the path.
          [...figure.querySelectorAll('.live .mark-line path')].at(-1)?.getAttribute('d')?.match(/L/g)
            ?.length ?? 0,
        ];
      });
    assert.deepEqual(await state(), ['5', 'step 5', true, 5]);
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await until(async () => (await state())[3] === 3);
    assert.equal((await state())[0], '3');
    await page.close();
  });

  it('a screen reader hears what a moved slider shows, and the label stays true', async () => {
    const { page } = await openCharts();
    const slider = (await page.$('.controls [data-signal=threshold]'))!;
    const heard = () =>
      slider.evaluate(element => {
        const figure = element.closest('.chart')!;
        const room = figure.querySelector('.live > div')!;
        return {
          value: element.getAttribute('aria-valuetext'),
          status: figure.querySelector('[role=status]')!.textContent,
          label: room.getAttribute('aria-label'),
          ofPicture: room.hasAttribute('aria-labelledby'),
          live: figure.querySelector('output')!.getAttribute('aria-live'),
        };
      });
    const at = (threshold: string, rest: string) =>
      `threshold ${threshold}: ${rest} wrong of the others, precision 0.500, recall 0.500, accuracy 0.500`;
    const half = at('0.50', '1 right and 1 wrong of those called positive, 1 right and 1');
    assert.deepEqual(await heard(), { value: half, status: '', label: null, ofPicture: true, live: 'off' });
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    const more = half.replace('0.50', '0.51');
    await until(async () => (await heard()).value === more);
    assert.equal((await heard()).status, '', 'a moving slider is not spoken at each step');
    await until(async () => (await heard()).status === more);
    const label = `What the threshold decides. ${more}`;
    assert.deepEqual(await heard(), { value: more, status: more, label, ofPicture: false, live: 'off' });
    // The narrow layout is another view.
    await page.setViewport({ width: 360, height: 800 });
    const width = () =>
      slider.evaluate(
        element =>
          element.closest('.chart')!.querySelector<SVGSVGElement>('.live svg')!.viewBox.baseVal.width,
      );
    await until(async () => (await width()) < 400);
    assert.equal((await heard()).label, label);
    await page.close();
  });

  it('a menu, buttons and a box move their chart', async () => {
    const { page } = await openCharts();
    const labels = () =>
      page.evaluate(() => {
        const figure = document.querySelector('.controls select')!.closest('.chart')!;
        return [...figure.querySelectorAll('.live .role-axis-label text')].map(label => label.textContent);
      });
    assert.ok((await labels()).includes('2.0'));
    await page.select('.controls select', '"b"');
    await until(async () => (await labels()).includes('4'));
    await page.click('.controls input[value="10"]');
    await until(async () => (await labels()).includes('40'));
    await page.click('.controls input[type=checkbox]');
    await until(async () => (await labels()).includes('−40'));
    await page.close();
  });

  it('the wheel scrolls the page; with Ctrl it zooms, around the pointer also where the chart is drawn smaller; a drag moves, a double click takes all back', async () => {
    const { page } = await openCharts({ width: 700, height: 800 });
    const figure = (await page.$$('.chart')).at(-1)!;
    await figure.evaluate(element => element.scrollIntoView({ block: 'center' }));
    const ticks = () =>
      figure.evaluate(element =>
        [...element.querySelectorAll('.live .role-axis-label')].map(axis =>
          [...axis.querySelectorAll('text')]
            .map(label => Number(label.textContent?.replace('−', '-')))
            .sort((a, b) => a - b),
        ),
      );
    const cutOff = () => figure.$$eval('.live [clip-path]', marks => marks.length);
    const atFirst = await ticks();
    assert.equal(await cutOff(), 0);
    assert.deepEqual([atFirst[0]!.at(0), atFirst[0]!.at(-1)], [0, 100]);
    const box = (await (await figure.$('.live svg'))!.boundingBox())!;
    assert.ok(box.width < 700, 'smaller than it was drawn');
    // At the right end of the axis, which must stay where it is.
    await page.mouse.move(box.x + box.width - 10, box.y + box.height / 2);
    const top = await page.evaluate(() => scrollY);
    await page.mouse.wheel({ deltaY: -200 });
    await until(async () => (await page.evaluate(() => scrollY)) !== top);
    assert.deepEqual(await ticks(), atFirst);
    await figure.evaluate(
      (element, x) => {
        const svg = element.querySelector('.live svg')!;
        const { top: y, height } = svg.getBoundingClientRect();
        const target = document.elementFromPoint(x, y + height / 2) ?? svg;
        for (let i = 0; i < 3; i++)
          target.dispatchEvent(
            new WheelEvent('wheel', {
              deltaY: -300,
              ctrlKey: true,
              bubbles: true,
              cancelable: true,
              clientX: x,
              clientY: y + height / 2,
            }),
          );
      },
      box.x + box.width - 10,
    );
    await until(async () => (await ticks())[0]!.at(0) !== 0);
    const [x = []] = await ticks();
    assert.ok(x.at(0)! > 10 && x.at(-1)! >= 90, `zoomed to ${x.join(' ')}`);
    assert.ok((await cutOff()) > 0);
    const middle = {
      x: box.x + box.width / 2,
      y: box.y + box.height / 2 + (top - (await page.evaluate(() => scrollY))),
    };
    await page.mouse.move(middle.x, middle.y);
    await page.mouse.down();
    await page.mouse.move(middle.x + 200, middle.y, { steps: 5 });
    await page.mouse.up();
    await until(async () => (await ticks())[0]!.at(0)! < x.at(0)!);
    await page.mouse.click(middle.x, middle.y, { count: 2 });
    await until(async () => JSON.stringify(await ticks()) === JSON.stringify(atFirst));
    assert.equal(await cutOff(), 0);
    await page.close();
  });

  it('the values are a table that the keyboard opens', async () => {
    const { page } = await openCharts();
    const summary = (await page.$('.values summary'))!;
    await summary.focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.values[open] td');
    const [head, first] = await page.$eval('.values[open] table', table =>
      [...table.rows].map(row => [...row.cells].map(cell => cell.textContent)),
    );
    assert.deepEqual(head, [
      'epoch',
      'training loss',
      'validation loss',
      'training accuracy',
      'validation accuracy',
    ]);
    assert.deepEqual(first, ['1', '0.9', '0.8', '0.6', '0.62']);
    await page.close();
  });

  it('a chart takes its narrow layout when the window becomes narrow, and keeps its controls', async () => {
    const { page } = await openCharts();
    const columns = () =>
      page.evaluate(() => {
        const panels = [
          ...document.querySelectorAll('.chart')[0]!.querySelectorAll('.live .role-axis-title text'),
        ];
        return new Set(panels.map(panel => Math.round(panel.getBoundingClientRect().left / 40))).size;
      });
    const wide = await columns();
    await page.setViewport({ width: 360, height: 800 });
    await until(async () => (await columns()) < wide);
    assert.equal(
      await page.$eval('.chart .live', element => element.scrollWidth <= element.clientWidth),
      true,
    );
    await page.close();
  });

  it('dark: the chart takes the text colour of the page', async () => {
    const other = await launch(name, { dark: true });
    try {
      const { page } = await open(other, charts);
      await untilLive(page);
      const [ink, text] = await page.evaluate(() => [
        getComputedStyle(document.body).color,
        getComputedStyle(document.querySelector('.live .role-axis-label text')!).fill,
      ]);
      assert.deepEqual([ink, text], ['rgb(228, 231, 235)', 'rgb(228, 231, 235)']);
      await page.screenshot({ path: path.join(screenshots, `live-dark-${name}.png`) });
    } finally {
      await other.close();
    }
  });

  it('formulas are drawn', async () => {
    const { page } = await openCharts();
    const drawn = await page.$$eval('math', all =>
      all.map(formula => formula.getBoundingClientRect().height),
    );
    assert.equal(drawn.length, 2);
    assert.ok(drawn[0]! > 8 && drawn[1]! > drawn[0]! * 1.5, drawn.join(', '));
    assert.doesNotMatch(await page.$eval('main', main => main.innerText), /\$|\\frac/);
    await page.close();
  });

  it('without scripts: the pictures, the values on demand, and no control that does nothing', async () => {
    const other = await launch(name, { scripts: false });
    try {
      const page = await other.newPage();
      await page.setViewport({ width: 1280, height: 900 });
      await page.goto(charts);
      // The browser's own tools still look into a page whose scripts do not run.
      const seen = () =>
        page.evaluate(() => ({
          scripted: document.documentElement.classList.contains('scripted'),
          pictures: [...document.querySelectorAll('.still > svg')].filter(
            svg => svg.getBoundingClientRect().height > 50,
          ).length,
          live: document.querySelectorAll('.live').length,
          controls: [...document.querySelectorAll('.controls')].filter(
            box => box.getBoundingClientRect().height > 0,
          ).length,
          values: document.querySelector('.values td')?.checkVisibility(),
        }));
      assert.deepEqual(await seen(), { scripted: false, pictures: 10, live: 0, controls: 0, values: false });
      await (await page.$('.values summary'))!.focus();
      await page.keyboard.press('Enter');
      await until(async () => (await seen()).values === true);
      await page.screenshot({ path: path.join(screenshots, `live-noscript-${name}.png`) });
    } finally {
      await other.close();
    }
  });

  it('prints', async () => {
    const { page, trouble } = await openCharts();
    const pdf = await page.pdf();
    assert.equal(Buffer.from(pdf.slice(0, 5)).toString(), '%PDF-');
    assert.ok(pdf.length > 20_000);
    assert.deepEqual(await trouble(), []);
    await page.close();
  });
}

/** Puppeteer's own `focus` takes no SVG element. */
async function focus(entry: ElementHandle): Promise<void> {
  await entry.evaluate(element => {
    if (element instanceof SVGElement) element.focus();
  });
}

/** Moves the pointer over a mark of the n-th chart (from 1), to these shares of its box. */
async function hover(page: Page, chart: number, selector: string, x: number, y: number): Promise<void> {
  const figure = (await page.$$('.chart'))[chart - 1]!;
  const mark = (await figure.$(`.live ${selector}`))!;
  await mark.evaluate(element => element.scrollIntoView({ block: 'center' }));
  const box = (await mark.boundingBox())!;
  await page.mouse.move(box.x + box.width * x - 20, box.y + box.height * y - 20);
  await page.mouse.move(box.x + box.width * x, box.y + box.height * y);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await condition())) {
    assert.ok(performance.now() < end, 'nothing happened within 10 s');
    await new Promise(done => setTimeout(done, 50));
  }
}
