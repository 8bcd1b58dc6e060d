import assert from 'node:assert/strict';
import path from 'node:path';
import { kernelName, kernelSpec } from '../../src/notebook/kernelSpec';

describe('kernelSpec', () => {
  it('starts tslab with the preload on Linux and macOS, interrupted by a signal', () => {
    assert.deepEqual(kernelSpec('/home/李 雷/keras primer', path.posix), {
      argv: [
        'node',
        '--enable-source-maps',
        '--require',
        '/home/李 雷/keras primer/dist/notebook/preload.js',
        '/home/李 雷/keras primer/node_modules/tslab/bin/tslab',
        'kernel',
        '--config-path',
        '{connection_file}',
      ],
      display_name: 'TypeScript (Keras Primer)',
      language: 'typescript',
      interrupt_mode: 'signal',
      env: {},
    });
  });

  it('writes Windows paths and asks for interrupts by message there', () => {
    const spec = kernelSpec('C:\\Users\\a b\\primer', path.win32, 'C:\\node\\node.exe');
    assert.equal(spec.argv[0], 'C:\\node\\node.exe');
    assert.equal(spec.argv[3], 'C:\\Users\\a b\\primer\\dist\\notebook\\preload.js');
    assert.equal(spec.argv[4], 'C:\\Users\\a b\\primer\\node_modules\\tslab\\bin\\tslab');
    assert.equal(spec.interrupt_mode, 'message');
  });

  it('has a name that Jupyter accepts', () => {
    assert.match(kernelName, /^[a-z0-9._-]+$/);
  });
});
