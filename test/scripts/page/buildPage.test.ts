import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import vm from 'node:vm';
import { after, before, describe, it } from 'mocha';
import { buildPage } from '../../../scripts/page/buildPage.mjs';

const checkout = path.resolve(__dirname, '..', '..', '..');

describe('buildPage', function () {
  this.timeout(60_000);
  let root = '';
  const write = async (file: string, text: string | Uint8Array) => {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  };
  before(async () => {
    root = path.join(await mkdtemp(path.join(os.tmpdir(), 'page-')), '页 面');
    await write(
      'src/page/a/index.ts',
      "import { b } from './b'; import worker from 'inline:./worker.ts';\n(globalThis as any).a = [b, worker];",
    );
    await write('src/page/a/b.ts', "import bytes from '../one.wasm';\nexport const b: number = bytes[1];");
    await write('src/page/a/worker.ts', "import { b } from './b';\npostMessage(`worker ${b}`);");
    await write('src/page/one.wasm', Uint8Array.of(0, 97, 115, 109));
    await write('src/page/shared/notAPage.ts', 'export {};');
    await symlink(path.join(checkout, 'node_modules'), path.join(root, 'node_modules'), 'junction');
  });
  after(() => rm(path.dirname(root), { recursive: true }));

  it('one script for each folder with an index.ts; a worker as text, a .wasm as bytes, nothing imported', async () => {
    assert.deepEqual(await buildPage(root), [path.join(root, 'dist', 'page', 'a.js')]);
    const script = await readFile(path.join(root, 'dist', 'page', 'a.js'), 'utf8');
    const seen: unknown[] = [];
    const context = {
      a: [] as unknown[],
      atob,
      Uint8Array,
      postMessage: (message: unknown) => seen.push(message),
    };
    vm.runInNewContext(script, context);
    assert.equal(context.a[0], 97);
    vm.runInNewContext(String(context.a[1]), context);
    assert.deepEqual(seen, ['worker 97']);
  });

  it('takes away what is no longer built', async () => {
    await write('dist/page/old.js', '');
    await buildPage(root);
    await assert.rejects(readFile(path.join(root, 'dist', 'page', 'old.js')));
  });

  it('says what does not compile', async () => {
    await write('src/page/a/b.ts', "import './missing';");
    await assert.rejects(buildPage(root), /Could not resolve "\.\/missing"/);
  });

  it('the charts of the checkout: small, with the licences of what is in it, and nothing that the page could not carry', async () => {
    const script = await readFile(path.join(checkout, 'dist', 'page', 'charts.js'), 'utf8');
    assert.ok(script.length < 500_000, `${script.length} characters`);
    assert.match(script, /^\/\* .*vega 5\.33\.0, BSD-3-Clause, UW Interactive Data Lab.* \*\/\n/);
    assert.ok(!/<\/script|<!--/i.test(script));
  });
});
