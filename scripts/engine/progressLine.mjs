import { sizeText } from './size.mjs';

/**
 * Shows how far a download is: one line that changes in a terminal, else a line for each quarter.
 * @param {number} total bytes
 * @param {{ log: (line: string) => void, stream?: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> }} out
 * @returns {{ update: (bytes: number) => void, end: () => void }}
 */
export function progressLine(total, { log, stream = process.stdout }) {
  let shown = 0;
  return {
    update(bytes) {
      if (stream.isTTY) {
        stream.write(`\r  ${sizeText(bytes)} of ${sizeText(total)}   `);
        return;
      }
      const quarter = Math.floor((4 * bytes) / total);
      if (quarter > shown && quarter < 4) log(`  ${sizeText(bytes)} of ${sizeText(total)}`);
      shown = Math.max(shown, quarter);
    },
    end() {
      if (stream.isTTY) stream.write('\r\x1b[K');
    },
  };
}
