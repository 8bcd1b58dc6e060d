/** Widths of letters in parts of the font's size, as DejaVu Sans has them: the widest of the fonts that `theme` names. */
const groups: readonly [letters: string, width: number][] = [
  ["ijlI'.,:;|!·", 0.31],
  [' ftr-/()[]', 0.39],
  ['cksvxyzJ?_', 0.57],
  ['0123456789', 0.64],
  ['w', 0.82],
  ['mMW%…—@', 0.98],
  ['+−±×÷=<>≤≥≠~→↓←↑', 0.84],
];
const widths = new Map(
  groups.flatMap(([letters, width]) => Array.from(letters, (letter): [string, number] => [letter, width])),
);
const lower = 0.62;
const upper = 0.7;

/** About how wide a text is in pixels, where nothing can be measured: rather too wide than too narrow. */
export function textWidth(text: string, { size = 12, bold = false } = {}): number {
  let sum = 0;
  for (const letter of text) sum += widths.get(letter) ?? widthOf(letter);
  return Math.ceil(sum * size * (bold ? 1.13 : 1.02));
}

function widthOf(letter: string): number {
  // Chinese, Japanese and Korean signs fill a square.
  if (letter >= '\u2e80') return 1;
  return letter !== letter.toLowerCase() ? upper : lower;
}
