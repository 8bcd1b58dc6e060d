import { spawn } from 'node:child_process';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ cell: number | null, name: string, message: string }} CellFailure
 * @typedef {{ kind: 'data' | 'engine', name: string, detail: string }} Source
 * @typedef {object} Execution
 * @property {string} name
 * @property {number} seconds
 * @property {number} cells how many code cells it has
 * @property {CellFailure | null} failure
 * @property {Source[]} sources the data and engines it used
 *
 * @typedef {Execution & { title: string, lead: string }} NotebookResult lead: the first lines
 *
 * @typedef {{ event: 'start', name: string }
 *   | { event: 'cell', name: string, cell: number, of: number }
 *   | ({ event: 'end' } & Execution)
 *   | ({ event: 'report' } & NotebookResult)} ExecutorEvent 'end' when its cells have run, 'report' when its page is written, beside the next notebook
 *
 * @typedef {object} Job
 * @property {{ name: string, path: string, report: string, executed: string }[]} notebooks
 * @property {string} cwd the working directory of the kernels
 * @property {string} kernel name of the kernel spec
 * @property {number} timeout seconds a cell may take
 * @property {string} template folder of the nbconvert template
 * @property {[string, string][]} facts name and value, for the foot of each report
 */

/**
 * Runs execute.py on a job and tells of each event. Aborting ends it and its kernel.
 * @param {string} python
 * @param {Job} job
 * @param {{ onEvent: (event: ExecutorEvent) => void, env: NodeJS.ProcessEnv, signal: AbortSignal }} options
 * @returns {Promise<{ code: number | null, problem: string }>} problem: the last lines it wrote to stderr
 */
export function execute(python, job, { onEvent, env, signal }) {
  return new Promise((resolve, reject) => {
    const script = fileURLToPath(new URL('execute.py', import.meta.url));
    const child = spawn(python, ['-u', '-B', script], {
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let problem = '';
    child.stderr.setEncoding('utf8').on('data', text => {
      problem = (problem + text).slice(-4000);
    });
    readline.createInterface({ input: child.stdout }).on('line', line => onEvent(JSON.parse(line)));
    // Its input stays open while the job runs: when this process dies, the end of the input tells it to stop.
    child.stdin.on('error', () => {});
    child.stdin.write(`${JSON.stringify(job)}\n`);

    const stop = () => {
      child.stdin.end();
      setTimeout(() => child.kill('SIGKILL'), 8000).unref();
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    child.on('error', reject);
    child.on('close', code => {
      signal.removeEventListener('abort', stop);
      resolve({ code, problem });
    });
  });
}
