import { declaredNames } from './declaredNames';
import type { TypeScript, ts } from './typescript';

/**
 * Lets tslab compile a cell with one program instead of two. tslab makes the first only to learn which names the cell declares, and the second with an
 * export of them at the cell's end. Here the first has that export already, and when tslab asks for the second it gets the first again.
 */
export class OneProgram {
  private code: string | undefined;
  private exports = '';
  /** What TypeScript has read, since the cell began, of the files that tslab changes. */
  private readonly read = new Map<string, string>();
  private programs = 0;

  constructor(private readonly typescript: TypeScript) {}

  /** Compile a cell, which is `code`. */
  during<Result>(code: string, compile: () => Result): Result {
    const names = declaredNames(this.typescript, this.before(code));
    // To the letter what tslab will put there.
    this.exports = names.length > 0 ? `\nexport {${names.join(', ')}}` : '';
    this.code = code;
    this.read.clear();
    try {
      return compile();
    } finally {
      this.code = undefined;
    }
  }

  /** A program has been made. */
  made(): void {
    this.programs++;
  }

  /**
   * tslab's files as TypeScript is to see them.
   * @param files the earlier declarations and the cell, in this order; tslab tells of changes in the other.
   * @param again gives tslab the last program once more.
   */
  system(inner: ts.System, [declarations, cell]: readonly string[], again: () => void): ts.System {
    const content = (name: string, encoding?: string): string | undefined => {
      const text = inner.readFile(name, encoding);
      const bare = name === cell && this.code !== undefined && text === this.before(this.code);
      return bare ? text + this.exports : text;
    };
    let told = false;
    const watch = (name: string, tell: ts.FileWatcherCallback): ts.FileWatcherCallback => {
      if (name !== cell && name !== declarations) return tell;
      return (...change) => {
        if (this.code === undefined || this.read.get(name) !== content(name)) {
          told = true;
          tell(...change);
        }
        if (name !== declarations) return;
        // TypeScript would have set the timer on which tslab waits.
        if (!told) inner.setTimeout!(again, 0);
        told = false;
      };
    };
    return Object.assign<ts.System, Partial<ts.System>>(Object.create(inner), {
      readFile: (name, encoding) => {
        const text = content(name, encoding);
        if (text !== undefined && (name === cell || name === declarations)) this.read.set(name, text);
        return text;
      },
      setTimeout: (callback, ms, ...args) =>
        inner.setTimeout!(() => {
          const before = this.programs;
          callback(...args);
          // A cell that is run again and changes nothing needs no other program, but tslab would complain.
          if (this.code !== undefined && this.programs === before) again();
        }, ms),
      watchFile: (name, tell, ...rest) => inner.watchFile!(name, watch(name, tell), ...rest),
    });
  }

  /** What tslab puts before a cell, and the cell. */
  private before(code: string): string {
    return `export {};${this.typescript.sys.newLine}${code}`;
  }
}
