import { cellSyntax } from '../kernel/cellSyntax';
import { declaredNames } from '../kernel/declaredNames';
import { kernelName } from '../kernelSpec';
import type { TypeScript } from '../kernel/typescript';

/** One thing to mend in a notebook. */
export interface Finding {
  /** The notebook as given, e.g. `notebooks/03-imdb.ipynb`. */
  notebook: string;
  /** Which cell, e.g. `cell 7 (id note)`; empty for the notebook as a whole. */
  cell: string;
  /** What is wrong and what to do. */
  message: string;
}

const maxLines = 20;
const modules = ['keras-primer', '@tensorflow/tfjs', 'danfojs-node', 'tslab'];

// tslab gives a cell these names itself.
const reservedNames = new Set(['exports', 'require', 'module', 'tsLastExpr', '__tslab__', '__kerasPrimer__']);

/**
 * What would go wrong in a notebook's cells although each looks right, and what must not be committed. Type errors are not
 * looked for: running the notebook finds them.
 *
 * @param notebook its name for the messages
 * @param text the file
 */
export function lintNotebook(typescript: TypeScript, notebook: string, text: string): Finding[] {
  const findings: Finding[] = [];
  const content = parse(text);
  if (!content || !Array.isArray(content.cells)) {
    return [
      { notebook, cell: '', message: 'Expected a notebook of format 4. Save it again with JupyterLab.' },
    ];
  }
  const whole = (message: string) => findings.push({ notebook, cell: '', message });
  if (content.nbformat !== 4 || Number(content.nbformat_minor) < 5) {
    whole('Expected notebook format 4.5, in which cells have ids. Save it again with JupyterLab.');
  }
  const kernel = toRecord(toRecord(content.metadata).kernelspec).name;
  if (kernel !== kernelName) {
    whole(
      `Expected the kernel ${kernelName}, received ${JSON.stringify(kernel)}. Choose it in JupyterLab and save.`,
    );
  }

  const ids = new Set<unknown>();
  for (const [at, value] of content.cells.entries()) {
    const cell = toRecord(value);
    const name = `cell ${at + 1}${typeof cell.id === 'string' ? ` (id ${cell.id})` : ''}`;
    const report = (message: string) => findings.push({ notebook, cell: name, message });
    if (ids.has(cell.id)) report('Expected an id of its own. Give one of the two cells another.');
    ids.add(cell.id);
    if (cell.cell_type !== 'code') continue;
    if (Array.isArray(cell.outputs) && cell.outputs.length > 0) {
      report('Expected no outputs. Choose Edit > Clear Outputs of All Cells and save.');
    }
    if (cell.execution_count !== null && cell.execution_count !== undefined) {
      report('Expected no execution count. Choose Edit > Clear Outputs of All Cells and save.');
    }
    for (const message of lintCell(typescript, sourceOf(cell))) report(message);
  }
  return findings;
}

/** What is wrong with the code of a cell. */
export function lintCell(typescript: TypeScript, code: string): string[] {
  const messages: string[] = [];
  const lines = code.trim().split('\n').length;
  if (lines > maxLines) {
    messages.push(
      `Expected at most ${maxLines} lines, received ${lines}. Split the cell, or move what is not for learners to src.`,
    );
  }
  const { exported, imports } = cellSyntax(typescript, code);
  if (exported) messages.push(exported.messageText);
  for (const name of imports) {
    if (modules.includes(name) || name.startsWith('node:')) continue;
    messages.push(
      `Expected an import of ${modules.join(', ')} or node:…, received "${name}". ` +
        'Others are not installed for learners, or cannot be loaded by the kernel. Export what is needed from keras-primer.',
    );
  }
  const tag = /^\s*(?:\/\/.*\n|\s)*\/\*\*[^]*?@(browser|module|jsx)\b/.exec(code);
  if (tag)
    messages.push(
      `Expected a cell without @${tag[1]}: tslab takes it out of the notebook's course. Remove the tag.`,
    );

  const file = typescript.createSourceFile('cell.ts', code, typescript.ScriptTarget.ESNext, true);
  for (const statement of file.statements) {
    if (typescript.isModuleDeclaration(statement)) {
      messages.push('Expected no namespace: the kernel forgets it after one cell. Use an object.');
    }
  }
  for (const name of declaredNames(typescript, code)) {
    if (!reservedNames.has(name)) continue;
    messages.push(`Expected another name than ${name}, which the kernel uses itself. Rename it.`);
  }
  return messages;
}

function sourceOf(cell: Record<string, unknown>): string {
  if (Array.isArray(cell.source)) return cell.source.join('');
  return typeof cell.source === 'string' ? cell.source : '';
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return toRecord(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
