import { registerConvolution } from './convolution';
import { replaceConvolutionLayers } from './convolutionLayers';
import { registerDilatedGradients } from './dilatedGradients';
import { registerElementwise } from './elementwise';
import { registerMatMul } from './matMul';
import { registerMovement } from './movement';
import { registerPooling } from './pooling';
import { replaceRecurrentLayers } from './recurrentLayers';
import { registerReluGradient } from './reluGradient';
import { registerResize } from './resize';
import { registerSequence } from './sequence';
import { registerVolumes } from './volumes';

/**
 * Give TensorFlow.js' WebAssembly back end the kernels that it lacks, has wrong or has slow; docs/kernels.md lists them. Doing so twice does nothing.
 */
export function installKernels(): void {
  registerMatMul();
  registerConvolution();
  registerPooling();
  registerResize();
  registerMovement();
  registerElementwise();
  registerVolumes();
  registerDilatedGradients();
  registerReluGradient();
  registerSequence();
  replaceConvolutionLayers();
  replaceRecurrentLayers();
}
