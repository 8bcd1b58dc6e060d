import type { View } from 'vega';

/** A part of what Vega drew: a mark has items, and so has an item that is a group. */
interface Part {
  readonly items?: readonly Part[];
  readonly datum?: unknown;
}

/** What a chart shows at the moment, as a sentence: the charts of the course write parts of it, as the field `said`, into rows that they draw. '' where none does. */
export function stateOf(view: View): string {
  // The typings leave the root out.
  const root: Part = Reflect.get(view.scenegraph(), 'root');
  return [...new Set(sayings(root))].join('; ');
}

function sayings({ datum, items = [] }: Part): string[] {
  const said: unknown =
    typeof datum === 'object' && datum !== null && 'said' in datum ? datum.said : undefined;
  return [...(typeof said === 'string' ? [said] : []), ...items.flatMap(sayings)];
}
