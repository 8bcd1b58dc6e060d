/**
 * Something a user can mend. The message is one sentence that says what is wrong and what to do; it is shown
 * without a stack trace.
 */
export class Failure extends Error {
  /** @param {string} message @param {{ details?: string }} [options] `details`: the last lines a tool printed. */
  constructor(message, { details = '' } = {}) {
    super(message);
    this.name = 'Failure';
    this.details = details;
  }
}
