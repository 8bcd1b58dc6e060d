const varintKind = 0;
const eightBytes = 1;
const counted = 2;

/** A protocol buffer in the making: fields by their numbers, as they are written. */
export class Message {
  private readonly parts: Buffer[] = [];

  /** A whole number of at least 0. */
  whole(field: number, value: number): this {
    this.parts.push(varint(field * 8 + varintKind), varint(value));
    return this;
  }

  /** A 64-bit float. */
  double(field: number, value: number): this {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(value);
    this.parts.push(varint(field * 8 + eightBytes), bytes);
    return this;
  }

  /** Text, bytes or a message within. */
  bytes(field: number, value: string | Uint8Array | Message): this {
    const bytes = value instanceof Message ? value.encode() : Buffer.from(value);
    this.parts.push(varint(field * 8 + counted), varint(bytes.length), bytes);
    return this;
  }

  encode(): Buffer {
    return Buffer.concat(this.parts);
  }
}

/** Seven bits a byte, the lowest first. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}
