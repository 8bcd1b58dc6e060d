import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { floatText } from '../../metrics/format';
import { checkBoolean } from '../../options/checkBoolean';
import { checkOptions } from '../../options/checkOptions';
import { describe } from '../../options/describe';
import type { Callback } from '../Callback';
import { makeFolderOf } from '../weights/makeFolderOf';

/** Options of `csvLogger`; those of Keras. */
export interface CsvLoggerOptions {
  /** The one character between two values. Default `','`. */
  separator?: string;
  /** Whether to go on with a file that is there. Default false: begin it anew. */
  append?: boolean;
}

/**
 * A callback that writes a line of numbers to a CSV file after each epoch: `keras.callbacks.CSVLogger`, byte for byte. The first line names the
 * columns: `epoch`, then the logs in alphabetic order. Without validation Keras adds empty `val_` columns (`NA`), and so does this. The
 * folder is made if it is not there.
 *
 * @param filename where to write.
 * @throws TypeError for an option that does not fit; Error if a file to be appended to has other columns.
 * @example
 * const folder = require('node:fs').mkdtempSync(require('node:os').tmpdir() + '/csv-');
 * await fit(model, x, y, { epochs: 2, callbacks: [csvLogger(`${folder}/log.csv`)], verbose: 0 });
 * require('node:fs').readFileSync(`${folder}/log.csv`, 'utf8').split('\r\n')[0]; // 'epoch,accuracy,loss,val_accuracy,val_loss'
 */
export function csvLogger(filename: string, options: CsvLoggerOptions = {}): Callback {
  checkOptions('csvLogger', options, ['separator', 'append']);
  if (typeof filename !== 'string' || filename === '') {
    throw new TypeError(`Expected filename of csvLogger to be a path, received ${describe(filename)}.`);
  }
  const { separator = ',' } = options;
  if (typeof separator !== 'string' || separator.length !== 1 || /["\r\n]/.test(separator)) {
    throw new TypeError(
      `Expected separator of csvLogger to be one character, not a quote or line end, received ${describe(separator)}.`,
    );
  }
  const append = checkBoolean('append of csvLogger', options.append ?? false);
  let keys: string[] | undefined;
  let firstLine = '';
  // Made of the first logs, then kept: a row has the columns of the first one.
  const line = (values: readonly string[]): string =>
    `${values.map(value => quote(value, separator)).join(separator)}\r\n`;

  return {
    async onTrainBegin() {
      keys = undefined;
      const found = await stat(filename).catch(() => undefined);
      if (found?.isDirectory()) {
        throw new Error(`Expected filename of csvLogger to be a file, received the folder ${filename}.`);
      }
      await makeFolderOf(filename);
      firstLine = append ? await readFirstLine(filename) : '';
      if (!append) await writeFile(filename, '');
    },
    async onEpochEnd(epoch, logs = {}) {
      let text = '';
      if (keys === undefined) {
        const own = Object.keys(logs).sort();
        keys = own.some(key => key.startsWith('val_')) ? own : [...own, ...own.map(key => `val_${key}`)];
        const header = line(['epoch', ...keys]);
        if (firstLine === '') text = header;
        else if (firstLine.trimEnd() !== header.trimEnd()) {
          throw new Error(
            `Expected ${filename} to have the columns ${header.trimEnd()}, received ${firstLine.trimEnd()}. ` +
              'Append to a file of the same model and options, or set append: false.',
          );
        }
      }
      const values = keys.map(key => (logs[key] === undefined ? 'NA' : floatText(logs[key])));
      await appendFile(filename, text + line([String(epoch), ...values]));
    },
  };
}

async function readFirstLine(filename: string): Promise<string> {
  try {
    const text = await readFile(filename, 'utf8');
    return text.split('\n', 1)[0]!;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

// Quotes only what needs them, as Python's csv.
function quote(text: string, separator: string): string {
  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
