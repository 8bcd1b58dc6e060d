const rule = /^\s*[_=─-]{5,}/;
const gap = /\S {2,}\S/;

/**
 * Whether a text sets its columns with spaces, as a table of metrics or the summary of a model does: wrapped, it cannot be read.
 * @param {string} text
 */
export function isAligned(text) {
  const lines = text.split('\n');
  // One gap alone may be in any sentence; two lines with gaps stand under each other.
  return lines.some(line => rule.test(line)) || lines.filter(line => gap.test(line)).length > 1;
}
