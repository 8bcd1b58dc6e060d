/**
 * The machine, as far as an installation depends on it.
 * @typedef {object} Here
 * @property {NodeJS.Platform} platform
 * @property {string} arch as `process.arch`
 * @property {string | null} glibc its version; null where there is none (musl, other systems)
 * @property {NodeJS.ProcessEnv} env
 * @property {string} node the program
 */

/** @returns {Here} this machine */
export function here() {
  /** @type {{ header?: { glibcVersionRuntime?: string } }} */
  const report = process.platform === 'linux' ? Object(process.report.getReport()) : {};
  return {
    platform: process.platform,
    arch: process.arch,
    glibc: report.header?.glibcVersionRuntime ?? null,
    env: process.env,
    node: process.execPath,
  };
}
