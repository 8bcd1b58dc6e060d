import * as tf from '@tensorflow/tfjs';
import { activate, combine, type FusedActivation } from './fused';
import { computeOnCpu } from './onCpu';
import type { Region } from './parts/Helper';
import { partition, type Examples } from './parts/partition';
import { runParts } from './parts/runParts';
import { register } from './register';
import type { Room } from './Room';

type Pair = [number, number];

interface ConvolutionAttributes {
  readonly strides: Pair | number;
  readonly pad: 'valid' | 'same' | number;
  readonly dataFormat: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  /** Not among TensorFlow.js' own; see `dilatedGradients`. */
  readonly dilations?: Pair | number | null;
}

type Sizes = tf.backend_util.Conv2DInfo;

/** The sizes of a convolution or pooling in the order of the kernels' `Shape`. */
export function shapeWords(info: Sizes): number[] {
  const {
    batchSize,
    inHeight,
    inWidth,
    inChannels,
    filterHeight,
    filterWidth,
    outHeight,
    outWidth,
    outChannels,
  } = info;
  const { strideHeight, strideWidth, padInfo, dilationHeight, dilationWidth } = info;
  return [
    ...[
      batchSize,
      inHeight,
      inWidth,
      inChannels,
      filterHeight,
      filterWidth,
      outHeight,
      outWidth,
      outChannels,
    ],
    ...[strideHeight, strideWidth, padInfo.top, padInfo.left, dilationHeight, dilationWidth],
  ];
}

const channelsFirst = ({ dataFormat }: ConvolutionAttributes): boolean => dataFormat === 'NCHW';

/** TensorFlow.js takes the filter's height for its width where the padding is a number: a result of the wrong size, on wasm written past its end. */
function refuseUneven(pad: ConvolutionAttributes['pad'], rows: number, columns: number): void {
  if (typeof pad === 'string' || rows === columns) return;
  throw new RangeError(
    `Expected pad 'same' or 'valid' for a filter that is not square, received pad ${JSON.stringify(pad)} and a filter of ${rows} × ${columns}. ` +
      'Call tf.pad first.',
  );
}

function sizes(
  xShape: readonly number[],
  filterShape: readonly number[],
  { strides, pad, dimRoundingMode, dilations }: ConvolutionAttributes,
  depthwise: boolean,
): Sizes {
  const [batch, height, width, channels] = xShape;
  const [rows, columns, inner, outer] = filterShape;
  refuseUneven(pad, rows!, columns!);
  return tf.backend_util.computeConv2DInfo(
    [batch!, height!, width!, channels!],
    [rows!, columns!, inner!, outer!],
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    depthwise,
  );
}

type FusedAttributes = ConvolutionAttributes & FusedActivation;

function convolve(
  room: Room,
  inputs: Readonly<Record<string, tf.TensorInfo | undefined>>,
  attributes: ConvolutionAttributes,
  relu: boolean,
): tf.TensorInfo {
  const { x, filter, bias } = inputs;
  const info = sizes(x!.shape, filter!.shape, attributes, false);
  const out = room.output(info.outShape);
  runInParts(room, 'convolve', info, imagesOf(info), images => [
    images(x!, 'in'),
    room.region(filter!, 'in'),
    bias ? room.region(bias, 'in') : 0,
    images(out, 'out'),
    relu ? 1 : 0,
  ]);
  return out;
}

/** Run a kernel on some images after others; `argsOf` gives its arguments for each part. */
function runInParts(
  room: Room,
  kernel: 'convolve' | 'convolveFilterGradient' | 'convolveInputGradient',
  info: Sizes,
  examples: readonly Examples[],
  argsOf: (
    images: (tensor: tf.TensorInfo, way: Region['way']) => Region,
    part: number,
  ) => (number | Region)[],
): void {
  const parts = examples.map(({ first, count }, part) => ({
    words: shapeWords({ ...info, batchSize: count }),
    args: argsOf((tensor, way) => room.region(tensor, way, first, count, info.batchSize), part),
  }));
  runParts(room, kernel, parts);
}

/** The images that are worked on together. */
function imagesOf(info: Sizes): Examples[] {
  const { batchSize, inHeight, inWidth, inChannels, filterHeight, filterWidth } = info;
  const { outHeight, outWidth, outChannels } = info;
  const places = batchSize * outHeight * outWidth;
  return partition(
    batchSize,
    2 * places * filterHeight * filterWidth * inChannels * outChannels,
    4 * (batchSize * inHeight * inWidth * inChannels + places * outChannels),
  );
}

