import type { View } from 'vega';

/** One choice of a reader, as Vega-Lite keeps it. */
interface Choice {
  readonly fields: readonly { readonly type: string }[];
}

/** Gives a view what a reader has chosen in another view of the same chart: entries of legends, not the part of the axes that he looks at. */
export async function takeChoices(from: View, to: View): Promise<void> {
  const known = Object.keys(stores(to));
  const chosen = Object.entries(stores(from)).filter(
    ([name, choices]) => known.includes(name) && choices.length > 0 && choices.every(isOfEntries),
  );
  if (chosen.length === 0) return;
  const data = Object.fromEntries(chosen.map(([name, choices]) => [name, choices.map(unmarked)]));
  await to.setState({ data }).runAsync();
}

/** The data sets in which Vega-Lite keeps choices. */
function stores(view: View): Record<string, Choice[]> {
  const isStore = (name = ''): boolean => name.endsWith('_store');
  return view.getState({ signals: () => false, data: isStore, recurse: false }).data ?? {};
}

/** A copy without the symbol by which a view knows its rows. */
function unmarked(choice: Choice): object {
  return Object.fromEntries(Object.entries(choice));
}

function isOfEntries({ fields }: Choice): boolean {
  return fields.every(({ type }) => type === 'E');
}
