import { crc32, inflateRawSync } from 'node:zlib';
import { damaged } from './damaged';

/** One file inside a zip archive, as its central directory lists it. */
interface Member {
  name: string;
  /** 0 stored, 8 deflated. */
  method: number;
  crc: number;
  packed: number;
  size: number;
  offset: number;
}

/** The largest member that is inflated; the largest of the known files has 14 MB. What is stored takes no further memory. */
const maxSize = 2 ** 28;
/** Deflate cannot do better, so a larger size is a lie. */
const maxRatio = 1032;
const maxMembers = 1000;

const endSignature = 0x06054b50;
const directorySignature = 0x02014b50;
const localSignature = 0x04034b50;

/**
 * Read one member of a zip archive by its name. Every size is checked before memory is taken and the checksum
 * afterwards, which no zip library at hand does; member names are never used as paths.
 *
 * @param file The name of the archive for error messages.
 * @throws Error for an archive that is damaged, lies about its sizes, is encrypted, needs zip64 or lacks the member.
 */
export class ZipArchive {
  readonly #bytes: Buffer;
  readonly #file: string;
  readonly #members: Member[];

  constructor(bytes: Buffer, file: string) {
    this.#bytes = bytes;
    this.#file = file;
    this.#members = readDirectory(bytes, file);
  }

  /** The names of all members, in the order of the directory. */
  get names(): string[] {
    return this.#members.map(member => member.name);
  }

  /** The unpacked bytes of one member. */
  read(name: string): Buffer {
    const found = this.#members.filter(member => member.name === name);
    const member = found[0];
    if (member === undefined || found.length > 1) {
      throw damaged(
        this.#file,
        `one member "${name}"`,
        member === undefined ? `only ${quoted(this.names)}` : `${found.length} of this name`,
      );
    }
    const where = `${name} in ${this.#file}`;
    const there = Math.min(member.packed, this.#bytes.length);
    const most = member.method === 0 ? there : Math.min(maxSize, maxRatio * there);
    if (member.size > most) throw damaged(where, `at most ${most} bytes`, `a claim of ${member.size}`);
    const packed = this.#packed(member, where);
    const bytes = member.method === 0 ? packed : inflate(packed, member.size, where);
    if (bytes.length !== member.size) throw damaged(where, `${member.size} bytes`, `${bytes.length}`);
    if (crc32(bytes) !== member.crc) throw damaged(where, 'bytes that fit its checksum', 'others');
    return bytes;
  }

  #packed(member: Member, where: string): Buffer {
    const bytes = this.#bytes;
    const at = member.offset;
    if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== localSignature) {
      throw damaged(where, 'a local header where the directory says', 'other bytes');
    }
    const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    if (from + member.packed > bytes.length) {
      throw damaged(where, `${member.packed} packed bytes`, `only ${Math.max(0, bytes.length - from)}`);
    }
    return bytes.subarray(from, from + member.packed);
  }
}

function readDirectory(bytes: Buffer, file: string): Member[] {
  const end = findEnd(bytes, file);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count === 0xffff || at === 0xffffffff) throw damaged(file, 'a plain zip directory', 'a zip64 one');
  if (count > maxMembers) throw damaged(file, `at most ${maxMembers} members`, `${count}`);
  const members: Member[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== directorySignature) {
      throw damaged(file, `a zip directory of ${count} entries`, `only ${i}`);
    }
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    if (nameEnd > end) throw damaged(file, 'names that end inside the directory', 'a longer one');
    const name = bytes.toString('utf8', at + 46, nameEnd);
    const method = bytes.readUInt16LE(at + 10);
    if ((bytes.readUInt16LE(at + 8) & 1) !== 0)
      throw damaged(file, 'plain members', `an encrypted one, ${quoted([name])}`);
    if (method !== 0 && method !== 8) {
      throw damaged(file, 'members stored (0) or deflated (8)', `method ${method} for ${quoted([name])}`);
    }
    members.push({
      name,
      method,
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return members;
}

/** The end record stands before an archive comment of at most 65,535 bytes. */
function findEnd(bytes: Buffer, file: string): number {
  const last = Math.max(0, bytes.length - 22 - 0xffff);
  for (let at = bytes.length - 22; at >= last; at--) {
    if (bytes.readUInt32LE(at) === endSignature && at + 22 + bytes.readUInt16LE(at + 20) === bytes.length)
      return at;
  }
  throw damaged(file, 'a zip archive', `${bytes.length} bytes without the end of one`);
}

function inflate(packed: Buffer, size: number, where: string): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw damaged(where, `${size} deflated bytes`, error instanceof Error ? error.message : 'others');
  }
}

function quoted(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const shown = names.slice(0, 5).map(name => JSON.stringify(name.slice(0, 60)));
  return shown.join(', ') + (names.length > shown.length ? `, … (${names.length})` : '');
}
