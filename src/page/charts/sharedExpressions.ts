import adjustSpatial from 'vega-interpreter/src/adjust-spatial';
import { compileExpression, type Compute, type Scope, type Tree } from './compileExpression';

/** An expression in a dataflow: the number of its syntax tree, in the place of its text, by which Vega tells expressions apart. */
interface Reference {
  readonly code: number;
}

interface Context {
  readonly functions: Scope['functions'];
}

interface Encode {
  readonly marktype: string;
  readonly channels: Readonly<Record<string, Reference>>;
}

type Params = Scope['params'];
type Item = Record<string, unknown> & { readonly datum: unknown };
type Event = NonNullable<Scope['event']> & { readonly item?: { readonly datum: unknown } };

/** How a view computes the expressions of its dataflow; the option `expr` of `View`. */
export type Evaluator = ReturnType<typeof sharedExpressions>;

/** Evaluates dataflows that name their expressions by number, as vega-interpreter does those that carry them. */
export function sharedExpressions(trees: readonly Tree[]) {
  const compiled: Compute[] = [];
  const compute = ({ code }: Reference): Compute => (compiled[code] ??= compileExpression(trees[code]!));
  return {
    operator({ functions }: Context, expression: Reference) {
      const value = compute(expression);
      return (params: Params) => value({ functions, params });
    },
    parameter({ functions }: Context, expression: Reference) {
      const value = compute(expression);
      return (datum: unknown, params: Params) => value({ functions, params, datum });
    },
    event({ functions }: Context, expression: Reference) {
      const value = compute(expression);
      return (event: Event) => value({ functions, event });
    },
    handler({ functions }: Context, expression: Reference) {
      const value = compute(expression);
      return (params: Params, event: Event) => value({ functions, params, datum: event.item?.datum, event });
    },
    /** Writes the channels of an item; gives 1 if that changes it, else 0. */
    encode({ functions }: Context, { marktype, channels }: Encode) {
      const entries = Object.entries(channels).map(([name, channel]) => ({ name, value: compute(channel) }));
      const swap = marktype === 'group' || marktype === 'image' || marktype === 'rect';
      return (item: Item, params: Params) => {
        const scope = { functions, params, datum: item.datum, item };
        let changed = 0;
        for (const { name, value } of entries) {
          const next = value(scope);
          if (item[name] === next) continue;
          item[name] = next;
          changed = 1;
        }
        if (marktype !== 'rule') adjustSpatial(item, channels, swap);
        return changed;
      };
    },
  };
}
