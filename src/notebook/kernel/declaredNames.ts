import type { TypeScript, ts } from './typescript';

/** The names that a module declares at its top level, in the order in which TypeScript finds them. */
export function declaredNames(typescript: TypeScript, code: string): string[] {
  const file = typescript.createSourceFile('cell.ts', code, typescript.ScriptTarget.ESNext);
  const host: ts.CompilerHost = {
    getSourceFile: name => (name === file.fileName ? file : undefined),
    getDefaultLibFileName: () => '',
    writeFile: () => undefined,
    getCurrentDirectory: () => '',
    getCanonicalFileName: name => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: name => name === file.fileName,
    readFile: () => undefined,
  };
  // A program of nothing but this file: its checker binds the names, which TypeScript has no other public way to do.
  const options = { noLib: true, noResolve: true, types: [] };
  typescript.createProgram([file.fileName], options, host).getTypeChecker();
  const names: string[] = [];
  const locals: ts.SymbolTable | undefined = Reflect.get(file, 'locals');
  locals?.forEach((_, name) => names.push(String(name)));
  return names;
}
