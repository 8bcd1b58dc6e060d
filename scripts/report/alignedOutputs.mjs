import { isAligned } from './isAligned.mjs';

const outputs = /(<div class="output [^"]*">\s*)<pre tabindex="0">([\s\S]*?)<\/pre>/g;
const tags = /<[^>]*>/g;

/**
 * Marks the texts in outputs that keep their lines: they scroll sideways instead of wrapping.
 * @param {string} html
 */
export function alignedOutputs(html) {
  return html.replace(outputs, (whole, start, text) =>
    isAligned(String(text).replace(tags, ''))
      ? `${start}<pre class="aligned" tabindex="0">${text}</pre>`
      : whole,
  );
}
