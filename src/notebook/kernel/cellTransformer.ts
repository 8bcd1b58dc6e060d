import { startsFunction } from './cellSyntax';
import type { TypeScript, ts } from './typescript';

/** The global through which a cell's compiled code reaches the kernel. */
export const runtimeName = '__kerasPrimer__';

/** What stands behind `runtimeName`. */
export interface CellRuntime {
  /** Called with what an `await` of a cell gave; throws if the cell has been stopped meanwhile. */
  resumed(value?: unknown): unknown;
}

/**
 * What is changed in a cell's JavaScript before tslab's own changes (tslab writes a variable `v` of an earlier cell as `exports.v`):
 *
 * - `{v}` becomes `{v: exports.v}` where `v` belongs to an earlier cell. tslab overlooks this form.
 * - A `let` that a function of its cell uses is read and written as `exports.v` everywhere, so that the function and later cells
 *   share one variable. tslab gives each its own copy.
 * - After each `await` the cell asks whether it has been stopped, so that a loop does not go on behind the learner's back.
 *
 * It works on the syntax tree after type checking, so that no diagnostic changes or moves.
 */
export function cellTransformer(
  typescript: TypeScript,
  checker: ts.TypeChecker,
  earlier: ts.SourceFile,
): ts.TransformerFactory<ts.SourceFile> {
  const { factory } = typescript;

  return context => file => {
    const source = typescript.getParseTreeNode(file, typescript.isSourceFile) ?? file;
    const shared = sharedVariables(typescript, checker, source);
    // The names whose own declaration is being visited, outside functions: there the variable itself is meant.
    let declaring = new Set<ts.Symbol>();

    const visit = (node: ts.Node): ts.VisitResult<ts.Node> => {
      if (startsFunction(typescript, node)) {
        const outer = declaring;
        declaring = new Set();
        const visited = visitChildren(node);
        declaring = outer;
        return visited;
      }
      if (typescript.isVariableStatement(node)) return visitVariables(node);
      if (typescript.isShorthandPropertyAssignment(node)) return visitShorthand(node);
      if (typescript.isIdentifier(node)) return isSharedUse(node) ? exported(node) : node;
      if (typescript.isAwaitExpression(node)) return visitAwait(node);
      if (typescript.isForOfStatement(node) && node.awaitModifier) return visitForAwait(node);
      return visitChildren(node);
    };

    const visitChildren = <T extends ts.Node>(node: T): T => typescript.visitEachChild(node, visit, context);

    /** Each shared variable gets a statement of its own, since the next one may already use it. */
    const visitVariables = (statement: ts.VariableStatement): ts.VisitResult<ts.Node> => {
      const list = statement.declarationList;
      const symbols = list.declarations.map(({ name }) => boundNames(typescript, name).map(symbolAt));
      if (!symbols.flat().some(isShared)) return visitChildren(statement);
      return list.declarations.map((declaration, at) => {
        declaring = new Set(symbols[at]?.filter(isShared));
        const own = factory.createVariableDeclarationList([visitChildren(declaration)], list.flags);
        declaring = new Set();
        return typescript.setTextRange(
          factory.createVariableStatement(statement.modifiers, own),
          declaration,
        );
      });
    };

    const visitShorthand = (node: ts.ShorthandPropertyAssignment): ts.Node => {
      const original = typescript.getOriginalNode(node, typescript.isShorthandPropertyAssignment);
      const symbol = original && checker.getShorthandAssignmentValueSymbol(original);
      const reaches = isEarlier(symbol) || (isShared(symbol) && !declaring.has(symbol));
      if (!reaches) return visitChildren(node);
      const variable = exported(node.name);
      const fallback = node.objectAssignmentInitializer;
      const value = fallback
        ? factory.createAssignment(variable, typescript.visitNode(fallback, visit, typescript.isExpression))
        : variable;
      const name = factory.createIdentifier(node.name.text);
      return typescript.setTextRange(factory.createPropertyAssignment(name, value), node);
    };

    const visitAwait = (node: ts.AwaitExpression): ts.Node =>
      typescript.setTextRange(resumed([visitChildren(node)]), node);

    const visitForAwait = (node: ts.ForOfStatement): ts.Node => {
      const visited = visitChildren(node);
      const check = factory.createExpressionStatement(resumed([]));
      return factory.updateForOfStatement(
        visited,
        visited.awaitModifier,
        visited.initializer,
        visited.expression,
        factory.createBlock([check, visited.statement]),
      );
    };

    const resumed = (values: ts.Expression[]): ts.CallExpression => {
      const runtime = factory.createIdentifier(runtimeName);
      return factory.createCallExpression(
        factory.createPropertyAccessExpression(runtime, 'resumed'),
        undefined,
        values,
      );
    };

    const exported = (name: ts.Identifier): ts.Expression => {
      const variable = factory.createIdentifier('exports');
      return typescript.setTextRange(factory.createPropertyAccessExpression(variable, name.text), name);
    };

    const isSharedUse = (node: ts.Identifier): boolean => {
      const original = typescript.getOriginalNode(node, typescript.isIdentifier);
      if (!original || !original.parent || isDeclaredName(typescript, original)) return false;
      const symbol = symbolAt(original);
      return isShared(symbol) && !declaring.has(symbol);
    };

    const symbolAt = (name: ts.Identifier): ts.Symbol | undefined => {
      const original = typescript.getOriginalNode(name, typescript.isIdentifier);
      return original && checker.getSymbolAtLocation(original);
    };

    const isShared = (symbol: ts.Symbol | undefined): symbol is ts.Symbol =>
      symbol !== undefined && shared.has(symbol);

    const isEarlier = (symbol: ts.Symbol | undefined): boolean =>
      symbol?.declarations?.some(declaration => declaration.getSourceFile() === earlier) ?? false;

    return visitChildren(file);
  };
}

