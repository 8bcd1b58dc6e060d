import { Graph, layout } from '@dagrejs/dagre';

/** Where dagre has put a box: its middle and its size. */
interface Box {
  x?: number;
  y?: number;
  width: number;
  height: number;
}

interface Edge {
  v: string;
  w: string;
  name?: string;
}

/** What is known of an edge. */
interface EdgeLabel {
  call: number;
  /** Whether it leads into a box within a box or out of it. */
  crosses?: boolean;
}

/** The part of a dagre graph that is used here; its own declarations cannot be resolved by Node's rules and would be `any`. */
export interface LayeredGraph {
  setGraph(settings: object): unknown;
  setNode(id: string, box: Partial<Box>): unknown;
  setParent(id: string, parent: string): unknown;
  setEdge(from: string, to: string, label: EdgeLabel, name: string): unknown;
  node(id: string): Box;
  edges(): Edge[];
  edge(edge: Edge): EdgeLabel & { points: { x: number; y: number }[] };
  graph(): { width: number; height: number };
}

/** A directed graph in which two boxes may be joined more than once, and boxes may lie in others. */
export function layeredGraph(settings: object): LayeredGraph {
  // oxlint-disable-next-line typescript/no-unsafe-assignment
  const graph: LayeredGraph = new Graph({ multigraph: true, compound: true });
  graph.setGraph(settings);
  return graph;
}

/** Two boxes of which the first should stand left of the second, where they stand in one row. */
export type Order = readonly [left: string, right: string];

/** Give every box of the graph its place and every edge its points. Wishes that contradict earlier ones are left out. */
export function arrangeGraph(graph: LayeredGraph, wishes: readonly Order[]): void {
  const right = new Map<string, string[]>();
  const leads = (from: string, to: string): boolean =>
    from === to || (right.get(from) ?? []).some(next => leads(next, to));
  const constraints = wishes.flatMap(([left, next]) => {
    if (leads(next, left)) return [];
    right.set(left, [...(right.get(left) ?? []), next]);
    return [{ left, right: next }];
  });
  layout(graph, { constraints });
}
