import { inspect, stripVTControlCharacters } from 'node:util';
import type { Diagnostic } from 'tslab/dist/converter';
import type { CellMaps, CellPlace } from './cellMaps';

/** The content of an `error` message: what failed, and where in the learner's own lines. */
export interface CellError {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** What is needed to lead a stack trace back to the cells. */
export interface ErrorContext {
  maps: Pick<CellMaps, 'find'>;
  /** The code of a cell by the name of its script. */
  code(scriptName: string): string | undefined;
  /** The checkout: paths are given from there. */
  root: string;
}

const linesAround = 2;
// Of each run of frames outside the cells.
const maxFrames = 6;
const maxCauses = 4;

/** The error of a cell that TypeScript does not accept. */
export function compileError(diagnostics: readonly Diagnostic[], cellLabel: string, code: string): CellError {
  const traceback: string[] = [];
  let place = '';
  for (const { start, end, messageText, code: number, fileName } of diagnostics) {
    const at = `${fileName ?? cellLabel}:${start.line + 1}:${start.character + 1}`;
    const text = number === 0 ? messageText : `${messageText} (TS${number})`;
    // The details of one diagnostic come as further ones at its place.
    if (at === place) {
      traceback.push(`  ${text}`);
      continue;
    }
    place = at;
    const width = end.line === start.line ? end.character - start.character : 1;
    traceback.push(`${red('TypeScript')} ${at}`, red(text));
    if (fileName === undefined) {
      traceback.push(excerpt(code, { line: start.line + 1, column: start.character + 1 }, width));
    }
  }
  const [first] = diagnostics;
  const where = first ? `${first.fileName ?? cellLabel}, line ${first.start.line + 1}: ` : '';
  return { ename: 'TypeScriptError', evalue: `${where}${first?.messageText ?? 'unknown'}`, traceback };
}

/** The error of a cell that threw `thrown`, or whose promise was rejected with it. */
export function thrownError(thrown: unknown, context: ErrorContext, introduction = ''): CellError {
  const { ename, evalue } = nameAndMessage(thrown);
  const traceback = describe(thrown, context);
  if (introduction) traceback.unshift(introduction);
  return { ename, evalue: introduction ? `${introduction} ${evalue}` : evalue, traceback };
}

/** The text of an error for a plain stream. */
export function errorText({ traceback }: CellError): string {
  return `${stripVTControlCharacters(traceback.join('\n'))}\n`;
}

function nameAndMessage(thrown: unknown): { ename: string; evalue: string } {
  if (isErrorLike(thrown)) return { ename: thrown.name || 'Error', evalue: thrown.message };
  return { ename: 'Thrown', evalue: typeof thrown === 'string' ? thrown : inspect(thrown, { depth: 2 }) };
}

// By shape: errors of another realm, e.g. of vm, are no instances of this realm's Error.
function isErrorLike(value: unknown): value is Error {
  if (typeof value !== 'object' || value === null) return false;
  const { name, message } = value as Partial<Error>;
  return typeof name === 'string' && typeof message === 'string';
}

function describe(thrown: unknown, context: ErrorContext, depth = 0): string[] {
  const { ename, evalue } = nameAndMessage(thrown);
  const lines = [`${red(ename)}: ${evalue}`];
  if (!isErrorLike(thrown)) return lines;
  const frames = cellFrames(thrown, context);
  const inCells = frames.filter(frame => frame.place !== undefined);
  const [innermost] = inCells;
  const outermost = inCells.findLast(frame => frame.script !== innermost?.script);
  for (const frame of [innermost, outermost]) {
    const code = frame?.script === undefined ? undefined : context.code(frame.script);
    if (frame?.place && code !== undefined)
      lines.push(`${label(frame.script!)}:`, excerpt(code, frame.place));
  }
  lines.push(...shortened(frames));
  if (depth >= maxCauses) return lines;
  if ('errors' in thrown && Array.isArray(thrown.errors)) {
    for (const error of thrown.errors.slice(0, maxCauses)) {
      lines.push('One of the errors:', ...describe(error, context, depth + 1));
    }
  }
  if (thrown.cause !== undefined) lines.push('Caused by:', ...describe(thrown.cause, context, depth + 1));
  return lines;
}

function shortened(frames: readonly Frame[]): string[] {
  const lines: string[] = [];
  let outside = 0;
  for (const [at, { text, place }] of frames.entries()) {
    outside = place ? 0 : outside + 1;
    if (outside <= maxFrames) lines.push(text);
    const next = frames[at + 1];
    if (outside > maxFrames && (!next || next.place)) lines.push(`    ... ${outside - maxFrames} more`);
  }
  return lines;
}

interface Frame {
  text: string;
  script?: string;
  place?: CellPlace;
}

const scriptPlace = /(cell\[[\w-]+\]):(\d+):(\d+)/;
const internals =
  /\bnode:|evalmachine\.|[\\/]node_modules[\\/](tslab|@tslab)[\\/]|[\\/](dist|src)[\\/]notebook[\\/](kernel[\\/]|preload\.)/;

function cellFrames(error: Error, { maps, root }: ErrorContext): Frame[] {
  const frames: Frame[] = [];
  for (const line of stackLines(error)) {
    const script = scriptPlace.exec(line);
    if (script) {
      const place = maps.find(script[1]!, { line: Number(script[2]), column: Number(script[3]) });
      // Code that no source map knows is the wrapping around the cell.
      if (!place) continue;
      // tslab calls the functions of earlier cells as methods of its own object.
      const text = line
        .replace(/^(\s+at (?:async )?)Proxy\./, '$1')
        .replace(script[0], `${label(script[1]!)}:${place.line}:${place.column}`);
      frames.push({ text, script: script[1]!, place });
    } else if (!internals.test(line)) {
      frames.push({
        text: line.replaceAll(`file://${root}`, root).replaceAll(`${root}/`, '').replaceAll(`${root}\\`, ''),
      });
    }
  }
  return frames;
}

function stackLines(error: Error): string[] {
  const { stack } = error;
  return typeof stack === 'string' ? stack.split('\n').filter(line => /^\s+at /.test(line)) : [];
}

function label(scriptName: string): string {
  return scriptName.replace('[', ' [');
}

/** The lines around a place, with their numbers and a mark. */
function excerpt(code: string, { line, column }: CellPlace, width = 1): string {
  const lines = code.split('\n');
  const first = Math.max(1, line - linesAround);
  const last = Math.min(lines.length, line + linesAround);
  const digits = String(last).length;
  const out: string[] = [];
  for (let number = first; number <= last; number++) {
    const text = lines[number - 1] ?? '';
    const mark = number === line ? red('>') : ' ';
    out.push(`${mark} ${String(number).padStart(digits)} | ${text}`);
    if (number !== line) continue;
    const caret = '^'.repeat(Math.max(1, Math.min(width, text.length - column + 1)));
    out.push(`  ${' '.repeat(digits)} | ${' '.repeat(column - 1)}${red(caret)}`);
  }
  return out.join('\n');
}

function red(text: string): string {
  return `\x1b[31m${text}\x1b[39m`;
}
