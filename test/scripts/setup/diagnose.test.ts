import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { diagnose } from '../../../scripts/setup/diagnose.mjs';

const cases: [string, 'npm' | 'pip', string, string][] = [
  [
    'npm without a network',
    'npm',
    'npm error code ENOTFOUND\nnpm error syscall getaddrinfo\nnpm error network request to https://registry.example/x failed',
    'The npm registry cannot be reached (ENOTFOUND). Check the network and the proxy settings, and run the command again; what is already downloaded is kept.',
  ],
  [
    'pip without a network',
    'pip',
    "WARNING: Retrying (Retry(total=1, connect=None)) after connection broken by 'NewConnectionError(...: Failed to establish a new connection: [Errno 111] Connection refused')'\nERROR: No matching distribution found for jupyterlab==4.6.6",
    'The Python package index cannot be reached (no connection). Check the network and the proxy settings, and run the command again; what is already downloaded is kept.',
  ],
  [
    'npm on a full disk',
    'npm',
    'npm error code ENOSPC',
    'The disk is full. Free about 1.5 GB and run the command again.',
  ],
  [
    'pip on a full disk',
    'pip',
    'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device',
    'The disk is full. Free about 1.5 GB and run the command again.',
  ],
  [
    'a folder that may not be written',
    'npm',
    'npm error code EACCES\nnpm error syscall mkdir',
    'npm may not write into the checkout. Give your user the right to write there, or clone it to another folder, and run the command again.',
  ],
  [
    "a network's own certificate (npm)",
    'npm',
    'npm error code SELF_SIGNED_CERT_IN_CHAIN',
    "The certificate of the package registry is not trusted (SELF_SIGNED_CERT_IN_CHAIN). Set NODE_EXTRA_CA_CERTS to your network's certificate file and run the command again.",
  ],
  [
    "a network's own certificate (pip)",
    'pip',
    "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed'))",
    "The certificate of the package registry is not trusted (CERTIFICATE_VERIFY_FAILED). Set PIP_CERT to your network's certificate file and run the command again.",
  ],
  [
    'an index that lacks a package',
    'pip',
    'ERROR: No matching distribution found for jupyterlab==4.6.6',
    'jupyterlab==4.6.6 is not offered by your Python package index. Use the public one, or ask for the package to be added, and run the command again.',
  ],
  [
    'anything else',
    'npm',
    'npm error something new',
    'npm failed; its last lines are above. Mend what they name and run the command again.',
  ],
];

describe('diagnose', () => {
  for (const [name, tool, output, message] of cases) {
    it(name, () => assert.equal(diagnose(tool, output).message, message));
  }

  it('a missing npm', () => {
    const error = Object.assign(new Error('spawn npm ENOENT'), { code: 'ENOENT' });
    assert.equal(
      diagnose('npm', '', error).message,
      'npm was not found. Install Node.js with npm from https://nodejs.org and run the command again.',
    );
  });

  it('shows the last 15 lines of what it cannot explain', () => {
    const output = Array.from({ length: 40 }, (_, i) => `line ${i}`).join('\n');
    assert.equal(diagnose('pip', output).details.split('\n').length, 15);
    assert.match(diagnose('pip', output).details, /line 39$/);
  });
});
