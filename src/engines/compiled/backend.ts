/** What the engine calls that on which it computes, in histories and reports. */
export const backend = 'wasm-simd';
