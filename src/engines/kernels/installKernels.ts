import { registerConvolution } from './convolution';
import { registerMatMul } from './matMul';
import { registerMovement } from './movement';
import { registerPooling } from './pooling';
import { registerResize } from './resize';

/**
 * Give TensorFlow.js' WebAssembly back end the kernels that it lacks, has wrong or has slow; docs/kernels.md lists them. Doing so twice does nothing.
 */
export function installKernels(): void {
  registerMatMul();
  registerConvolution();
  registerPooling();
  registerResize();
  registerMovement();
}
