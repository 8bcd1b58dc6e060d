/** Loaded before tslab by the kernel spec: mends what tslab lacks, with its files untouched. See docs/kernel.md. */
import path from 'node:path';
import type { ConverterSet } from 'tslab/dist/executor';
import { setProgressPort } from '../progress/progressPort';
import { terminalPort } from '../progress/terminalPort';
import { setDisplayPort } from './display';
import { watchBackground } from './kernel/background';
import { runningCell, type Cell } from './kernel/Cell';
import { CellExecutor, inBackground } from './kernel/CellExecutor';
import { errorText, thrownError, type ErrorContext } from './kernel/cellError';
import { createCellMaps } from './kernel/cellMaps';
import { runtimeName, type CellRuntime } from './kernel/cellTransformer';
import { collectSooner } from './kernel/collectSooner';
import { kernelServer } from './kernel/KernelServer';
import { KeyboardInterrupt } from './kernel/KeyboardInterrupt';
import { mendConverter, type Compilation } from './kernel/mendConverter';
import { Output } from './kernel/output';
import { quickVariables } from './kernel/quickVariables';
import { knownTslab, loadTslab } from './kernel/tslabParts';
import { warmUp } from './kernel/warmUp';
import { watchParent } from './kernel/watchParent';
import { notebookProgress } from './notebookProgress';

collectSooner();

const root = path.resolve(__dirname, '..', '..');
const trace = { maps: [] };
const { parts, changes } = loadTslab(trace);
const warning =
  changes.length === 0
    ? undefined
    : `The notebook kernel expects tslab ${knownTslab}, but ${changes.join('; ')}. ` +
      'Some of what it mends may fail (docs/kernel.md). Run npm ci to get the right version.\n';
if (warning) process.stderr.write(warning);

mend();

function mend(): void {
  const { typescript, converter, executor, jupyter } = parts;
  const cells = new Map<string, Cell>();
  const maps = createCellMaps();
  const compilation: Compilation = { cell: undefined, diagnostics: [] };
  const context: ErrorContext = { maps, code: name => cells.get(name)?.code, root };
  const write = {
    stdout: process.stdout.write.bind(process.stdout),
    stderr: process.stderr.write.bind(process.stderr),
  };
  const output = new Output((name, text) => write[name](text));
  const progress = notebookProgress((bundle, options) => output.showProgress(bundle, options), {
    lastOnly:
      process.env.KERAS_PRIMER_PROGRESS === 'lines'
        ? terminalPort({ write: (text: string) => output.stream('stdout', text) })
        : undefined,
  });
  output.beforeOther = () => progress.breakBlock();
  setProgressPort(progress);
  const runtime: CellRuntime = {
    resumed(value) {
      if (runningCell.getStore()?.interrupted) throw new KeyboardInterrupt();
      return value;
    },
  };
  // A learner's error may come from deep within a library; the cell that called it must still be in the trace.
  Error.stackTraceLimit = 50;
  Object.defineProperty(globalThis, runtimeName, { value: runtime });

  const { createConverter } = converter;
  converter.createConverter = options =>
    mendConverter(createConverter(options), typescript, trace, maps, compilation);

  // tslab would go on with another copy of itself if it found one near the notebook.
  const { createRequire } = executor;
  executor.createRequire = directory => new Proxy(createRequire(directory), { apply: () => loadMain() });

  const { createExecutor } = executor;
  const { ZmqServer } = jupyter;
  executor.createExecutor = (directory: string, converters: ConverterSet) => {
    const background = watchBackground(process, reason => {
      // While a cell runs it is told at the cell's end. In between it is told at once, and fails the next cell.
      if (!cellExecutor.busy) output.stream('stderr', errorText(thrownError(reason, context, inBackground)));
    });
    const cellExecutor = new CellExecutor(
      console => quickVariables(() => createExecutor(directory, converters, console)),
      {
        typescript,
        compilation,
        background,
        context,
        settle: () => progress.flush(),
      },
    );
    jupyter.ZmqServer = kernelServer(ZmqServer, {
      executor: cellExecutor,
      output,
      cells,
      warning,
      ready: () => void warmUp({ directory, converter: converters.node, wanted: () => cells.size > 0 }),
    });
    process.stdout.write = output.writer('stdout');
    process.stderr.write = output.writer('stderr');
    jupyter.lastWriteDisplayData = ({ data, transient }, update) =>
      output.display(data, { id: transient.display_id, update });
    setDisplayPort({ display: (bundle, options) => output.display(bundle, options) });
    watchParent();
    return cellExecutor.asTslabExecutor();
  };
}

function loadMain(): unknown {
  return require('tslab/dist/main');
}
