import { watch } from 'node:fs';
import path from 'node:path';
import { Failure } from '../cli/Failure.mjs';
import { build } from '../setup/build.mjs';

/**
 * Rebuilds when a file under src/ changes and says that the kernel must be restarted.
 * @param {string} root the checkout
 * @param {(line: string) => void} log
 * @returns {() => void} ends it
 */
export function watchSources(root, log) {
  /** @type {NodeJS.Timeout | undefined} */
  let waiting;
  let building = false;
  const watcher = watch(path.join(root, 'src'), { recursive: true }, schedule);
  watcher.on('error', error =>
    log(`src is no longer watched (${error.message}); run \`npm run build\` after a change.`),
  );
  return () => {
    clearTimeout(waiting);
    watcher.close();
  };

  function schedule() {
    clearTimeout(waiting);
    waiting = setTimeout(() => void rebuild(), 200);
  }

  async function rebuild() {
    if (building) return schedule();
    building = true;
    const began = performance.now();
    try {
      if (await build(root)) {
        const seconds = ((performance.now() - began) / 1000).toFixed(1);
        log(
          `src has changed and is built again (${seconds} s). Restart the kernel to use it: menu Kernel, Restart Kernel.`,
        );
      }
    } catch (error) {
      // Whatever it is, JupyterLab and its kernels go on.
      const why = error instanceof Failure ? error.details || error.message : String(error);
      log(`${why}\nsrc has changed and could not be built; the kernels keep the last build.`);
    } finally {
      building = false;
    }
  }
}
