import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { describe, it } from 'mocha';
import { finishPage } from '../../../scripts/report/finishPage.mjs';
import { plotBars } from '../../../src/charts';

const scripts = { charts: 'charts("$&")', playground: 'playground()' };
const policy = `<meta content="default-src 'none'; img-src data:; style-src 'unsafe-inline'" http-equiv="Content-Security-Policy"/>`;
const page = (body: string) => `<!doctype html><head>${policy}</head><body>${body}\n</body>\n</html>`;
const figure = (data: object, svg = '<svg><title id="t">A &lt;b&gt; &amp; c</title></svg>') =>
  `<figure class="chart"><script class="figure-data" type="application/json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script><div class="still">${svg}</div></figure>`;
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The scripts of a page that run, and the policy's hashes. */
function running(html: string): { texts: string[]; allowed: string } {
  return {
    texts: [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text!),
    allowed: /script-src ([^;"]*)/.exec(html)?.[1] ?? '',
  };
}
/** The JSON of each figure's parts, as scripts/report/figureLines.mjs writes them. */
const dataOf = (html: string): string[][] => {
  const [, text = ''] = /class="figure-data">([^<]*)</.exec(html) ?? [];
  const [, ...lines] = inflateSync(Buffer.from(text, 'base64')).toString().split('\n');
  return Array.from({ length: lines.length / 4 }, (_, i) => lines.slice(i * 4, i * 4 + 4));
};

describe('finishPage', () => {
  it('a page without figures stays as it is', async () => {
    const html = page('<p>a</p><figure class="chart"><img></figure>');
    assert.deepEqual(await finishPage(html, scripts), { html, problems: [] });
  });

  it('a chart gets its data, its values and the script, which the policy names by hash and nothing more', async () => {
    const { html, problems } = await finishPage(
      page(figure({ chart: plotBars({ a: 1, b: 2 }).spec })),
      scripts,
    );
    assert.deepEqual(problems, []);
    const { texts, allowed } = running(html);
    assert.equal(texts.length, 2);
    assert.equal(texts[1], scripts.charts);
    assert.equal(allowed, texts.map(hash).join(' '));
    assert.match(
      html,
      /content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src [^;]*"/,
    );
    assert.ok(html.indexOf(texts[1] ?? '') > html.indexOf('</figure>'), 'after what it works on');
    assert.ok(html.indexOf(texts[0] ?? '') < html.indexOf('</head>'), 'before anything is painted');
    assert.match(html, /<summary>Values<span class="unseen"> of the chart: A &#60;b&#62; &#38; c<\/span>/);
    assert.match(html, /<figure data-figure="0" class="chart">/);
    assert.equal(dataOf(html).length, 1);
  });

  it('a playground brings its script, WebAssembly and workers; without one none of them', async () => {
    const config = { text: '</script><b>', seed: 1 };
    const { html } = await finishPage(page(figure({ playground: config, text: 'values' })), scripts);
    const { texts, allowed } = running(html);
    assert.deepEqual(texts.slice(1), [scripts.playground, scripts.charts]);
    assert.equal(allowed, `${texts.map(hash).join(' ')} 'wasm-unsafe-eval'`);
    assert.match(html, /; worker-src blob:"/);
    assert.deepEqual(dataOf(html), [['', '', '', JSON.stringify(config)]]);
    assert.match(html, /<pre tabindex="0">values<\/pre>/);
  });

  it('a playground without its script, and a chart that Vega refuses, stay pictures with their text', async () => {
    const broken = { title: 'x', mark: 'no such mark', data: { values: [] }, encoding: {} };
    const { html, problems } = await finishPage(
      page(figure({ playground: {}, text: 'a' }) + figure({ chart: broken, text: 'b <i>' })),
      { charts: scripts.charts },
    );
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, /^figure 2 \(A <b> & c\) stays a picture: /);
    assert.deepEqual(running(html).texts, []);
    assert.ok(html.includes(policy) && !html.includes('figure-data'));
    assert.match(html, /<pre tabindex="0">b &#60;i&#62;<\/pre>/);
  });

  it('text of a chart is never markup', async () => {
    const nasty = '</script><script>alert(1)</script><!--';
    const { html } = await finishPage(
      page(figure({ chart: plotBars({ [nasty]: 1 }, { title: nasty }).spec, text: nasty })),
      scripts,
    );
    assert.equal(running(html).texts.length, 2);
    assert.ok(!html.includes('alert(1)</script>'));
    assert.ok(dataOf(html).flat().join().includes(nasty), 'the data hold it as it is');
  });

  it('refuses a script that would end itself', async () => {
    await assert.rejects(
      finishPage(page(figure({ chart: plotBars({ a: 1 }).spec })), { charts: 'a = "</script>"' }),
      /holds "<\/script"/,
    );
  });
});
