/** The text of a script, bundled by itself; see scripts/page/inlineScripts.mjs. */
declare module 'inline:*' {
  const script: string;
  export default script;
}

/** The bytes of a module. */
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

/** Vega's own part, which brings no types. */
declare module 'vega-scenegraph';
