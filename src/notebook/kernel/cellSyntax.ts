import type { Diagnostic } from 'tslab/dist/converter';
import type { TypeScript, ts } from './typescript';

// A file is a module, and may have a top-level await, if it exports. tslab puts the same line before each cell.
const prefix = 'export {};\n';

/** What a cell's text says before it is compiled. */
export interface CellSyntax {
  /** Whether the cell awaits outside functions, in any form. tslab knows only some of the forms. */
  awaits: boolean;
  /** The modules it imports or requires by name. */
  imports: string[];
  /** An `export`, which a cell cannot have, as a diagnostic in tslab's form. */
  exported: Diagnostic | undefined;
}

/** Read a cell. */
export function cellSyntax(typescript: TypeScript, code: string): CellSyntax {
  const file = typescript.createSourceFile('cell.ts', prefix + code, typescript.ScriptTarget.ESNext, true);
  const imports: string[] = [];
  let awaits = false;

  const visit = (node: ts.Node, inFunction: boolean): void => {
    if (!inFunction && isAwait(typescript, node)) awaits = true;
    const name = importedName(typescript, node);
    if (name !== undefined) imports.push(name);
    const inner = inFunction || startsFunction(typescript, node);
    typescript.forEachChild(node, child => visit(child, inner));
  };
  visit(file, false);
  return { awaits, imports, exported: exportDiagnostic(typescript, file) };
}

/** Whether what is inside `node` runs at another time than what is around it. */
export function startsFunction(typescript: TypeScript, node: ts.Node): boolean {
  return (
    typescript.isFunctionLike(node) ||
    typescript.isPropertyDeclaration(node) ||
    typescript.isClassStaticBlockDeclaration(node)
  );
}

function isAwait(typescript: TypeScript, node: ts.Node): boolean {
  return (
    typescript.isAwaitExpression(node) ||
    (typescript.isForOfStatement(node) && node.awaitModifier !== undefined)
  );
}

function importedName(typescript: TypeScript, node: ts.Node): string | undefined {
  if (typescript.isImportDeclaration(node) && typescript.isStringLiteral(node.moduleSpecifier)) {
    return node.importClause?.isTypeOnly ? undefined : node.moduleSpecifier.text;
  }
  if (typescript.isExternalModuleReference(node) && typescript.isStringLiteral(node.expression)) {
    return node.expression.text;
  }
  if (!typescript.isCallExpression(node)) return undefined;
  const [argument] = node.arguments;
  const callee = node.expression;
  const loads =
    callee.kind === typescript.SyntaxKind.ImportKeyword ||
    (typescript.isIdentifier(callee) && callee.text === 'require');
  return loads && argument && typescript.isStringLiteralLike(argument) ? argument.text : undefined;
}

function exportDiagnostic(typescript: TypeScript, file: ts.SourceFile): Diagnostic | undefined {
  for (const statement of file.statements.slice(1)) {
    const keyword = exportKeyword(typescript, statement);
    if (keyword === undefined) continue;
    const position = (offset: number) => {
      const { line, character } = file.getLineAndCharacterOfPosition(offset);
      return { offset: offset - prefix.length, line: line - 1, character };
    };
    const start = keyword.getStart(file);
    return {
      start: position(start),
      end: position(start + 'export'.length),
      messageText:
        'Expected a cell without export: what a cell declares is already there in the cells after it. Remove the word export.',
      category: typescript.DiagnosticCategory.Error,
      code: 0,
    };
  }
  return undefined;
}

function exportKeyword(typescript: TypeScript, statement: ts.Statement): ts.Node | undefined {
  if (typescript.isExportDeclaration(statement) || typescript.isExportAssignment(statement)) return statement;
  if (!typescript.canHaveModifiers(statement)) return undefined;
  return typescript
    .getModifiers(statement)
    ?.find(modifier => modifier.kind === typescript.SyntaxKind.ExportKeyword);
}
