// Kernels on the memory of TensorFlow.js' WebAssembly back end: addresses and sizes in, results into memory that the host has allocated
// and that may hold anything. No data of its own: that memory belongs to the back end.

export { convolutionScratch, convolve, convolveFilterGradient, convolveInputGradient } from './convolution';
export { depthwise, depthwiseGradient } from './depthwise';
export {
  copyRuns,
  firstOutside,
  gatherRows,
  repeatRuns,
  resizeNearest,
  resizeNearestGradient,
  sumMiddle,
  sumRows,
  sumSegments,
} from './movement';
export { clip, extreme, reluGradient, tanh } from './elementwise';
export { averagePool, averagePoolGradient, maxPool, maxPoolGradient } from './pooling';
export { multiply, productScratch } from './product';
export { sequenceBackward, sequenceForward, sequenceScratch } from './recurrent';
