/** A straight piece of a line of equal height. */
export interface Segment {
  x: number;
  y: number;
  x2: number;
  y2: number;
  level: number;
}

/**
 * Lines of equal height through a grid of values (marching squares, straight pieces). `xs` and `ys` rise; `grid[j][i]` is the height at
 * (xs[i], ys[j]).
 */
export function isolines(xs: number[], ys: number[], grid: number[][], levels: number[]): Segment[] {
  const segments: Segment[] = [];
  for (let j = 0; j + 1 < ys.length; j++) {
    for (let i = 0; i + 1 < xs.length; i++) {
      const corners = [
        { x: xs[i]!, y: ys[j]!, z: grid[j]![i]! },
        { x: xs[i + 1]!, y: ys[j]!, z: grid[j]![i + 1]! },
        { x: xs[i + 1]!, y: ys[j + 1]!, z: grid[j + 1]![i + 1]! },
        { x: xs[i]!, y: ys[j + 1]!, z: grid[j + 1]![i]! },
      ];
      for (const level of levels) {
        const cuts: { x: number; y: number }[] = [];
        corners.forEach((corner, k) => {
          const other = corners[(k + 1) % 4]!;
          if (corner.z < level === other.z < level) return;
          // From left and from below, so that the cells on both sides of an edge get the same place to the last bit.
          const [a, b] = k < 2 ? [corner, other] : [other, corner];
          const t = (level - a.z) / (b.z - a.z);
          cuts.push({ x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) });
        });
        // Two cuts are one piece; four, at a saddle, are two.
        for (let k = 0; k + 1 < cuts.length; k += 2) {
          const [from, to] = [cuts[k]!, cuts[k + 1]!];
          segments.push({ x: from.x, y: from.y, x2: to.x, y2: to.y, level });
        }
      }
    }
  }
  return segments;
}