/** Register convolution of two dimensions and its gradients; one dimension and transposed convolution go through these too. */
export function registerConvolution(): void {
  register<ConvolutionAttributes>('Conv2D', (room, inputs, attributes, original) =>
    channelsFirst(attributes) || inputs.x!.dtype !== 'float32'
      ? original()
      : convolve(room, inputs, attributes, false),
  );

  register<FusedAttributes>('FusedConv2D', (room, inputs, attributes, original) => {
    const { x, filter, bias } = inputs;
    refuseUneven(attributes.pad, filter!.shape[0]!, filter!.shape[1]!);
    if (channelsFirst(attributes) || x!.dtype !== 'float32') return original();
    const relu = attributes.activation === 'relu';
    const oneForEach = bias?.shape.length === 1 && bias.shape[0] === filter!.shape[3];
    if (oneForEach || bias === undefined) {
      const y = convolve(room, inputs, attributes, relu);
      return relu ? y : activate(room, y, inputs, attributes);
    }
    const y = convolve(room, { x, filter }, attributes, false);
    return activate(room, combine(room, 'Add', y, bias), inputs, attributes);
  });

  register<ConvolutionAttributes & { readonly filterShape: number[] }>(
    'Conv2DBackpropFilter',
    (room, { x, dy }, attributes) => {
      if (channelsFirst(attributes)) {
        return computeOnCpu('Conv2DBackpropFilter', room.backend, { x: x!, dy: dy! }, attributes);
      }
      const info = sizes(x!.shape, attributes.filterShape, attributes, false);
      const examples = imagesOf(info);
      const out = room.output([examples.length, ...attributes.filterShape]);
      runInParts(room, 'convolveFilterGradient', info, examples, (images, part) => [
        images(x!, 'in'),
        images(dy!, 'in'),
        room.region(out, 'out', part, 1, examples.length),
      ]);
      return room.sumParts(out);
    },
  );

  register<ConvolutionAttributes & { readonly inputShape: number[] }>(
    'Conv2DBackpropInput',
    (room, { dy, filter }, attributes) => {
      if (channelsFirst(attributes)) {
        return computeOnCpu('Conv2DBackpropInput', room.backend, { dy: dy!, filter: filter! }, attributes);
      }
      const info = sizes(attributes.inputShape, filter!.shape, attributes, false);
      const out = room.output(attributes.inputShape);
      runInParts(room, 'convolveInputGradient', info, imagesOf(info), images => [
        images(dy!, 'in'),
        room.region(filter!, 'in'),
        images(out, 'out'),
      ]);
      return out;
    },
  );

  for (const name of ['DepthwiseConv2dNative', 'FusedDepthwiseConv2D']) {
    register<FusedAttributes>(name, (room, inputs, attributes, original) => {
      const { x, filter, bias } = inputs;
      if (channelsFirst(attributes) || x!.dtype !== 'float32') return original();
      const info = sizes(x!.shape, filter!.shape, attributes, true);
      const out = room.output(info.outShape);
      room.call.depthwise(room.words(shapeWords(info)), room.at(x!), room.at(filter!), room.at(out));
      return activate(room, bias ? combine(room, 'Add', out, bias) : out, inputs, attributes);
    });
  }

  register<ConvolutionAttributes & { readonly filterShape: number[] }>(
    'DepthwiseConv2dNativeBackpropFilter',
    (room, { x, dy }, attributes) => {
      const info = sizes(x!.shape, attributes.filterShape, attributes, true);
      const out = room.output(attributes.filterShape);
      const shape = room.words(shapeWords(info));
      room.call.depthwiseGradient(shape, room.at(x!), room.at(out), room.at(dy!), 1);
      return out;
    },
  );

  register<ConvolutionAttributes & { readonly inputShape: number[] }>(
    'DepthwiseConv2dNativeBackpropInput',
    (room, { dy, filter }, attributes) => {
      const info = sizes(attributes.inputShape, filter!.shape, attributes, true);
      const out = room.output(attributes.inputShape);
      const shape = room.words(shapeWords(info));
      room.call.depthwiseGradient(shape, room.at(out), room.at(filter!), room.at(dy!), 0);
      return out;
    },
  );
}
