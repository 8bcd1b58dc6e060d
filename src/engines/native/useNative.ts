import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs';
import { findNative, type NativeInstall } from './findNative';
import { hasNvidiaDriver } from './hasNvidiaDriver';
import { mendNative } from './mendNative';

/** The name that the native builds register themselves under. */
export const nativeBackend = 'tensorflow';

/** The native build that this process has loaded: there can be only one. */
export interface LoadedNative {
  readonly install: NativeInstall;
  /** Whether it computes on a GPU. */
  readonly usesGpu: boolean;
  /** Of the TensorFlow library. */
  readonly tensorflow: string;
}

let loaded: LoadedNative | undefined;
const failures = new Map<NativeInstall['kind'], string>();

/** The native build that this process has loaded, if any. */
export function loadedNative(): LoadedNative | undefined {
  return loaded;
}

/**
 * Why a GPU cannot be computed on, as far as can be told without loading anything, as a phrase that can follow "because"; `undefined` if
 * nothing speaks against it.
 */
export function reasonAgainstGpu(): string | undefined {
  if (loaded) return loaded.usesGpu ? undefined : notOnGpu(loaded);
  const failure = failures.get('gpu');
  if (failure !== undefined) return failure;
  const install = findNative('gpu');
  if (typeof install === 'string') return install;
  if (!hasNvidiaDriver()) return 'no NVIDIA driver was found on this machine';
  if (['', '-1'].includes(process.env.CUDA_VISIBLE_DEVICES ?? '0'))
    return 'CUDA_VISIBLE_DEVICES hides every device';
  return undefined;
}

/** As `reasonAgainstGpu`, for computing on the processor: by either package. */
export function reasonAgainstNative(): string | undefined {
  if (loaded) return undefined;
  const install = installForProcessor();
  return typeof install === 'string' ? install : failures.get(install.kind);
}

/**
 * Compute on a GPU, if there is one and its build is installed.
 * @returns why it cannot be done; `undefined` if it is done.
 */
export async function useGpu(): Promise<string | undefined> {
  const against = reasonAgainstGpu();
  if (against !== undefined) return against;
  const install = findNative('gpu');
  if (typeof install === 'string') return install;
  const failure = load(install, '1');
  if (failure !== undefined) return failure;
  if (!loaded?.usesGpu) return reasonAgainstGpu();
  await tf.setBackend(nativeBackend);
  return undefined;
}

/**
 * Compute on the processor with TensorFlow's own library, if a build is installed; the GPU build can do it too.
 * @returns why it cannot be done; `undefined` if it is done.
 */
export async function useNative(): Promise<string | undefined> {
  if (!loaded) {
    const install = installForProcessor();
    if (typeof install === 'string') return install;
    if (install.kind === 'gpu') process.env.CUDA_VISIBLE_DEVICES = '-1';
    // The GPU build says as an error that there is no device, which is what was asked for.
    const failure = load(install, install.kind === 'gpu' ? '3' : '2');
    if (failure !== undefined) return failure;
  }
  await tf.setBackend(nativeBackend);
  return undefined;
}

/** The install that computes on the processor: tfjs-node before tfjs-node-gpu; else why there is none. */
export function installForProcessor(): NativeInstall | string {
  const cpu = findNative('cpu');
  if (typeof cpu !== 'string') return cpu;
  const gpu = findNative('gpu');
  return typeof gpu === 'string' ? cpu : gpu;
}

/** @param logLevel what TensorFlow's library prints: 1 warnings, 2 errors, 3 nothing; the user's own setting wins. */
function load(install: NativeInstall, logLevel: string): string | undefined {
  const known = failures.get(install.kind);
  if (known !== undefined) return known;
  process.env.TF_CPP_MIN_LOG_LEVEL ??= logLevel;
  const before = tf.engine().backendName;
  try {
    // It registers its back end and makes it tf's, without waiting.
    createRequire(__filename)(install.folder);
    mendNative();
    const backend: unknown = tf.engine().findBackend(nativeBackend);
    if (!isNativeBackend(backend)) throw new Error('it registers no back end');
    loaded = {
      install,
      usesGpu: backend.isGPUPackage && backend.isUsingGpuDevice,
      tensorflow: backend.binding.TF_Version,
    };
    return undefined;
  } catch (error) {
    if (tf.engine().backendName !== before && before) void tf.setBackend(before);
    const text = error instanceof Error ? error.message : String(error);
    const reason = `its native library cannot be loaded (${text.split('\n')[0]})`;
    failures.set(install.kind, reason);
    return reason;
  }
}

function notOnGpu({ install }: LoadedNative): string {
  return install.kind === 'gpu'
    ? 'TensorFlow finds no GPU that it can use'
    : 'this process has loaded the native build for the processor';
}

interface NativeBackend {
  readonly isGPUPackage: boolean;
  readonly isUsingGpuDevice: boolean;
  readonly binding: { readonly TF_Version: string };
}

function isNativeBackend(value: unknown): value is NativeBackend {
  return typeof value === 'object' && value !== null && 'isUsingGpuDevice' in value && 'binding' in value;
}
