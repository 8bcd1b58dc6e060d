import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { findNative } from '../../../src/engines/native/findNative';
import { FakeInstall } from './fakeInstall';

describe('findNative', () => {
  let fake: FakeInstall | undefined;
  const found = (
    options: ConstructorParameters<typeof FakeInstall>[0],
    place?: ConstructorParameters<typeof FakeInstall>[1],
  ) => {
    fake = new FakeInstall(options, place);
    return findNative('cpu', ...fake.places);
  };
  afterEach(() => {
    fake?.remove();
    fake = undefined;
  });

  it("finds a program's own package", () => {
    assert.deepEqual(found({}), {
      kind: 'cpu',
      folder: fake!.folder,
      from: 'package',
      version: '4.22.0',
    });
  });

  it('finds an engine, with what its installer noted', () => {
    fake = new FakeInstall({}, ['engines', 'cpu', 'node_modules', '@tensorflow', 'tfjs-node']);
    writeFileSync(
      path.join(fake.project, 'engines', 'cpu', 'engine.json'),
      JSON.stringify({ kind: 'cpu', version: '4.22.0', tensorflow: '2.15.1' }),
    );
    assert.deepEqual(findNative('cpu', ...fake.places), {
      kind: 'cpu',
      folder: fake.folder,
      from: 'engine',
      version: '4.22.0',
      tensorflow: '2.15.1',
    });
  });

  it('takes no notice of another package in its place, such as the alias that danfojs gets', () => {
    assert.equal(found({ name: '@tensorflow/tfjs' }), '@tensorflow/tfjs-node is not installed');
    assert.equal(findNative('gpu', ...fake!.places), '@tensorflow/tfjs-node-gpu is not installed');
  });

  it('refuses another version, a second copy of TensorFlow.js and a missing library', () => {
    assert.equal(
      found({ version: '4.20.0' }),
      'tfjs-node is version 4.20.0, and TensorFlow.js here is 4.22.0: install the same version',
    );
    fake!.remove();
    assert.equal(
      found({ ownTfjs: true }),
      'tfjs-node has its own copy of @tensorflow/tfjs: install both so that they share one',
    );
    fake!.remove();
    assert.equal(
      found({ binding: false }),
      'tfjs-node lacks its native library, which its installation could not get',
    );
  });
});
