import type { PlatformPath } from 'node:path';

/** The name under which Jupyter knows the kernel. */
export const kernelName = 'keras-primer';

/** What Jupyter reads from a kernel.json. */
export interface KernelSpec {
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode: 'signal' | 'message';
  env: Record<string, string>;
}

/**
 * The kernel.json of the notebooks: tslab, untouched, with our preload before it.
 *
 * Elsewhere than on Windows the stop button is a SIGINT, which also ends a synchronous endless loop. On Windows Node
 * hears no such signal, so Jupyter sends a message, which ends whatever awaits.
 *
 * @param root the checkout, an absolute path
 * @param path `node:path`, or its `win32` or `posix` half for another system
 * @param node the program to run, by default the `node` that is found in the PATH
 */
export function kernelSpec(
  root: string,
  path: Pick<PlatformPath, 'join' | 'sep'>,
  node: string = 'node',
): KernelSpec {
  return {
    argv: [
      node,
      '--enable-source-maps',
      '--require',
      path.join(root, 'dist', 'notebook', 'preload.js'),
      path.join(root, 'node_modules', 'tslab', 'bin', 'tslab'),
      'kernel',
      '--config-path',
      '{connection_file}',
    ],
    display_name: 'TypeScript (Keras Primer)',
    language: 'typescript',
    interrupt_mode: path.sep === '\\' ? 'message' : 'signal',
    env: {},
  };
}
