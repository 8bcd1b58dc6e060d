import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { inspect } from 'node:util';
import { Chart } from '../../src/charts/Chart';
import { plotLines } from '../../src/charts/plotLines';
import { shaped } from './untyped';

const chart = () => plotLines({ loss: [0.9, 0.5, 0.3] }, { title: 'Loss' });

describe('Chart', () => {
  it('gives one bundle of Vega-Lite, SVG and text, and hides how', async () => {
    const one = chart();
    const key = Symbol.for('keras-primer.display');
    assert.equal(Object.getOwnPropertyDescriptor(one, key)?.enumerable, false);
    const bundle = await shaped<Record<symbol, () => Promise<Record<string, unknown>>>>(one)[key]!();
    assert.deepEqual(Object.keys(bundle), [
      'application/vnd.vegalite.v5+json',
      'application/vnd.keras-primer.narrow+json',
      'image/svg+xml',
      'text/plain',
    ]);
    assert.equal(bundle['application/vnd.vegalite.v5+json'], one.spec);
    assert.equal(bundle['image/svg+xml'], await one.toSVG());
    assert.equal(bundle['text/plain'], 'Loss\n  loss: 0.9 (epoch 1) → 0.3 (epoch 3)');
    assert.equal(inspect(one), bundle['text/plain']);
  });

  it('is its specification as JSON, with nothing to fetch', () => {
    const json = JSON.stringify(chart());
    assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(chart().spec)));
    assert.deepEqual(json.match(/https?:[^"]*/g), ['https://vega.github.io/schema/vega-lite/v5.json']);
  });

  it('draws the same picture each time, with ids of its own, text alternatives and nothing to fetch', async () => {
    const [one, again] = [await chart().toSVG(), await chart().toSVG()];
    assert.equal(one, again);
    assert.match(
      one,
      /<title id="kp-\w+-t">Loss<\/title><desc id="kp-\w+-d">1 lines: value by epoch\. loss: 0\.9/,
    );
    const ids = [...one.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.every(id => id.startsWith('kp-')));
    const other = await plotLines({ loss: [1, 2] }).toSVG();
    assert.ok(ids.every(id => !other.includes(`"${id}"`)));
    assert.ok(!/href|<script|@import|url\((?!#)/.test(one));
  });

  it('takes the text colour of the page, and no text is under 11 px', async () => {
    const svg = await chart().toSVG();
    // What all texts of a group have in common stands at the group.
    const texts = [...svg.matchAll(/(<g class="mark-text[^>]*>)((?:(?!<\/g>).)*)/g)].flatMap(
      ([, group, body]) => [...body!.matchAll(/<text [^>]*>/g)].map(([tag]) => group! + tag),
    );
    assert.ok(texts.length > 10);
    for (const tag of texts) {
      assert.ok(tag.includes('fill="currentColor"'), tag);
      assert.ok(Number(/font-size="([\d.]+)px"/.exec(tag)?.[1]) >= 11, tag);
    }
    assert.ok(svg.includes('Noto Sans CJK SC'));
  });

  it('fails rather than draws a wrong picture when vega warns', async () => {
    const view = {
      data: { values: [{ a: 1 }] },
      mark: 'bar',
      encoding: { shape: { field: 'a', type: 'quantitative' } },
    };
    const wrong = new Chart({ title: 'Wrong', description: '', text: [], view });
    await assert.rejects(wrong.toSVG(), /^Error: vega: warns: /);
  });

  it('does not load vega before it draws', () => {
    const script = `
      const { plotLines } = require('./src/charts/plotLines');
      const chart = plotLines({ a: [1, 2] });
      const loaded = () => Object.keys(require.cache).some(name => /node_modules.vega/.test(name));
      const before = loaded();
      chart.toSVG().then(() => console.log(JSON.stringify([before, loaded()])));`;
    const out = execFileSync(process.execPath, ['--require', 'tsx/cjs', '--eval', script], {
      cwd: path.join(__dirname, '../..'),
      encoding: 'utf8',
    });
    assert.equal(out.trim(), '[false,true]');
  });
});
