import * as tf from '@tensorflow/tfjs';
import type { Room } from './Room';
import { register } from './register';

type Info = tf.TensorInfo;

const size = tf.util.sizeFromShape;

/** Register what moves numbers about: copies, slices, rows by index, and sums. */
export function registerMovement(): void {
  register<object>('Identity', (room, { x }, _, original) =>
    x!.dtype === 'string' ? original() : room.share(x!, x!.shape),
  );

  register<{ readonly begin: number[]; readonly size: number[] }>(
    'Slice',
    (room, { x }, attributes, original) => {
      if (x!.dtype === 'string') return original();
      const [begin = [], extent = []] = tf.slice_util.parseSliceParams(x!, attributes.begin, attributes.size);
      return slice(room, x!, begin, extent) ?? original();
    },
  );

  register<{ readonly reps: number[] }>('Tile', (room, { x }, { reps }, original) => {
    const width = tf.util.bytesPerElement(x!.dtype);
    if (x!.dtype === 'string' || width !== 4) return original();
    return tile(room, x!, reps);
  });

  register<{ readonly axis: number }>('Unpack', (room, { value }, attributes, original) => {
    if (value!.dtype === 'string') return original();
    const { shape } = value!;
    const axis = attributes.axis < 0 ? attributes.axis + shape.length : attributes.axis;
    const rest = shape.toSpliced(axis, 1);
    const parts: Info[] = [];
    for (let i = 0; i < shape[axis]!; i++) {
      const part = slice(
        room,
        value!,
        shape.map((_, at) => (at === axis ? i : 0)),
        shape.with(axis, 1),
      );
      if (part === undefined) return original();
      parts.push({ ...part, shape: rest });
    }
    return parts;
  });

  register<{ readonly axis: number; readonly batchDims: number }>(
    'GatherV2',
    (room, inputs, { axis, batchDims }, original) => {
      const x = inputs.x!;
      const indices = inputs.indices!;
      if (x.dtype === 'string' || x.dtype === 'complex64' || indices.dtype !== 'int32') return original();
      const { call } = room;
      const parsed = tf.util.parseAxisParam(axis, x.shape)[0]!;
      const count = size(indices.shape);
      const at = call.firstOutside(room.at(indices), count, x.shape[parsed]!);
      if (at >= 0) return original();
      const info = tf.backend_util.segment_util.collectGatherOpShapeInfo(
        tensorLike(x),
        tensorLike(indices),
        parsed,
        batchDims,
      );
      const width = tf.util.bytesPerElement(x.dtype) * info.sliceSize;
      if (width % 4 !== 0) return original();
      const out = room.output(info.outputShape, x.dtype);
      if (size(x.shape) > 0 && count > 0) {
        const perBatch = count / info.batchSize;
        call.gatherRows(
          ...([room.at(x), room.at(indices), room.at(out)] as const),
          ...([info.batchSize, info.outerSize, info.dimSize, perBatch, width] as const),
        );
      }
      return out;
    },
  );

  register<{ readonly numSegments: number }>(
    'UnsortedSegmentSum',
    (room, { x, segmentIds }, { numSegments }) => {
      const [count = 1, ...rest] = x!.shape;
      if (x!.dtype !== 'float32') {
        throw new TypeError(
          `Expected segments of float32 to sum, received ${x!.dtype}. Call x.toFloat() first, or use the cpu back end.`,
        );
      }
      const out = room.output([numSegments, ...rest]);
      room.call.sumSegments(
        room.at(x!),
        room.at(segmentIds!),
        room.at(out),
        count,
        numSegments,
        4 * size(rest),
      );
      return out;
    },
  );

  for (const name of ['Sum', 'Mean'] as const) {
    register<{ readonly axis: number | number[]; readonly keepDims: boolean }>(
      name,
      (room, { x }, { axis, keepDims }, original) => {
        const { shape, dtype } = x!;
        const axes = tf.util.parseAxisParam(axis, shape).toSorted((a, b) => a - b);
        const first = axes[0];
        const last = axes.at(-1);
        if (dtype !== 'float32' || first === undefined || last === undefined) return original();
        const inner = size(shape.slice(last + 1));
        if (last - first !== axes.length - 1 || size(shape) === 0) return original();
        const count = size(shape.slice(first, last + 1));
        const out = room.output(
          shape.flatMap((length, i) => (i < first || i > last ? [length] : keepDims ? [1] : [])),
        );
        const outer = size(shape.slice(0, first));
        const scale = name === 'Mean' ? 1 / count : 1;
        if (inner === 1) room.call.sumRows(room.at(x!), room.at(out), outer, count, scale);
        else room.call.sumMiddle(room.at(x!), room.at(out), outer, count, inner, scale);
        return out;
      },
    );
  }
}

/** Part of a tensor; undefined if it is cut in more ways than the kernel can follow. */
function slice(room: Room, x: Info, begin: readonly number[], extent: readonly number[]): Info | undefined {
  const width = tf.util.bytesPerElement(x.dtype);
  // Trailing axes taken whole make one run; before it, an axis that is taken in part or has others taken in part within.
  let run = width;
  let stride = width;
  const loops: { count: number; stride: number }[] = [];
  let from = 0;
  for (let axis = x.shape.length - 1; axis >= 0; axis--) {
    const length = x.shape[axis]!;
    const count = extent[axis]!;
    from += begin[axis]! * stride;
    if (loops.length === 0 && run === stride) run *= count;
    else if (count !== 1) {
      const inner = loops[0];
      if (inner !== undefined && inner.stride * inner.count === stride) inner.count *= count;
      else loops.unshift({ count, stride });
    }
    stride *= length;
  }
  if (loops.length > 4 || run % 4 !== 0 || from % 4 !== 0) return undefined;
  while (loops.length < 4) loops.unshift({ count: 1, stride: 0 });
  const out = room.output(extent, x.dtype);
  if (size([...extent]) > 0) {
    room.call.copyRuns(
      room.at(x) + from,
      room.at(out),
      run,
      ...loops.flatMap(loop => [loop.count, loop.stride]),
    );
  }
  return out;
}

/** A tensor of four-byte numbers repeated along each axis, the last axis first. */
function tile(room: Room, x: Info, reps: readonly number[]): Info {
  let now = room.share(x, x.shape);
  for (let axis = x.shape.length - 1; axis >= 0; axis--) {
    const times = reps[axis] ?? 1;
    if (times === 1) continue;
    const { shape } = now;
    const next = room.output(shape.with(axis, shape[axis]! * times), x.dtype);
    const run = 4 * size(shape.slice(axis));
    if (run > 0) room.call.repeatRuns(room.at(now), room.at(next), size(shape.slice(0, axis)), run, times);
    room.backend.disposeData(now.dataId);
    now = next;
  }
  return now;
}

/** What `collectGatherOpShapeInfo` reads of a tensor. */
function tensorLike({ shape, dtype, dataId }: Info): tf.TensorInfo & { rank: number; size: number } {
  return { shape, dtype, dataId, rank: shape.length, size: size(shape) };
}
