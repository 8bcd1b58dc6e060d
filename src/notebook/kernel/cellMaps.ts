import { SourceMap, type SourceMapPayload } from 'node:module';

/** A place in a cell, counted from 1. */
export interface CellPlace {
  line: number;
  column: number;
}

/** The ways from the compiled code of the cells back to what was typed. */
export interface CellMaps {
  /**
   * Keep the maps of a script. Each leads one step back; the first is that of the code that runs.
   * @param size the number of lines of the code that runs; what comes after is not the cell's
   * @param before the number of lines that stand before the cell in the first source
   */
  add(scriptName: string, maps: readonly string[], size: number, before: number): void;
  /** Where a place of a script is in its cell. */
  find(scriptName: string, place: CellPlace): CellPlace | undefined;
}

/** No maps yet. */
export function createCellMaps(): CellMaps {
  const scripts = new Map<string, { maps: SourceMap[]; size: number; before: number }>();
  return {
    add(scriptName, maps, size, before) {
      const parsed = maps.map(map => {
        const payload: SourceMapPayload = JSON.parse(map);
        return new SourceMap(payload);
      });
      scripts.set(scriptName, { maps: parsed, size, before });
    },
    find(scriptName, place) {
      const script = scripts.get(scriptName);
      if (script === undefined || place.line > script.size) return undefined;
      let line = place.line - 1;
      let column = place.column - 1;
      for (const map of script.maps) {
        const entry = map.findEntry(line, column);
        if (!('originalLine' in entry)) return undefined;
        line = entry.originalLine;
        column = entry.originalColumn;
      }
      line -= script.before;
      return line < 0 ? undefined : { line: line + 1, column: column + 1 };
    },
  };
}
