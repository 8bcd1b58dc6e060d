import { diskFailure } from './diskFailure.mjs';
import { Failure } from './Failure.mjs';

/**
 * Runs a program and sets the exit code: a `Failure` is shown as its sentence, anything else with its stack (a bug of ours).
 * @param {() => Promise<number>} program gives the exit code
 * @returns {Promise<void>}
 */
export async function runMain(program) {
  try {
    process.exitCode = await program();
  } catch (thrown) {
    const error = (thrown instanceof Error && diskFailure(thrown.message)) || thrown;
    if (error instanceof Failure) {
      if (error.details) console.error(`${error.details.trimEnd()}\n`);
      console.error(error.message);
    } else {
      console.error(error);
    }
    process.exitCode = 1;
  }
}
