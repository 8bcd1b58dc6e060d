import type { Segment } from './isolines';

/** A place on a line. */
export interface Place {
  x: number;
  y: number;
}

/** Lines through straight pieces that end in each other, as long as they can be; a closed one ends where it begins. */
export function polylines(segments: readonly Segment[]): Place[][] {
  const key = ({ x, y }: Place): string => `${x} ${y}`;
  const meeting = new Map<string, Segment[]>();
  const ends = ({ x, y, x2, y2 }: Segment): [Place, Place] => [
    { x, y },
    { x: x2, y: y2 },
  ];
  for (const segment of segments) {
    for (const end of ends(segment)) {
      const others = meeting.get(key(end));
      if (others) others.push(segment);
      else meeting.set(key(end), [segment]);
    }
  }
  const left = new Set(segments);
  const follow = (start: Place): Place[] => {
    const line = [start];
    for (let at = start; ;) {
      const next = meeting.get(key(at))?.find(segment => left.has(segment));
      if (next === undefined) return line;
      left.delete(next);
      const [from, to] = ends(next);
      at = key(from) === key(at) ? to : from;
      line.push(at);
    }
  };
  const lines: Place[][] = [];
  // First from the ends of the open ones: from its middle a line would come out in two.
  for (const segment of segments) {
    for (const end of ends(segment)) {
      if (left.has(segment) && meeting.get(key(end))?.length === 1) lines.push(follow(end));
    }
  }
  for (const segment of segments) if (left.has(segment)) lines.push(follow(ends(segment)[0]));
  return lines;
}
