// The generator alone, without the others of seedrandom, whose types leave it out.
declare module 'seedrandom/lib/alea' {
  /** Uniform floats in [0, 1) with 32 random bits, by J. Baagøe's Alea. */
  export default function alea(seed: string): () => number;
}
