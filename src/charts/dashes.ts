/** A dash pattern for each hue of the palette, so that lines differ without colour too. */
export const dashes = [
  [1, 0],
  [8, 3],
  [3, 3],
  [10, 3, 2, 3],
  [6, 6],
  [2, 2],
  [12, 4],
  [1, 3],
];
