import binary from 'vega-interpreter/src/ops-binary';
import constants from 'vega-interpreter/src/constants';
import functions from 'vega-interpreter/src/functions';
import unary from 'vega-interpreter/src/ops-unary';

/** A syntax tree as Vega's parser makes it. */
export type Tree =
  | { readonly type: 'Literal'; readonly value: unknown }
  | { readonly type: 'Identifier'; readonly name: string }
  | {
      readonly type: 'MemberExpression';
      readonly computed?: boolean;
      readonly object: Tree;
      readonly property: Tree;
    }
  | {
      readonly type: 'CallExpression';
      readonly callee: { readonly name: string };
      readonly arguments: readonly Tree[];
    }
  | { readonly type: 'ArrayExpression'; readonly elements: readonly Tree[] }
  | {
      readonly type: 'BinaryExpression' | 'LogicalExpression';
      readonly operator: string;
      readonly left: Tree;
      readonly right: Tree;
    }
  | { readonly type: 'UnaryExpression'; readonly operator: string; readonly argument: Tree }
  | {
      readonly type: 'ConditionalExpression';
      readonly test: Tree;
      readonly consequent: Tree;
      readonly alternate: Tree;
    }
  | {
      readonly type: 'ObjectExpression';
      readonly properties: readonly { readonly key: Tree; readonly value: Tree }[];
    };

type Callable = (...args: unknown[]) => unknown;

/** What an expression is computed from. */
export interface Scope {
  /** The functions of the dataflow. */
  readonly functions: Readonly<Record<string, Callable>>;
  /** Signals by `$` and their name. */
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly datum?: unknown;
  readonly item?: unknown;
  readonly event?: { readonly vega: Readonly<Record<string, Callable>> } | undefined;
}

/** Computes an expression. */
export type Compute = (scope: Scope) => unknown;

const ofEvents = new Set(['view', 'item', 'group', 'xy', 'x', 'y']);
const disallowedMethods = new Set<unknown>([
  Function,
  Reflect.get(globalThis, 'eval'),
  setTimeout,
  setInterval,
]);

/**
 * Turns a syntax tree into functions, once. Equals what vega-interpreter computes, which goes through the tree each time and makes eight objects before that: a third of the
 * time in which charts become live. Its tables of operators and functions are used here. No code is made from text, which the page's policy would refuse.
 */
export function compileExpression(tree: Tree): Compute {
  switch (tree.type) {
    case 'Literal': {
      const { value } = tree;
      return () => value;
    }
    case 'Identifier':
      return identifier(tree.name);
    case 'MemberExpression': {
      const object = compileExpression(tree.object);
      const key = tree.computed ? compileExpression(tree.property) : constant(nameOf(tree.property));
      return scope => allowed(member(object(scope), key(scope)));
    }
    case 'CallExpression':
      return call(tree.callee.name.replace(/^_/, ''), tree.arguments.map(compileExpression));
    case 'ArrayExpression': {
      const elements = tree.elements.map(compileExpression);
      return scope => elements.map(element => element(scope));
    }
    case 'BinaryExpression': {
      const operator = binary[tree.operator]!;
      const [left, right] = [compileExpression(tree.left), compileExpression(tree.right)];
      return scope => operator(left(scope), right(scope));
    }
    case 'LogicalExpression': {
      const [left, right] = [compileExpression(tree.left), compileExpression(tree.right)];
      return tree.operator === '&&'
        ? scope => left(scope) && right(scope)
        : scope => left(scope) || right(scope);
    }
    case 'UnaryExpression': {
      const operator = unary[tree.operator]!;
      const argument = compileExpression(tree.argument);
      return scope => operator(argument(scope));
    }
    case 'ConditionalExpression':
      return choice([tree.test, tree.consequent, tree.alternate].map(compileExpression));
    default: {
      const properties = tree.properties.map(({ key, value }) => ({
        key: nameOf(key),
        compute: compileExpression(value),
      }));
      return scope =>
        Object.fromEntries(properties.map(({ key, compute }) => [key, allowed(compute(scope))]));
    }
  }
}

function identifier(name: string): Compute {
  if (name === 'datum') return scope => scope.datum;
  if (name === 'item') return scope => scope.item;
  if (name === 'event') return scope => scope.event;
  const value = constants[name];
  if (value) return constant(value);
  const signal = `$${name}`;
  return scope => scope.params?.[signal];
}

function call(name: string, args: readonly Compute[]): Compute {
  if (name === 'if') return choice(args);
  if (ofEvents.has(name)) return scope => scope.event!.vega[name]!(...args.map(arg => arg(scope)));
  return scope => {
    const own = scope.functions;
    return (own[name] ?? functions[name]!).apply(
      own,
      args.map(arg => arg(scope)),
    );
  };
}

function choice([test, consequent, alternate]: readonly Compute[]): Compute {
  return scope => (test!(scope) ? consequent!(scope) : alternate!(scope));
}

function constant(value: unknown): Compute {
  return () => value;
}

function nameOf(tree: Tree): string {
  return tree.type === 'Identifier' ? tree.name : String(tree.type === 'Literal' ? tree.value : '');
}

function member(object: unknown, key: unknown): unknown {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an expression may ask anything for anything
  return (object as Record<PropertyKey, unknown>)[key as PropertyKey];
}

/** A value, unless it is a way to run code. */
function allowed(value: unknown): unknown {
  return typeof value === 'function' && disallowedMethods.has(value) ? undefined : value;
}
