const { appendFileSync } = require('node:fs');
const Mocha = require('mocha');

/**
 * Mocha's spec reporter that also writes its counts, as a line of JSON, to the file named in KERAS_PRIMER_TEST_COUNTS. A test
 * whose title says "not run: <why>" counts as not run, whatever it does.
 */
class CountingReporter extends Mocha.reporters.Spec {
  /** @param {Mocha.Runner} runner @param {Mocha.MochaOptions} options */
  constructor(runner, options) {
    super(runner, options);
    let passed = 0;
    let failed = 0;
    /** @type {string[]} */
    const notRun = [];
    runner.on('pass', test => {
      const reason = /not run: (.*)/.exec(test.title)?.[1];
      if (reason) notRun.push(`${test.parent?.fullTitle() ?? ''}: ${reason}`);
      else passed++;
    });
    runner.on('fail', () => failed++);
    runner.once('end', () => {
      const file = process.env['KERAS_PRIMER_TEST_COUNTS'];
      if (file) appendFileSync(file, `${JSON.stringify({ passed, failed, notRun })}\n`);
    });
  }
}

module.exports = CountingReporter;
