import { cellTransformer } from './cellTransformer';
import { lightProgram } from './lightProgram';
import { OneProgram } from './oneProgram';
import type { TypeScript, ts } from './typescript';

/** What goes between the compiler and the converter beside the code. */
export interface CompileTrace {
  /** The source maps of the last cell, from the code that runs back to the cell. */
  maps: string[];
  /** Compiles a cell with one program, if the compiler is mended. */
  oneProgram?: OneProgram;
}

/**
 * The compiler as tslab is to see it: the same functions, but programs that it watches compile cells with our transformer
 * and with source maps. The module itself has read-only exports, so a copy takes its place.
 */
export function mendTypescript(typescript: TypeScript, trace: CompileTrace): TypeScript {
  const mended: TypeScript = Object.create(null);
  const emitted = { code: '', map: '' };
  const oneProgram = new OneProgram(typescript);
  trace.oneProgram = oneProgram;
  /** By host: gives tslab the last program again. */
  const again = new WeakMap<object, () => void>();
  for (const name of Object.keys(typescript)) {
    Object.defineProperty(mended, name, {
      configurable: true,
      enumerable: true,
      get: (): unknown => Reflect.get(typescript, name),
    });
  }
  return Object.defineProperties(mended, {
    createWatchCompilerHost: { enumerable: true, value: createWatchCompilerHost },
    createWatchProgram: { enumerable: true, value: createWatchProgram },
    transpileModule: { enumerable: true, value: transpileModule },
  });

  function createWatchCompilerHost(
    files: string[],
    options: ts.CompilerOptions,
    system: ts.System,
    _createProgram: unknown,
    ...rest: unknown[]
  ): object {
    const seen = oneProgram.system(system, files, () => again.get(host)?.());
    const all = [files, { ...options, sourceMap: true }, seen, lightProgram(typescript), ...rest];
    const host: object = Reflect.apply(typescript.createWatchCompilerHost, typescript, all);
    return host;
  }

  /** tslab keeps each new program's builder by this callback, and compiles with `builder.emit`. */
  function createWatchProgram(
    host: ts.WatchCompilerHostOfFilesAndCompilerOptions<ts.BuilderProgram>,
  ): unknown {
    const created = host.afterProgramCreate?.bind(host);
    host.afterProgramCreate = builder => {
      oneProgram.made();
      mendBuilder(builder);
      created?.(builder);
      // In another object, since tslab expects another one.
      again.set(host, () => created?.(Object.create(builder)));
    };
    return typescript.createWatchProgram(host);
  }

  function mendBuilder(builder: ts.BuilderProgram): void {
    const emit = builder.emit.bind(builder);
    builder.emit = (file, writeFile, token, onlyDeclarations, transformers) => {
      const earlier = builder.getSourceFiles().find(({ fileName }) => fileName.endsWith('/__prev__.d.ts'));
      const isCell = file !== undefined && /\/__tslab__\.[jt]s$/.test(file.fileName) && earlier !== undefined;
      const checker = builder.getProgram().getTypeChecker();
      const own = isCell ? [cellTransformer(typescript, checker, earlier)] : [];
      const write: ts.WriteFileCallback = (name, text, ...rest) => {
        const code = withoutMapComment(text);
        if (isCell && name.endsWith('.js.map')) emitted.map = text;
        if (isCell && name.endsWith('.js')) emitted.code = code;
        writeFile?.(name, code, ...rest);
      };
      const after = [...own, ...(transformers?.after ?? [])];
      return emit(file, write, token, onlyDeclarations, { ...transformers, after });
    };
  }

  /** tslab's second step, from ES modules to CommonJS. */
  function transpileModule(input: string, options: ts.TranspileOptions): ts.TranspileOutput {
    const compilerOptions = { ...options.compilerOptions, sourceMap: true };
    const output = typescript.transpileModule(input, { ...options, compilerOptions });
    if (input === emitted.code) trace.maps = [output.sourceMapText ?? '', emitted.map];
    return { ...output, outputText: withoutMapComment(output.outputText) };
  }
}

function withoutMapComment(code: string): string {
  return code.replace(/^\/\/# sourceMappingURL=.*\n?$/m, '');
}
