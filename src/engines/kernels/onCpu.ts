import * as tf from '@tensorflow/tfjs';
import { register } from './register';
import type { WasmBackend } from './WasmBackend';

interface CpuBackend {
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: ArrayLike<number>): tf.TensorInfo;
  readSync(id: object): ArrayLike<number>;
  disposeData(id: object): boolean;
}

function isCpuBackend(backend: object): backend is CpuBackend {
  return ['makeTensorInfo', 'readSync', 'disposeData'].every(name => name in backend);
}

/** Let TensorFlow.js' cpu back end compute a kernel that the WebAssembly back end lacks or gets wrong: slow, but right. */
export function onCpu(kernelName: string): void {
  register<tf.NamedAttrMap>(kernelName, (room, inputs, attrs) =>
    computeOnCpu(kernelName, room.backend, inputs, attrs),
  );
}

/** The result of a kernel of the cpu back end, for tensors of the WebAssembly back end. */
export function computeOnCpu(
  kernelName: string,
  backend: WasmBackend,
  inputs: Readonly<Record<string, tf.TensorInfo>>,
  attributes: object,
): tf.TensorInfo | tf.TensorInfo[] {
  const cpu: object | null = tf.engine().findBackend('cpu');
  const kernel = tf.getKernel(kernelName, 'cpu') ?? undefined;
  if (cpu === null || !isCpuBackend(cpu) || kernel === undefined) {
    throw new Error(
      `Expected TensorFlow.js' cpu back end, which computes ${kernelName} where the wasm back end cannot, but it is not there. ` +
        "Import '@tensorflow/tfjs' as a whole.",
    );
  }
  const copies: Record<string, tf.TensorInfo> = {};
  for (const [name, { dataId, shape, dtype }] of Object.entries(inputs)) {
    copies[name] = cpu.makeTensorInfo(shape, dtype, backend.readSync(dataId));
  }
  try {
    const results = kernel.kernelFunc({ inputs: copies, backend: cpu, attrs: { ...attributes } });
    const move = ({ dataId, shape, dtype }: tf.TensorInfo): tf.TensorInfo => {
      const moved = backend.makeOutput(shape, dtype, undefined, cpu.readSync(dataId));
      cpu.disposeData(dataId);
      return moved;
    };
    return Array.isArray(results) ? results.map(move) : move(results);
  } finally {
    for (const { dataId } of Object.values(copies)) cpu.disposeData(dataId);
  }
}
