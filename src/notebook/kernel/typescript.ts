import type ts from '@tslab/typescript-for-tslab';

/** The module of tslab's own TypeScript compiler, 5.0.4. It is handed on, never imported: the preload prepares it first. */
export type TypeScript = typeof ts;

export type { ts };
