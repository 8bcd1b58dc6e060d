import { setTimeout as delay } from 'node:timers/promises';
import type * as jupyter from 'tslab/dist/jupyter';
import { Cell } from './Cell';
import { endOfNotebook, type CellExecutor, type CellOutcome } from './CellExecutor';
import { Message } from './message';
import type { Output } from './output';

/** A socket of zeromq, as far as it is used here. */
interface Socket {
  send(frames: (Buffer | string)[]): Promise<void>;
}

interface ServerParts {
  executor: CellExecutor;
  output: Output;
  /** Every cell that has been run, by the name of its script. */
  cells: Map<string, Cell>;
  /** Shown before the first cell's output. */
  warning: string | undefined;
}

interface ExecuteRequest {
  code: string;
  silent?: boolean;
  store_history?: boolean;
  stop_on_error?: boolean;
}

// Messages that already lie in the sockets when a cell fails are read in this time, and then aborted.
const drainMs = 20;
// After this time the sockets have sent the last reply.
const lingerMs = 100;

/** tslab's server with our way to answer: it opens and closes the sockets, all messages are handled here. */
export function kernelServer(Base: typeof jupyter.ZmqServer, parts: ServerParts): typeof jupyter.ZmqServer {
  const { executor, output, cells } = parts;

  class KernelServer extends Base {
    private count = 0;
    private silentCount = 0;
    private queue: Promise<void> = Promise.resolve();
    /** Requests that came before the last failure: those of an older generation are not run. */
    private generation = 0;
    private executing: Message | undefined;

    override async handleShellMessage(socket: unknown, ...frames: Buffer[]): Promise<void> {
      const reply = (message: Message, type: string, content: Record<string, unknown>) =>
        this.send(socket as Socket, message.reply(type, content));
      let request: Message;
      try {
        request = Message.parse(frames, this.connInfo.key);
      } catch (error) {
        return this.log(error);
      }
      const type = request.header.msg_type;
      if (type === 'execute_request') return this.enqueue(request, reply);

      this.status('busy', request);
      try {
        const content = this.answer(type, request.content);
        if (content) reply(request, type.replace(/_request$/, '_reply'), content);
      } catch (error) {
        this.log(error);
        const { name, message } = error as Error;
        reply(request, type.replace(/_request$/, '_reply'), {
          status: 'error',
          ename: name,
          evalue: message,
          traceback: [],
        });
      }
      this.status('idle', request);
      // The last word on iopub is what the notebook shows.
      if (this.executing) this.status('busy', this.executing);
      if (type === 'shutdown_request') await this.shutDown();
    }

    private answer(type: string, content: Record<string, unknown>): Record<string, unknown> | undefined {
      const { handler } = this;
      type Content = Parameters<typeof handler.handleInspect>[0] &
        Parameters<typeof handler.handleComplete>[0];
      const asked = content as unknown as Content;
      switch (type) {
        case 'kernel_info_request':
          return { status: 'ok', ...handler.handleKernel() };
        case 'is_complete_request':
          return { ...handler.handleIsComplete(asked) };
        case 'inspect_request':
          return { ...handler.handleInspect(asked) };
        case 'complete_request':
          return { ...handler.handleComplete(asked) };
        case 'comm_info_request':
          return { status: 'ok', comms: {} };
        case 'history_request':
          return { status: 'ok', history: [] };
        case 'interrupt_request':
          executor.interrupt();
          return { status: 'ok' };
        case 'shutdown_request':
          return { status: 'ok', restart: content.restart === true };
        default:
          return undefined;
      }
    }

    private enqueue(
      request: Message,
      reply: (to: Message, type: string, content: Record<string, unknown>) => void,
    ): Promise<void> {
      const { generation } = this;
      const run = async () => {
        this.status('busy', request);
        this.executing = request;
        const content =
          generation === this.generation
            ? await this.execute(request)
            : { status: 'aborted', execution_count: this.count };
        this.executing = undefined;
        reply(request, 'execute_reply', content);
        this.status('idle', request);
      };
      this.queue = this.queue.then(run).catch((error: unknown) => this.log(error));
      return this.queue;
    }

    private async execute(request: Message): Promise<Record<string, unknown>> {
      const {
        code,
        silent = false,
        store_history = true,
        stop_on_error = true,
      } = request.content as unknown as ExecuteRequest;
      const counted = !silent && store_history && code.trim() !== endOfNotebook;
      if (counted) this.count++;
      const cell = new Cell(`cell [${counted ? this.count : `s${++this.silentCount}`}]`, code);
      cells.set(cell.scriptName, cell);
      const publish = (type: string, content: Record<string, unknown>) =>
        this.publish(request.publication(type, content));
      output.direct({ publish: silent ? () => {} : publish });
      if (!silent) publish('execute_input', { code, execution_count: this.count });
      if (parts.warning !== undefined && !silent) {
        output.stream('stderr', parts.warning);
        parts.warning = undefined;
      }

      const { result, error }: CellOutcome = await executor.run(cell);
      if (result) output.result(result, this.count);
      if (error) output.error(error);
      output.flush();
      if (!error) return { status: 'ok', execution_count: this.count, payload: [], user_expressions: {} };
      if (stop_on_error) {
        await delay(drainMs);
        this.generation++;
      }
      return { status: 'error', execution_count: this.count, ...error };
    }

    private status(state: 'busy' | 'idle', request: Message): void {
      this.publish(request.publication('status', { execution_state: state }));
    }

    private publish(message: Message): void {
      this.send(this.iopub as unknown as Socket, message);
    }

    private send(socket: Socket, message: Message): void {
      socket.send(message.frames(this.connInfo.key)).catch((error: unknown) => this.log(error));
    }

    private log(error: unknown): void {
      process.stderr.write(`Kernel: ${String(error)}\n`);
    }

    /** Work in progress, workers and timers must not keep a kernel alive that nobody can reach. */
    private async shutDown(): Promise<void> {
      this.close();
      await delay(lingerMs);
      process.exit(0);
    }
  }
  return KernelServer;
}
