import path from 'node:path';
import { Failure } from '../cli/Failure.mjs';
import { run } from '../setup/run.mjs';
import { prebuiltFor, prebuiltHost } from './catalog.mjs';
import { packageFolder } from './paths.mjs';

/**
 * Whether TensorFlow.js' own download can serve this machine: there is one for it, and its host answers. For the GPU it asks for CUDA 11,
 * so on Linux it is only taken where that is installed.
 * @param {import('./paths.mjs').Kind} kind
 * @param {import('./here.mjs').Here} here
 * @param {{ answers?: (address: string) => Promise<boolean>, hasCuda11?: () => Promise<boolean> }} [probes]
 */
export async function prebuiltServes(
  kind,
  { platform, arch, env },
  { answers = hostAnswers, hasCuda11 = findsCuda11 } = {},
) {
  if (!prebuiltFor[kind].includes(`${platform}-${arch}`)) return false;
  if (kind === 'gpu' && platform === 'linux' && !(await hasCuda11())) return false;
  const host = env['TFJS_NODE_CDN_STORAGE'] ?? env['CDN_STORAGE'] ?? prebuiltHost;
  return answers(`${host}tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz`);
}

/** @param {string} address */
async function hostAnswers(address) {
  const { EnvHttpProxyAgent, fetch } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent();
  try {
    const response = await fetch(address, { method: 'HEAD', dispatcher, signal: AbortSignal.timeout(8000) });
    return response.ok;
  } catch {
    return false;
  } finally {
    await dispatcher.destroy();
  }
}

async function findsCuda11() {
  const { output } = await run({ command: 'ldconfig', args: ['-p'] });
  return /libcudart\.so\.11/.test(output);
}

/**
 * Runs the package's own installation script, which downloads the library and a compiled binding.
 * @param {string} folder the engine's
 * @param {import('./paths.mjs').Kind} kind
 * @param {{ here: import('./here.mjs').Here, signal: AbortSignal }} context
 * @throws {Failure} it did not come about
 */
export async function prebuilt(folder, kind, { here, signal }) {
  const home = packageFolder(folder, kind);
  const tools = path.join(folder, 'node_modules', '.bin');
  const name = Object.keys(here.env).find(key => key.toUpperCase() === 'PATH') ?? 'PATH';
  const env = { ...here.env, [name]: `${tools}${path.delimiter}${here.env[name] ?? ''}` };
  const args = [path.join('scripts', 'install.js'), ...(kind === 'gpu' ? ['gpu', 'download'] : [])];
  const { code, output } = await run({ command: here.node, args }, { cwd: home, env, signal });
  signal.throwIfAborted();
  if (code === 0 && !/install failed/.test(output)) return;
  throw new Failure(
    "TensorFlow.js' own download failed; its last lines are above. Run the command again, or add `--source wheel`.",
    {
      details: output.trimEnd().split('\n').slice(-8).join('\n'),
    },
  );
}
