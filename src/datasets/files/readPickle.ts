import { damaged } from './damaged';

/** Lists of whole numbers, one after the other in one array: list i is `ids[starts[i]] … ids[ends[i] − 1]`. */
export interface Sequences {
  ids: Int32Array;
  starts: Int32Array;
  ends: Int32Array;
}

/**
 * Read the pickle of a one-axis object array of lists of whole numbers, as `numpy.save` writes it from Python 2
 * (protocol 2, the files of Keras) and Python 3 (protocols 3 to 5). No general unpickler: it knows the opcodes of these
 * files, the three names of NumPy they use, and nothing that could run code. Time and memory are linear in the
 * length of the pickle: a list stands in one place only.
 *
 * @param count How many lists the header of the file promises.
 * @throws Error for anything else, with the position of the byte that did not fit.
 */
export function readPickle(bytes: Buffer, count: number, file: string): Sequences {
  return new PickleReader(bytes, count, file).read();
}

/** The values that can stand on the stack. */
type Item =
  | { is: 'int'; value: number }
  | { is: 'text'; value: string }
  | { is: 'bool' | 'none' | 'mark' }
  | { is: 'global'; name: string }
  | { is: 'tuple'; items: Item[] }
  | { is: 'dtype' | 'array'; built: boolean }
  | List;

/** A list of whole numbers, or the list of these lists; an empty one may become either. */
interface List {
  is: 'list';
  start: number;
  end: number;
  rows: List[] | undefined;
  /** Has it been put into another list? */
  used: boolean;
}

/** Opcodes as in Python's pickletools. */
const Op = {
  Mark: 0x28,
  Stop: 0x2e,
  BinInt: 0x4a,
  BinInt1: 0x4b,
  BinInt2: 0x4d,
  None: 0x4e,
  Reduce: 0x52,
  BinString: 0x54,
  ShortBinString: 0x55,
  BinUnicode: 0x58,
  EmptyList: 0x5d,
  Append: 0x61,
  Build: 0x62,
  Global: 0x63,
  Appends: 0x65,
  BinGet: 0x68,
  LongBinGet: 0x6a,
  BinPut: 0x71,
  LongBinPut: 0x72,
  Tuple: 0x74,
  Proto: 0x80,
  Tuple1: 0x85,
  Tuple2: 0x86,
  Tuple3: 0x87,
  NewTrue: 0x88,
  NewFalse: 0x89,
  BinBytes: 0x42,
  ShortBinBytes: 0x43,
  ShortBinUnicode: 0x8c,
  StackGlobal: 0x93,
  Memoize: 0x94,
  Frame: 0x95,
} as const;

const reconstruct = 'multiarray._reconstruct';
const globals = new Map([
  ['numpy.core.multiarray _reconstruct', reconstruct],
  ['numpy._core.multiarray _reconstruct', reconstruct],
  ['numpy ndarray', 'ndarray'],
  ['numpy dtype', 'dtype'],
]);
const longestText = 64;
const deepestStack = 4096;

class PickleReader {
  readonly #bytes: Buffer;
  readonly #count: number;
  readonly #file: string;
  /** Each number takes two bytes or more. */
  readonly #ids: Int32Array;
  readonly #stack: Item[] = [];
  readonly #memo = new Map<number, Item>();
  #filled = 0;
  #at = 0;
  #op = 0;

  constructor(bytes: Buffer, count: number, file: string) {
    this.#bytes = bytes;
    this.#count = count;
    this.#file = file;
    this.#ids = new Int32Array(bytes.length >>> 1);
  }

