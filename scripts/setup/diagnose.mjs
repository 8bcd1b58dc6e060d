import { diskFailure } from '../cli/diskFailure.mjs';
import { Failure } from '../cli/Failure.mjs';

/**
 * Turns the output of an installer that failed into one sentence with the mend.
 * @param {'npm' | 'pip'} tool
 * @param {string} output what it printed
 * @param {NodeJS.ErrnoException | null} [error] why it could not be started
 * @returns {Failure}
 */
export function diagnose(tool, output, error = null) {
  if (error?.code === 'ENOENT') {
    return new Failure(
      `${tool} was not found. Install Node.js with npm from https://nodejs.org and run the command again.`,
    );
  }
  const full = diskFailure(output);
  if (full) return full;
  if (/\b(EACCES|EPERM|EROFS)\b|Permission denied|Read-only file system/i.test(output)) {
    return new Failure(
      `${tool} may not write into the checkout. Give your user the right to write there, or clone it to another folder, and run the command again.`,
    );
  }
  const reason =
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b/.exec(
      output,
    )?.[1] ||
    (/ConnectTimeoutError|Read timed out/.test(output) ? 'no answer in time' : '') ||
    (/NewConnectionError|name resolution|Max retries exceeded|RemoteDisconnected/.test(output)
      ? 'no connection'
      : '');
  if (reason) {
    const registry = tool === 'npm' ? 'npm registry' : 'Python package index';
    return new Failure(
      `The ${registry} cannot be reached (${reason}). Check the network and the proxy settings, and run the command again; what is already downloaded is kept.`,
    );
  }
  const certificate =
    /\b(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_[A-Z_]*CERT[A-Z_]*|CERT_[A-Z_]+|CERTIFICATE_VERIFY_FAILED)\b/.exec(
      output,
    );
  if (certificate) {
    return new Failure(
      `The certificate of the package registry is not trusted (${certificate[1]}). Set ${tool === 'npm' ? 'NODE_EXTRA_CA_CERTS' : 'PIP_CERT'} to your network's certificate file and run the command again.`,
    );
  }
  if (/No matching distribution found|E404|404 Not Found/.test(output)) {
    const name =
      /No matching distribution found for (\S+)/.exec(output)?.[1] ??
      /'([^']+)' is not in this registry/.exec(output)?.[1];
    return new Failure(
      `${name ?? 'A package'} is not offered by your ${tool === 'npm' ? 'npm registry' : 'Python package index'}. Use the public one, or ask for the package to be added, and run the command again.`,
      { details: lastLines(output) },
    );
  }
  return new Failure(
    `${tool} failed; its last lines are above. Mend what they name and run the command again.`,
    {
      details: lastLines(output),
    },
  );
}

/** @param {string} output */
function lastLines(output) {
  return output.trimEnd().split('\n').slice(-15).join('\n');
}
