import type { FigureData } from './FigureData';

/** The data of a figure: JSON, deflated, in base64, in a script that nothing runs. */
export async function readFigure(figure: HTMLElement): Promise<FigureData> {
  const text = figure.querySelector('script.figure-data')?.textContent ?? '';
  const bytes = Uint8Array.from(atob(text), character => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).json();
}
