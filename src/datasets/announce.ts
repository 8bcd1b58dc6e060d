import { recordProvenance } from '../provenance/provenance';
import type { DataSource } from './DataSource';
import { dataMode } from './files/dataMode';
import { kerasFolders } from './files/kerasFolders';
import { officialAddress, type OfficialFile } from './files/officialFiles';
import type { Located } from './locate';

const noticed = new Set<string>();

/** Note for the report what a loader gave; whoever gets sample data is told once, with the way to the real ones. */
export function announce(name: string, located: Located, files: readonly OfficialFile[]): void {
  recordProvenance('data', name, located.source.kind);
  if (located.source.kind !== 'sample' || noticed.has(name)) return;
  noticed.add(name);
  const way =
    dataMode() === 'sample'
      ? ['For the real data unset KERAS_PRIMER_DATA and start again.']
      : [
          `For the real data put these files into ${kerasFolders()[0]} and load again:`,
          ...files.map(file => `  ${officialAddress}${file.name}`),
        ];
  console.warn(
    [
      `NOTICE: ${name} gives SAMPLE data: generated texts, not the real data set.`,
      `Why: ${located.reason}.`,
      ...way,
    ].join('\n'),
  );
}

/** What each loader gave last. */
const given = new Map<string, DataSource>();

export function rememberSource(name: string, source: DataSource): void {
  given.set(name, source);
}

/** What `loadData` of this data set gave last in this process; undefined before its first call. */
export function lastSource(name: string): DataSource | undefined {
  const source = given.get(name);
  return source === undefined ? undefined : { ...source };
}
