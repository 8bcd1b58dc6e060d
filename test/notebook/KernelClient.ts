import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { Dealer, Subscriber } from 'zeromq';
import { kernelSpec } from '../../src/notebook/kernelSpec';
import { Message } from '../../src/notebook/kernel/message';

/** The checkout. */
export const root = path.resolve(__dirname, '..', '..');

/** A message as the tests read it. */
export interface Received {
  type: string;
  content: Record<string, unknown>;
  parent: string | undefined;
}

/** What one execute request gave. */
export interface Execution {
  reply: Record<string, unknown>;
  /** The messages on iopub that name the request, without `status`. */
  published: Received[];
  /** All text of a stream. */
  text(name?: 'stdout' | 'stderr'): string;
  /** The content of the only `error` message. */
  error(): { ename: string; evalue: string; traceback: string };
}

const key = 'a key for tests';
const startTimeoutMs = 60_000;

/** A real kernel, started by the kernel spec, spoken to over ZeroMQ. */
export class KernelClient {
  /** Everything heard on iopub so far. */
  readonly heard: Received[] = [];
  private readonly shell = new Dealer({ linger: 0 });
  private readonly control = new Dealer({ linger: 0 });
  private readonly iopub = new Subscriber({ linger: 0 });
  private readonly replies = new Map<string, (reply: Received) => void>();
  private readonly watchers = new Set<() => void>();
  private closed = false;

  private constructor(
    readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Start a kernel, by default in the notebooks' folder, and wait until it answers. */
  static async start(
    env: Record<string, string> = {},
    argv?: string[],
    cwd = path.join(root, 'notebooks'),
  ): Promise<KernelClient> {
    const preload = path.join(root, 'dist', 'notebook', 'preload.js');
    assert.ok(existsSync(preload), `Expected ${preload}. Run npm run build first.`);
    const folder = mkdtempSync(path.join(tmpdir(), 'keras-primer-kernel-'));
    const connection = path.join(folder, 'connection.json');
    const [shell, iopub, stdin, control, hb] = await freePorts(5);
    const ports = {
      shell_port: shell,
      iopub_port: iopub,
      stdin_port: stdin,
      control_port: control,
      hb_port: hb,
    };
    const rest = { ip: '127.0.0.1', transport: 'tcp', signature_scheme: 'hmac-sha256', kernel_name: '' };
    writeFileSync(connection, JSON.stringify({ ...ports, ...rest, key }));

    const [program, ...args] = argv ?? kernelSpec(root, path, process.execPath).argv;
    const child = spawn(
      program!,
      args.map(arg => arg.replace('{connection_file}', connection)),
      {
        cwd,
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const client = new KernelClient(child, folder);
    try {
      client.shell.connect(`tcp://127.0.0.1:${shell}`);
      client.control.connect(`tcp://127.0.0.1:${control}`);
      client.iopub.connect(`tcp://127.0.0.1:${iopub}`);
      client.iopub.subscribe();
      void client.listen(client.shell);
      void client.listen(client.control);
      void client.listen(client.iopub);
      await client.ready();
      return client;
    } catch (error) {
      client.kill();
      throw error;
    }
  }

  /** Send a request and wait for its reply. */
  request(
    type: string,
    content: Record<string, unknown>,
    channel: 'shell' | 'control' = 'shell',
  ): Promise<Received> {
    return this.send(type, content, channel).reply;
  }

  /** Send a request; the reply comes later. */
  send(
    type: string,
    content: Record<string, unknown>,
    channel: 'shell' | 'control' = 'shell',
  ): { id: string; reply: Promise<Received> } {
    const id = randomUUID();
    const date = new Date().toISOString();
    const header = { msg_id: id, msg_type: type, session: 'test', username: 'test', date, version: '5.3' };
    const reply = new Promise<Received>((resolve, reject) => {
      const ended = () => reject(new Error('The kernel ended before it answered.'));
      this.process.once('exit', ended);
      this.replies.set(id, received => {
        this.process.off('exit', ended);
        resolve(received);
      });
    });
    // Nobody may be waiting when a test ends the kernel.
    reply.catch(() => {});
    void this[channel].send(Message.frames(key, header, {}, content));
    return { id, reply };
  }

  /** Run a cell and wait until the kernel is idle again. */
  async execute(code: string, options: object = {}): Promise<Execution> {
    return this.executing(code, options).done;
  }

  /** Run a cell; it may go on while the test does something else. */
  executing(code: string, options: object = {}): { id: string; done: Promise<Execution> } {
    const content = { code, silent: false, store_history: true, stop_on_error: true, ...options };
    const { id, reply } = this.send('execute_request', content);
    const done = (async () => {
      const received = await reply;
      await this.until(() =>
        this.about(id).some(
          ({ type, content: body }) => type === 'status' && body.execution_state === 'idle',
        ),
      );
      return this.execution(id, received);
    })();
    done.catch(() => {});
    return { id, done };
  }

  /** Wait until something has been heard. */
  async until(condition: () => boolean, timeoutMs = 10_000): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve, reject) => {
      const finish = (end: () => void) => {
        clearTimeout(timer);
        this.watchers.delete(check);
        end();
      };
      const check = () => condition() && finish(resolve);
      const timer = setTimeout(
        () =>
          finish(() =>
            reject(
              new Error(
                `Waited in vain for ${condition.toString()}; heard ${JSON.stringify(this.heard.slice(-5))}`,
              ),
            ),
          ),
        timeoutMs,
      );
      this.watchers.add(check);
    });
  }

