import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { strictLogger } from '../../../scripts/report/strictLogger.mjs';

describe('strictLogger', () => {
  it('throws warnings and errors, and takes no notice of the rest', () => {
    const logger = strictLogger();
    assert.throws(() => logger.warn('a', 1), /^Error: a 1$/);
    assert.throws(() => logger.error('b'), /^Error: b$/);
    assert.equal(logger.info('c'), logger);
    assert.equal(logger.debug('d'), logger);
  });
});
