import { setTimeout as delay } from 'node:timers/promises';
import type * as jupyter from 'tslab/dist/jupyter';
import { Cell } from './Cell';
import { endOfNotebook, type CellExecutor, type CellOutcome } from './CellExecutor';
import { Message } from './message';
import type { Output } from './output';

/** A socket of zeromq, as far as it is used here. */
interface Socket {
  send(frames: (Buffer | string)[]): Promise<void>;
  /** How many milliseconds a message may wait until the socket takes it. */
  sendTimeout: number;
}

type Completion = ReturnType<jupyter.JupyterHandlerImpl['handleComplete']>;

interface ServerParts {
  executor: CellExecutor;
  output: Output;
  /** Every cell that has been run, by the name of its script. */
  cells: Map<string, Cell>;
  /** Shown before the first cell's output. */
  warning: string | undefined;
  /** Called once, when the kernel is ready for a first cell. */
  ready: (() => void) | undefined;
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

    override async handleShellMessage(socket: Socket, ...frames: Buffer[]): Promise<void> {
      const reply = (message: Message, type: string, content: Record<string, unknown>) =>
        this.send(socket, message.reply(type, content));
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
        reply(request, type.replace(/_request$/, '_reply'), { status: 'error', ...brief(error) });
      }
      this.status('idle', request);
      // The last word on iopub is what the notebook shows.
      if (this.executing) this.status('busy', this.executing);
      if (type === 'shutdown_request') await this.shutDown();
    }

    private answer(type: string, content: Record<string, unknown>): Record<string, unknown> | undefined {
      const { handler } = this;
      const code = typeof content.code === 'string' ? content.code : '';
      const position = fromCodePoints(code, Number(content.cursor_pos));
      switch (type) {
        case 'kernel_info_request':
          parts.ready?.();
          parts.ready = undefined;
          return { status: 'ok', ...handler.handleKernel() };
        case 'is_complete_request':
          return { ...handler.handleIsComplete({ code }) };
        case 'inspect_request':
          return { ...handler.handleInspect({ code, cursor_pos: position, detail_level: 0 }) };
        case 'complete_request':
          return completion(code, handler.handleComplete({ code, cursor_pos: position }));
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
            ? // Whatever fails, the notebook is not left waiting.
              await this.execute(request).catch((error: unknown) => this.failed(request, error))
            : { status: 'aborted', execution_count: this.count };
        this.executing = undefined;
        reply(request, 'execute_reply', content);
        this.status('idle', request);
      };
      this.queue = this.queue.then(run).catch((error: unknown) => this.log(error));
      return this.queue;
    }

    private async execute(request: Message): Promise<Record<string, unknown>> {
      const code = typeof request.content.code === 'string' ? request.content.code : '';
      const silent = request.content.silent === true;
      const stopOnError = request.content.stop_on_error !== false;
      const counted = !silent && request.content.store_history !== false && code.trim() !== endOfNotebook;
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
      if (stopOnError) {
        await delay(drainMs);
        this.generation++;
      }
      return { status: 'error', execution_count: this.count, ...error };
    }

    /** A cell that failed outside its own code. */
    private failed(request: Message, error: unknown): Record<string, unknown> {
      const content = brief(error);
      this.publish(request.publication('error', content));
      return { status: 'error', execution_count: this.count, ...content };
    }

    private status(state: 'busy' | 'idle', request: Message): void {
      this.publish(request.publication('status', { execution_state: state }));
    }

    private publish(message: Message): void {
      this.send(this.iopub, message);
    }

    private send(socket: Socket, message: Message): void {
      // One send in 513 would otherwise wait for the next turn, and another one until then throw: then a cell would have no reply.
      if (socket.sendTimeout !== 0) socket.sendTimeout = 0;
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

/** An error of the kernel itself, as replies have it. */
function brief(error: unknown): { ename: string; evalue: string; traceback: string[] } {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { ename: name, evalue: message, traceback: [`${name}: ${message}`] };
}

/** Jupyter counts characters, JavaScript UTF-16 units: they differ after an emoji. */
function fromCodePoints(code: string, position: number): number {
  return Array.from(code).slice(0, position).join('').length;
}

function completion(
  code: string,
  { cursor_start: start, cursor_end: end, ...rest }: Completion,
): Record<string, unknown> {
  const toCodePoints = (position: number) => Array.from(code.slice(0, position)).length;
  return { ...rest, cursor_start: toCodePoints(start), cursor_end: toCodePoints(end) };
}
