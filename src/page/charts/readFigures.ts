import type { FigureData } from './FigureData';
import type { Tree } from './compileExpression';

/** What the page draws. */
export interface Figures {
  /** The expressions of all charts. */
  readonly expressions: readonly Tree[];
  readonly figures: readonly FigureData[];
}

/** The data of all figures of the page: lines of JSON (scripts/report/figureLines.mjs), deflated, in base64, in a script that nothing runs. */
export async function readFigures(): Promise<Figures> {
  const script = document.querySelector('script.figure-data')?.textContent ?? '';
  const bytes = Uint8Array.from(atob(script), character => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  const [expressions = '[]', ...lines] = (await new Response(stream).text()).split('\n');
  const figures: FigureData[] = [];
  for (let i = 0; i + 3 < lines.length; i += 4) {
    const [wide = '', narrow = '', shared = '', playground = ''] = lines.slice(i, i + 4);
    figures.push({ wide, narrow, shared, playground });
  }
  return { expressions: JSON.parse(expressions), figures };
}
