// What an engine is made of: exact versions, with the hashes of the files in the Python package index.

/**
 * @typedef {object} Wheel
 * @property {string} name
 * @property {string} version
 * @property {string} sha256
 * @property {number} bytes
 */

/**
 * @typedef {object} Build
 * @property {string} tensorflow the version of the library
 * @property {string} glibc the oldest that the library runs on
 * @property {string[]} tags the platform tags of the wheels
 * @property {Wheel} library TensorFlow
 * @property {Wheel[]} cuda the libraries of `tensorflow[and-cuda]`
 * @property {{ plain: number, cuda: number }} installed what it takes on the disk, in bytes
 */

/** @type {(name: string, version: string, bytes: number, sha256: string) => Wheel} */
const wheel = (name, version, bytes, sha256) => ({ name, version, sha256, bytes });

// 2.15.1 is the last library whose int32 `round` is right without mending, and asks for the oldest glibc.
/** @type {Build} */
const cpuX64 = {
  tensorflow: '2.15.1',
  glibc: '2.17',
  tags: ['manylinux_2_17_x86_64'],
  library: wheel(
    'tensorflow-cpu',
    '2.15.1',
    207_208_420,
    '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
  ),
  cuda: [],
  installed: { plain: 0.65e9, cuda: 0 },
};

/** @type {Build} */
const cpuArm64 = {
  ...cpuX64,
  tags: ['manylinux_2_17_aarch64'],
  library: wheel(
    'tensorflow-cpu-aws',
    '2.15.1',
    211_874_120,
    'd4c3a3a9363bf42999adedbbd514e3a133be2d62f61fee9cfa46aaefb087c09e',
  ),
  installed: { plain: 0.75e9, cuda: 0 },
};

// 2.21.0 for the GPU: CUDA 12.9 and cuDNN 9 know more of today's devices than the CUDA 12.2 and cuDNN 8 of 2.15.1.
/** @type {Build} */
const gpuX64 = {
  tensorflow: '2.21.0',
  glibc: '2.27',
  tags: ['manylinux_2_27_x86_64', 'manylinux_2_25_x86_64', 'manylinux_2_17_x86_64', 'manylinux_2_12_x86_64'],
  library: wheel(
    'tensorflow',
    '2.21.0',
    572_440_367,
    '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
  ),
  cuda: [
    wheel(
      'nvidia-cublas-cu12',
      '12.9.3.13',
      581_217_458,
      'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
    ),
    wheel(
      'nvidia-cuda-cupti-cu12',
      '12.9.79',
      10_814_997,
      '096bcf334f13e1984ba36685ad4c1d6347db214de03dbb6eebb237b41d9d934f',
    ),
    wheel(
      'nvidia-cuda-nvcc-cu12',
      '12.9.86',
      40_546_229,
      '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0',
    ),
    wheel(
      'nvidia-cuda-nvrtc-cu12',
      '12.9.86',
      89_568_129,
      '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
    ),
    wheel(
      'nvidia-cuda-runtime-cu12',
      '12.9.79',
      3_493_179,
      '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
    ),
    wheel(
      'nvidia-cudnn-cu12',
      '9.28.0.42',
      716_538_495,
      '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
    ),
    wheel(
      'nvidia-cufft-cu12',
      '11.4.1.4',
      200_877_592,
      'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
    ),
    wheel(
      'nvidia-curand-cu12',
      '10.3.10.19',
      68_295_626,
      '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
    ),
    wheel(
      'nvidia-cusolver-cu12',
      '11.7.5.82',
      338_117_415,
      '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
    ),
    wheel(
      'nvidia-cusparse-cu12',
      '12.5.10.65',
      366_465_088,
      '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
    ),
    wheel(
      'nvidia-nccl-cu12',
      '2.32.3',
      351_526_311,
      'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
    ),
    wheel(
      'nvidia-nvjitlink-cu12',
      '12.9.86',
      39_748_338,
      'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
    ),
  ],
  installed: { plain: 1.3e9, cuda: 4.4e9 },
};

/** The builds that are compiled here, by engine and `platform-arch`. @type {Record<import('./paths.mjs').Kind, Record<string, Build>>} */
export const builds = {
  cpu: { 'linux-x64': cpuX64, 'linux-arm64': cpuArm64 },
  gpu: { 'linux-x64': gpuX64 },
};

/** Where TensorFlow.js has a library of its own to download. @type {Record<import('./paths.mjs').Kind, readonly string[]>} */
export const prebuiltFor = {
  cpu: ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64'],
  gpu: ['linux-x64', 'win32-x64'],
};

/** The address whose answer tells whether TensorFlow.js' own downloads can be had; the variable is tfjs-node's. */
export const prebuiltHost = 'https://storage.googleapis.com/';

/** Of TensorFlow.js' own download, roughly, as the largest of the platforms. */
export const prebuiltBytes = {
  cpu: { download: 180e6, installed: 0.6e9 },
  gpu: { download: 480e6, installed: 1.5e9 },
};