  read(): Sequences {
    for (;;) {
      this.#op = this.#at;
      const op = this.#byte();
      if (op === Op.Stop) return this.#stop();
      this.#step(op);
      if (this.#stack.length > deepestStack)
        this.#refuse('a shallow pickle', `more than ${deepestStack} open values`);
    }
  }

  #step(op: number): void {
    const stack = this.#stack;
    switch (op) {
      case Op.Proto: {
        const protocol = this.#byte();
        if (protocol < 2 || protocol > 5) this.#refuse('pickle protocol 2 to 5', `${protocol}`);
        return;
      }
      case Op.Frame:
        this.#skip(8);
        return;
      case Op.Mark:
        if (!this.#numbersOfList()) stack.push({ is: 'mark' });
        return;
      case Op.BinInt1:
        stack.push({ is: 'int', value: this.#byte() });
        return;
      case Op.BinInt2:
        stack.push({ is: 'int', value: this.#bytes.readUInt16LE(this.#skip(2)) });
        return;
      case Op.BinInt:
        stack.push({ is: 'int', value: this.#bytes.readInt32LE(this.#skip(4)) });
        return;
      case Op.None:
        stack.push({ is: 'none' });
        return;
      case Op.NewTrue:
      case Op.NewFalse:
        stack.push({ is: 'bool' });
        return;
      case Op.ShortBinString:
      case Op.ShortBinBytes:
      case Op.ShortBinUnicode:
        this.#text(this.#byte());
        return;
      case Op.BinString:
      case Op.BinBytes:
      case Op.BinUnicode:
        this.#text(this.#bytes.readUInt32LE(this.#skip(4)));
        return;
      case Op.EmptyList:
        stack.push({ is: 'list', start: this.#filled, end: this.#filled, rows: undefined, used: false });
        return;
      case Op.Append:
        this.#append([this.#pop()]);
        return;
      case Op.Appends:
        this.#append(this.#popToMark());
        return;
      case Op.Tuple:
        stack.push({ is: 'tuple', items: this.#popToMark() });
        return;
      case Op.Tuple1:
      case Op.Tuple2:
      case Op.Tuple3: {
        const items = Array.from({ length: op - Op.Tuple1 + 1 }, () => this.#pop()).reverse();
        stack.push({ is: 'tuple', items });
        return;
      }
      case Op.Global:
        this.#global(`${this.#line()} ${this.#line()}`);
        return;
      case Op.StackGlobal: {
        const name = this.#pop();
        const module = this.#pop();
        if (name.is !== 'text' || module.is !== 'text') this.#refuse('the name of a global', `a ${name.is}`);
        else this.#global(`${module.value} ${name.value}`);
        return;
      }
      case Op.BinPut:
        this.#memo.set(this.#byte(), this.#top());
        return;
      case Op.LongBinPut:
        this.#memo.set(this.#bytes.readUInt32LE(this.#skip(4)), this.#top());
        return;
      case Op.Memoize:
        this.#memo.set(this.#memo.size, this.#top());
        return;
      case Op.BinGet:
        this.#get(this.#byte());
        return;
      case Op.LongBinGet:
        this.#get(this.#bytes.readUInt32LE(this.#skip(4)));
        return;
      case Op.Reduce:
        this.#reduce();
        return;
      case Op.Build:
        this.#build();
        return;
      default:
        this.#refuse(
          'an object array of lists of whole numbers',
          `opcode 0x${op.toString(16).padStart(2, '0')}`,
        );
    }
  }

  /** The common case at full speed: numbers up to the end of the batch go straight into the list on the stack. */
  #numbersOfList(): boolean {
    const list = this.#stack.at(-1);
    if (list?.is !== 'list' || list.rows !== undefined || list.end !== this.#filled) return false;
    const bytes = this.#bytes;
    const ids = this.#ids;
    let at = this.#at;
    let filled = this.#filled;
    for (;;) {
      const op = bytes[at];
      // Reading past the end gives undefined, which counts as 0 here and is refused by the bounds check below.
      if (op === Op.BinInt1) {
        ids[filled++] = bytes[at + 1]!;
        at += 2;
      } else if (op === Op.BinInt2) {
        ids[filled++] = bytes[at + 1]! | (bytes[at + 2]! << 8);
        at += 3;
      } else if (op === Op.BinInt) {
        ids[filled++] =
          bytes[at + 1]! | (bytes[at + 2]! << 8) | (bytes[at + 3]! << 16) | (bytes[at + 4]! << 24);
        at += 5;
      } else {
        if (op !== Op.Appends || filled === this.#filled) return false;
        this.#at = at + 1;
        this.#filled = list.end = filled;
        return true;
      }
    }
  }

  #append(items: Item[]): void {
    const list = this.#top();
    if (list.is !== 'list') return this.#refuse('a list to append to', `a ${list.is}`);
    for (const item of items) {
      if (item.is === 'int') {
        if (list.rows !== undefined || list.used || list.end !== this.#filled) {
          this.#refuse('lists of whole numbers, one after the other', 'a list in parts');
        }
        this.#ids[this.#filled++] = item.value;
        list.end = this.#filled;
      } else if (item.is === 'list') {
        if (list.end !== list.start || list.used)
          this.#refuse('lists of whole numbers only', 'a list inside one');
        if (item.rows !== undefined || item === list)
          this.#refuse('lists of whole numbers only', 'deeper lists');
        if (item.used) this.#refuse('each list in one place', 'the same list in two');
        item.used = true;
        (list.rows ??= []).push(item);
      } else this.#refuse('lists of whole numbers', `a ${item.is} in one`);
    }
  }

  #reduce(): void {
    const args = this.#pop();
    const callee = this.#pop();
    const shape = args.is === 'tuple' ? args.items : [];
    if (callee.is === 'global' && callee.name === reconstruct) {
      const [type, size, code] = shape;
      const plain =
        type?.is === 'global' && type.name === 'ndarray' && size?.is === 'tuple' && code?.is === 'text';
      if (!plain || shape.length !== 3) this.#refuse('the call that makes an empty array', 'another one');
      this.#stack.push({ is: 'array', built: false });
    } else if (callee.is === 'global' && callee.name === 'dtype') {
      const [code] = shape;
      if (code?.is !== 'text' || !/^O[48]?$/.test(code.value) || shape.length !== 3) {
        this.#refuse(
          'the type of objects (O8)',
          code?.is === 'text' ? JSON.stringify(code.value) : 'another one',
        );
      }
      this.#stack.push({ is: 'dtype', built: false });
    } else this.#refuse('a call of numpy._reconstruct or numpy.dtype', `a ${callee.is} called`);
  }

  #build(): void {
    const state = this.#pop();
    const target = this.#top();
    if (state.is !== 'tuple' || (target.is !== 'dtype' && target.is !== 'array') || target.built) {
      return this.#refuse('the state of an array or a type', `a ${state.is} for a ${target.is}`);
    }
    target.built = true;
    if (target.is === 'dtype') {
      if (state.items.some(item => item.is === 'list' || item.is === 'global'))
        this.#refuse('a plain state', 'another');
      return;
    }
    const [version, shape, dtype, fortran, list] = state.items;
    const fits =
      state.items.length === 5 &&
      version?.is === 'int' &&
      shape?.is === 'tuple' &&
      dtype?.is === 'dtype' &&
      (fortran?.is === 'bool' || fortran?.is === 'int') &&
      list?.is === 'list';
    if (!fits) return this.#refuse('version, shape, type, order and list of the array', 'another state');
    const [n] = shape.items;
    if (shape.items.length !== 1 || n?.is !== 'int')
      return this.#refuse('an array with one axis', 'another shape');
    const rows = list.rows ?? [];
    if (list.end !== list.start) this.#refuse('a list of lists', 'a list of numbers');
    if (rows.length !== n.value || n.value !== this.#count) {
      this.#refuse(
        `${this.#count} lists, as the header says`,
        `shape (${n.value},) and ${rows.length} lists`,
      );
    }
    this.#rows = rows;
  }

  #rows: List[] | undefined;

  #stop(): Sequences {
    const result = this.#pop();
    const rows = this.#rows;
    if (result.is !== 'array' || rows === undefined || this.#stack.length > 0) {
      return this.#refuse('one object array', `a ${result.is}`);
    }
    if (this.#at !== this.#bytes.length) {
      return this.#refuse('the end of the file', `${this.#bytes.length - this.#at} more bytes`);
    }
    return {
      ids: this.#ids.subarray(0, this.#filled),
      starts: Int32Array.from(rows, row => row.start),
      ends: Int32Array.from(rows, row => row.end),
    };
  }

  #global(name: string): void {
    const known = globals.get(name);
    if (known === undefined) {
      return this.#refuse(
        'the names numpy.ndarray, numpy.dtype and multiarray._reconstruct',
        JSON.stringify(name),
      );
    }
    this.#stack.push({ is: 'global', name: known });
  }

  #get(key: number): void {
    const item = this.#memo.get(key);
    if (item === undefined) return this.#refuse('a remembered value', `none under ${key}`);
    if (item.is === 'list') return this.#refuse('each list in one place', 'the same list in two');
    this.#stack.push(item);
  }

  #text(length: number): void {
    if (length > longestText) this.#refuse(`texts of at most ${longestText} bytes`, `one of ${length}`);
    const at = this.#skip(length);
    this.#stack.push({ is: 'text', value: this.#bytes.toString('latin1', at, at + length) });
  }

  #line(): string {
    const end = this.#bytes.indexOf(10, this.#at);
    if (end < 0 || end - this.#at > longestText) return this.#refuse('the name of a global', 'a longer line');
    const at = this.#at;
    this.#at = end + 1;
    return this.#bytes.toString('latin1', at, end);
  }

  #byte(): number {
    return this.#bytes[this.#skip(1)]!;
  }

  /** Move on by `length` bytes that must be there; returns where they begin. */
  #skip(length: number): number {
    const at = this.#at;
    if (at + length > this.#bytes.length)
      this.#refuse('the end of the pickle', 'the end of the file before it');
    this.#at = at + length;
    return at;
  }

  #top(): Item {
    return this.#stack.at(-1) ?? this.#refuse('a value on the stack', 'none');
  }

  #pop(): Item {
    const item = this.#stack.pop() ?? this.#refuse('a value on the stack', 'none');
    return item.is === 'mark' ? this.#refuse('a value on the stack', 'a mark') : item;
  }

  #popToMark(): Item[] {
    const from = this.#stack.findLastIndex(item => item.is === 'mark');
    if (from < 0) return this.#refuse('a mark on the stack', 'none');
    const items = this.#stack.splice(from);
    return items.slice(1);
  }

  #refuse(expected: string, received: string): never {
    throw damaged(this.#file, `${expected} (pickle, byte ${this.#op})`, received);
  }
}
