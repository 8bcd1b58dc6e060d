import type { MimeBundle } from '../display';
import type { CellError } from './cellError';

/** Where the output of one cell goes: messages on iopub that name its execute request. */
export interface CellOutput {
  publish(type: string, content: Record<string, unknown>): void;
}

interface DisplayOptions {
  id?: string | undefined;
  update?: boolean | undefined;
}

type StreamName = 'stdout' | 'stderr';

const flushAfterMs = 50;

/**
 * The output of the cell that ran last, which is also where background work prints. Text is gathered for a moment, so that a loop that
 * prints thousands of lines does not become thousands of messages; the order of text and displays is kept.
 */
export class Output {
  /** Called before anything but progress is shown. */
  beforeOther: () => void = () => {};
  private target: CellOutput | undefined;
  private name: StreamName = 'stdout';
  private text = '';
  private since = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param fallback where text goes before the first cell */
  constructor(private readonly fallback: (name: StreamName, text: string) => void) {}

  /** Send what follows to another cell's output. */
  direct(target: CellOutput): void {
    this.beforeOther();
    this.flush();
    this.target = target;
  }

  /** Print text. */
  stream(name: StreamName, text: string): void {
    if (text === '') return;
    this.beforeOther();
    if (name !== this.name) this.flush();
    this.name = name;
    if (this.text === '') this.since = performance.now();
    this.text += text;
    // A cell that never yields gives no timer a turn.
    if (performance.now() - this.since >= flushAfterMs) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), flushAfterMs);
  }

  /** Send the text gathered so far. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { name, text } = this;
    this.text = '';
    if (text === '') return;
    if (this.target) this.target.publish('stream', { name, text });
    else this.fallback(name, text);
  }

  /** Show a bundle. With an `id` it can be replaced by a later call with `update`. */
  display(data: MimeBundle, options?: DisplayOptions): void {
    this.beforeOther();
    this.showProgress(data, options);
  }

  /** The same for progress itself. */
  showProgress(data: MimeBundle, options: DisplayOptions = {}): void {
    this.flush();
    const transient = options.id === undefined ? {} : { display_id: options.id };
    const type = options.update ? 'update_display_data' : 'display_data';
    this.target?.publish(type, { data, metadata: {}, transient });
  }

  /** Show the value of the last expression. */
  result(data: MimeBundle, count: number): void {
    this.beforeOther();
    this.flush();
    this.target?.publish('execute_result', { data, metadata: {}, execution_count: count });
  }

  /** Show why the cell failed. */
  error(error: CellError): void {
    this.beforeOther();
    this.flush();
    this.target?.publish('error', { ...error });
  }

  /** What a `write` of `process.stdout` or `process.stderr` does in a kernel. */
  writer(name: StreamName): NodeJS.WriteStream['write'] {
    const decoder = new TextDecoder();
    return (
      chunk: string | Uint8Array,
      encoding?: BufferEncoding | ((error?: Error | null) => void),
      done?: (error?: Error | null) => void,
    ) => {
      this.stream(name, typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }));
      const callback = typeof encoding === 'function' ? encoding : done;
      if (callback) process.nextTick(callback);
      return true;
    };
  }
}
