import type * as tf from '@tensorflow/tfjs';
import { register } from './register';
import type { Room } from './Room';

interface ResizeAttributes {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
  readonly size: [number, number];
}

/** Register nearest-neighbour resizing, which `upSampling2d` uses, and its gradient. */
export function registerResize(): void {
  register<ResizeAttributes>('ResizeNearestNeighbor', (room, { images }, attributes, original) => {
    if (images!.dtype !== 'float32') return original();
    const [batch, height, width, channels] = images!.shape;
    const [outHeight, outWidth] = attributes.size;
    const out = room.output([batch!, outHeight, outWidth, channels!]);
    withMaps(room, attributes, [height!, width!], [outHeight, outWidth], (rows, columns) =>
      room.call.resizeNearest(
        ...([room.at(images!), room.at(out), rows, columns] as const),
        ...[batch!, height!, width!, outHeight, outWidth, channels!],
      ),
    );
    return out;
  });

  register<ResizeAttributes>('ResizeNearestNeighborGrad', (room, { images, dy }, attributes) => {
    const [batch, height, width, channels] = images!.shape;
    const [, outHeight, outWidth] = dy!.shape;
    const out: tf.TensorInfo = room.output(images!.shape);
    withMaps(room, attributes, [height!, width!], [outHeight!, outWidth!], (rows, columns) =>
      room.call.resizeNearestGradient(
        ...([room.at(dy!), room.at(out), rows, columns] as const),
        ...[batch!, height!, width!, outHeight!, outWidth!, channels!],
      ),
    );
    return out;
  });

  register<ResizeAttributes>('ResizeBilinearGrad', (_, _inputs, { halfPixelCenters }, original) => {
    if (halfPixelCenters) {
      throw new Error(
        'Expected resizeBilinear without halfPixelCenters where it is trained through, received halfPixelCenters: true. ' +
          "Leave it out, or use tfjs-node: TensorFlow.js' own back ends have this gradient wrong.",
      );
    }
    return original();
  });
}

function withMaps(
  room: Room,
  attributes: ResizeAttributes,
  from: readonly [number, number],
  to: readonly [number, number],
  work: (rows: number, columns: number) => void,
): void {
  const maps = to.map((length, axis) => map(from[axis]!, length, attributes));
  room.withScratch(4 * (to[0] + to[1]), scratch => {
    const words = new Int32Array(room.backend.wasm.HEAPU8.buffer, scratch, to[0] + to[1]);
    words.set(maps.flat());
    work(scratch, scratch + 4 * to[0]);
  });
}

/** Which old place each new one is taken from. In whole numbers as long as possible, so that no rounding moves a place. */
function map(before: number, after: number, { alignCorners, halfPixelCenters }: ResizeAttributes): number[] {
  return Array.from({ length: after }, (_, i) => {
    const corners = alignCorners && after > 1;
    const place = halfPixelCenters
      ? ((2 * i + 1) * (corners ? before - 1 : before)) / (2 * (corners ? after - 1 : after))
      : (i * (corners ? before - 1 : before)) / (corners ? after - 1 : after);
    return Math.max(0, Math.min(before - 1, alignCorners ? Math.round(place) : Math.floor(place)));
  });
}
