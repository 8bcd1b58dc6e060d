/** The tables of vega-interpreter, which its own types leave out. */
declare module 'vega-interpreter/src/constants' {
  const constants: Readonly<Record<string, number>>;
  export default constants;
}
declare module 'vega-interpreter/src/functions' {
  const functions: Readonly<Record<string, (...args: unknown[]) => unknown>>;
  export default functions;
}
declare module 'vega-interpreter/src/ops-binary' {
  const operators: Readonly<Record<string, (a: unknown, b: unknown) => unknown>>;
  export default operators;
}
declare module 'vega-interpreter/src/ops-unary' {
  const operators: Readonly<Record<string, (a: unknown) => unknown>>;
  export default operators;
}
declare module 'vega-interpreter/src/adjust-spatial' {
  /** Settles width, height, x and y of an item from the channels that it has. */
  export default function adjustSpatial(item: object, channels: object, swap: boolean): void;
}
