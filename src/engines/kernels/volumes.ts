import { onCpu } from './onCpu';

/**
 * What the WebAssembly back end computes wrongly and nothing here computes faster: convolution and pooling of three dimensions, and morphological
 * dilation. They go to the cpu back end.
 */
export function registerVolumes(): void {
  for (const name of [
    'Conv3D',
    'Conv3DBackpropFilterV2',
    'Conv3DBackpropInputV2',
    'MaxPool3D',
    'MaxPool3DGrad',
    'AvgPool3D',
    'AvgPool3DGrad',
    'Dilation2D',
    'Dilation2DBackpropFilter',
    'Dilation2DBackpropInput',
  ]) {
    onCpu(name);
  }
}
