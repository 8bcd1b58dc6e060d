import type { ConvertResult, Converter, Diagnostic } from 'tslab/dist/converter';
import type { Cell } from './Cell';
import type { CellMaps } from './cellMaps';
import { cellSyntax } from './cellSyntax';
import type { CompileTrace } from './mendTypescript';
import type { TypeScript } from './typescript';

/** What the converter tells the executor about the cell it compiled last. */
export interface Compilation {
  cell: Cell | undefined;
  diagnostics: Diagnostic[];
}

// tslab's first line, `export {};`, stands before the cell.
const linesBefore = 1;

/**
 * tslab's converter with our mends: every form of top-level `await` is found, an `export` is refused with a clear message, the
 * compiled code has a name in stack traces, and its source maps are kept.
 */
export function mendConverter(
  inner: Converter,
  typescript: TypeScript,
  trace: CompileTrace,
  maps: CellMaps,
  compilation: Compilation,
): Converter {
  const compile = (earlierDeclarations: string, code: string): ConvertResult => {
    const convert = () => inner.convert(earlierDeclarations, code);
    return trace.oneProgram?.during(code, convert) ?? convert();
  };
  return {
    ...inner,
    convert(earlierDeclarations, code): ConvertResult {
      const { awaits, exported } = cellSyntax(typescript, code);
      const result = exported ? { diagnostics: [exported] } : compile(earlierDeclarations, code);
      compilation.diagnostics = result.diagnostics;
      if (result.output === undefined || compilation.cell === undefined) return result;
      const { scriptName } = compilation.cell;
      maps.add(scriptName, trace.maps, result.output.split('\n').length, linesBefore);
      return {
        ...result,
        hasToplevelAwait: awaits,
        output: `${result.output}\n//# sourceURL=${scriptName}`,
      };
    },
    addModule(...module) {
      compilation.diagnostics = inner.addModule(...module);
      return compilation.diagnostics;
    },
  };
}