/** The variables of a cell, declared with `let` or `var`, that a function of the same cell uses. */
function sharedVariables(
  typescript: TypeScript,
  checker: ts.TypeChecker,
  source: ts.SourceFile,
): Set<ts.Symbol> {
  const variables = new Set<ts.Symbol>();
  for (const statement of source.statements) {
    if (!typescript.isVariableStatement(statement)) continue;
    if (statement.declarationList.flags & typescript.NodeFlags.Const) continue;
    if (statement.modifiers?.length) continue;
    for (const { name } of statement.declarationList.declarations) {
      for (const bound of boundNames(typescript, name)) {
        const symbol = checker.getSymbolAtLocation(bound);
        if (symbol) variables.add(symbol);
      }
    }
  }
  if (variables.size === 0) return variables;

  const shared = new Set<ts.Symbol>();
  const visit = (node: ts.Node, inFunction: boolean): void => {
    if (inFunction && typescript.isIdentifier(node)) {
      const symbol = typescript.isShorthandPropertyAssignment(node.parent)
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : checker.getSymbolAtLocation(node);
      if (symbol && variables.has(symbol)) shared.add(symbol);
    }
    const inner = inFunction || startsFunction(typescript, node);
    typescript.forEachChild(node, child => visit(child, inner));
  };
  visit(source, false);
  return shared;
}

function boundNames(typescript: TypeScript, name: ts.BindingName): ts.Identifier[] {
  if (typescript.isIdentifier(name)) return [name];
  return name.elements.flatMap(element =>
    typescript.isBindingElement(element) ? boundNames(typescript, element.name) : [],
  );
}

function isDeclaredName(typescript: TypeScript, name: ts.Identifier): boolean {
  const { parent } = name;
  if (typescript.isExportSpecifier(parent)) return true;
  return (
    (typescript.isVariableDeclaration(parent) || typescript.isBindingElement(parent)) && parent.name === name
  );
}
