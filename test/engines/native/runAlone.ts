import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(__dirname, '../../..');

/** Run a program of its own, for what can be done once in a process; `load` gives a file of src, `tf` is TensorFlow.js. */
export function runAlone(
  code: string,
  { cwd = root, env = {} }: { cwd?: string; env?: Record<string, string> } = {},
): { stdout: string; stderr: string } {
  const source = `
    const load = name => require(${JSON.stringify(`${root}/src/`)} + name);
    const tf = require(${JSON.stringify(path.join(root, 'node_modules', '@tensorflow', 'tfjs'))});
    (async () => { ${code} })().catch(error => console.log('failed: ' + error.message));`;
  const tsx = path.join(root, 'node_modules', 'tsx', 'dist', 'cjs', 'index.cjs');
  const { stdout, stderr } = spawnSync(process.execPath, ['--require', tsx, '--eval', source], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, KERAS_PRIMER_BACKEND: '', ...env },
  });
  return { stdout: stdout.trim(), stderr: stderr.trim() };
}
