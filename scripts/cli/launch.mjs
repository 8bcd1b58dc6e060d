import { nodeIsTooOld } from './nodeIsTooOld.mjs';

/**
 * Starts a program, or says that Node is too old for it. Runs before anything is installed; it and its imports must
 * parse on old versions of Node, which the program itself need not.
 * @param {() => Promise<{ main: (argv: string[]) => Promise<void> }>} load imports the program
 * @returns {Promise<void>}
 */
export function launch(load) {
  const sentence = nodeIsTooOld(process.versions.node);
  if (sentence) {
    console.error(sentence);
    process.exitCode = 1;
    return Promise.resolve();
  }
  return load().then(program => program.main(process.argv.slice(2)));
}
