// Node's type declarations leave WebAssembly out; this is the part that the trainer needs.

/** A memory: one that workers share, or in a page one thread's own. */
export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
  /** Views of a shared `buffer` made before stay valid, and short; others are no longer to be used. */
  grow(pages: number): number;
}

/** A compiled module; workers can be given it. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

interface Wasm {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: { env: { memory: WasmMemory } },
  ) => { readonly exports: unknown };
  readonly Memory: new (size: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
}

declare const WebAssembly: Wasm;

/** The global `WebAssembly`. */
export const wasm: Wasm = WebAssembly;
