import type { FigureData } from './FigureData';

/** The data of all figures of the page: JSON, deflated, in base64, in a script that nothing runs (scripts/report/finishPage.mjs). */
export async function readFigures(): Promise<FigureData[]> {
  const text = document.querySelector('script.figure-data')?.textContent ?? '';
  const bytes = Uint8Array.from(atob(text), character => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).json();
}