  /** What has been published about a request. */
  about(id: string): Received[] {
    return this.heard.filter(({ parent }) => parent === id);
  }

  /** The stop button, as Jupyter presses it with `interrupt_mode: signal`. */
  interrupt(): void {
    this.process.kill('SIGINT');
  }

  /** End the kernel at once, whatever it does, and remove its traces. */
  kill(): void {
    if (this.closed) return;
    this.closed = true;
    this.process.kill('SIGKILL');
    this.shell.close();
    this.control.close();
    this.iopub.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private execution(id: string, reply: Received): Execution {
    const published = this.about(id).filter(({ type }) => type !== 'status');
    return {
      reply: reply.content,
      published,
      text: (name = 'stdout') =>
        published
          .filter(({ type, content }) => type === 'stream' && content.name === name)
          .map(({ content }) => String(content.text))
          .join(''),
      error: () => {
        const errors = published.filter(({ type }) => type === 'error');
        assert.equal(errors.length, 1, `Expected one error message, received ${JSON.stringify(published)}`);
        const { ename, evalue, traceback } = errors[0]?.content ?? {};
        assert.ok(Array.isArray(traceback));
        return {
          ename: String(ename),
          evalue: String(evalue),
          traceback: stripVTControlCharacters(traceback.join('\n')),
        };
      },
    };
  }

  private async listen(socket: Dealer | Subscriber): Promise<void> {
    try {
      for await (const frames of socket) {
        const { header, parent, content } = Message.parse(frames, key);
        const received = { type: header.msg_type, content, parent: parent.msg_id };
        if (socket === this.iopub) this.heard.push(received);
        else this.replies.get(parent.msg_id ?? '')?.(received);
        for (const check of [...this.watchers]) check();
      }
    } catch (error) {
      if (!this.closed) throw error;
    }
  }

  /** iopub drops what is published before the subscription has arrived, so ask until something is heard. */
  private async ready(): Promise<void> {
    const end = Date.now() + startTimeoutMs;
    while (this.heard.length === 0) {
      if (Date.now() > end) throw new Error('The kernel did not start.');
      const asked = this.request('kernel_info_request', {});
      await Promise.race([
        asked,
        new Promise((_, reject) => setTimeout(reject, startTimeoutMs, new Error('no answer')).unref()),
      ]);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map(server => {
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    return address.port;
  });
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}
