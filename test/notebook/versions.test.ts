import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { versions } from '../../src/notebook/versions';
import { recordProvenance } from '../../src/provenance/provenance';
import { root } from './KernelClient';

describe('versions', () => {
  it('names the data and engines used, the versions and the machine', () => {
    recordProvenance('data', 'versions test', 'sample');
    recordProvenance('engine', 'versions test', 'cpu');
    const all = new Map(versions().rows.map(([what, version]) => [what, version]));
    assert.equal(all.get('data: versions test'), 'sample');
    assert.equal(all.get('engine: versions test'), 'cpu');
    const own: { version: string; dependencies: Record<string, string> } = JSON.parse(
      readFileSync(path.join(root, 'package.json'), 'utf8'),
    );
    assert.equal(all.get('keras-primer'), own.version);
    assert.equal(all.get('Vega-Lite'), own.dependencies['vega-lite']);
    assert.equal(all.get('tslab'), own.dependencies.tslab);
    assert.match(String(all.get('TensorFlow.js')), /^4\.22\.0, back end (wasm|cpu|not chosen yet)$/);
    assert.equal(all.get('TypeScript of the cells'), '5.0.4');
    assert.equal(all.get('Node.js'), process.versions.node);
    assert.ok(all.get('system'));
    assert.match(String(all.get('processor')), /^\d+ × .+, \d+ GB of memory$/);
  });
});
