import { appendFile, mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { crc32c } from './crc32c';
import { histogramBuckets } from './histogramBuckets';
import { Message } from './Message';

// Numbers of fields and types, from tensorflow/core/util/event.proto and tensorflow/core/framework/summary.proto, tensor.proto.
const event = { wallTime: 1, step: 2, fileVersion: 3, summary: 5 };
const summary = { value: 1, tag: 1, tensor: 8, metadata: 9 };
const metadata = { pluginData: 1, pluginName: 1, dataClass: 4 };
const tensor = { dtype: 1, shape: 2, content: 4, dimension: 2, size: 1 };
const doubles = 2;
const plugins = { scalars: 1, histograms: 2 };

let made = 0;

/** A file of events that TensorBoard reads, written as TensorFlow writes them: TFRecords of `Event` messages. It is made at the first `write`. */
export class EventFile {
  private readonly name = `events.out.tfevents.${Math.floor(Date.now() / 1000)}.${hostname()}.${process.pid}.${made++}.v2`;
  private waiting = [
    record(new Message().double(event.wallTime, now()).bytes(event.fileVersion, 'brain.Event:2')),
  ];

  constructor(private readonly folder: string) {}

  /** A number of a step. */
  scalar(tag: string, value: number, step: number): void {
    this.add('scalars', tag, step, [], [value]);
  }

  /** How numbers are spread. */
  histogram(tag: string, values: ArrayLike<number>, step: number): void {
    const buckets = histogramBuckets(values);
    this.add('histograms', tag, step, [buckets.length, 3], buckets.flat());
  }

  /** Write what was added since. */
  async write(): Promise<void> {
    const bytes = Buffer.concat(this.waiting);
    this.waiting = [];
    await mkdir(this.folder, { recursive: true });
    await appendFile(path.join(this.folder, this.name), bytes);
  }

  private add(
    plugin: keyof typeof plugins,
    tag: string,
    step: number,
    shape: readonly number[],
    values: readonly number[],
  ): void {
    const axes = new Message();
    for (const size of shape) axes.bytes(tensor.dimension, new Message().whole(tensor.size, size));
    const content = Buffer.alloc(8 * values.length);
    values.forEach((value, i) => content.writeDoubleLE(value, 8 * i));
    const value = new Message()
      .bytes(summary.tag, tag)
      .bytes(
        summary.tensor,
        new Message().whole(tensor.dtype, doubles).bytes(tensor.shape, axes).bytes(tensor.content, content),
      )
      .bytes(
        summary.metadata,
        new Message()
          .bytes(metadata.pluginData, new Message().bytes(metadata.pluginName, plugin))
          .whole(metadata.dataClass, plugins[plugin]),
      );
    this.waiting.push(
      record(
        new Message()
          .double(event.wallTime, now())
          .whole(event.step, step)
          .bytes(event.summary, new Message().bytes(summary.value, value)),
      ),
    );
  }
}

const now = (): number => Date.now() / 1000;

/** A TFRecord: length, its checksum, the bytes, theirs. */
function record(message: Message): Buffer {
  const data = message.encode();
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(data.length));
  return Buffer.concat([length, checksum(length), data, checksum(data)]);
}

/** The checksum of a TFRecord is a CRC-32C, turned and moved. */
function checksum(bytes: Uint8Array): Buffer {
  const crc = crc32c(bytes);
  const result = Buffer.alloc(4);
  result.writeUInt32LE((((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0);
  return result;
}
