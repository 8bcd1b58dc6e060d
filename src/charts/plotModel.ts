import type * as tf from '@tensorflow/tfjs';
import {
  type LayerBox,
  type LayerKind,
  type LayerLink,
  type ModelGraph,
  modelGraph,
} from '../models/modelGraph';
import { checkBoolean } from '../options/checkBoolean';
import { checkChoice } from '../options/checkChoice';
import { checkOptions } from '../options/checkOptions';
import { type Label, labelLayers, pixelX, pixelY } from './cells';
import { Chart } from './Chart';
import { arrangeGraph, layeredGraph, type Order } from './layeredGraph';
import { plural } from './tensorData';
import { hues, palette } from './theme';

/** Options of `plotModel`. */
export interface PlotModelOptions {
  /** Draw the layers of nested models, each model in a frame; default false, as in Keras. */
  expandNested?: boolean;
  /** From top to bottom, 'TB' (the default), or from left to right, 'LR'. */
  rankdir?: 'TB' | 'LR';
  /** Default: the model's name and its number of parameters. */
  title?: string;
}

/**
 * A model as a graph: a box for each layer with its class, the shape of its output (`?` is the batch) and its number of parameters; an arrow for each tensor.
 * A layer or nested model that is called more than once has one box, since it has one set of weights; the arrows of each call have a colour of their own.
 * Keras' `plot_model`. Laid out by dagre.
 *
 * @throws TypeError for anything but a tf layers model whose shapes are known.
 * @example
 * const model = tf.sequential({ name: 'small', layers: [tf.layers.dense({ units: 32, inputShape: [784] })] });
 * plotModel(model).title; // 'small: 25,120 parameters'
 */
export function plotModel(model: tf.LayersModel, options: PlotModelOptions = {}): Chart {
  checkOptions('plotModel', options, ['expandNested', 'rankdir', 'title']);
  const expand = checkBoolean('expandNested', options.expandNested ?? false);
  const rankdir = checkChoice('rankdir', options.rankdir ?? 'TB', ['TB', 'LR']);
  const graph = modelGraph(model);
  const title = options.title ?? `${graph.name}: ${plural(graph.parameters, 'parameter')}`;
  const text = describe(graph, '');
  const arrangement = arrange(graph, expand, rankdir);
  return new Chart({
    title,
    description: `A model as a graph of ${plural(graph.layers.length, 'layer')}. ${text.join('; ')}.`,
    text,
    view: draw(arrangement, 4),
    narrow: draw(arrangement, 2),
  });
}

function describe(graph: ModelGraph, indent: string): string[] {
  return graph.layers.flatMap(box => {
    const from = [
      ...new Set(graph.links.filter(({ to }) => to === box.id).map(link => nameOf(graph, link.from))),
    ];
    return [
      `${indent}${headOf(box)}${box.named ? '' : ` ${box.name}`}: ${lastLine(box)}${from.length > 0 ? `, from ${from.join(' and ')}` : ''}`,
      ...(box.inside ? describe(box.inside, `${indent}  `) : []),
    ];
  });
}

function nameOf(graph: ModelGraph, id: string): string {
  return graph.layers.find(box => box.id === id)!.name;
}

interface Place {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Rectangle extends Place {
  lines: string[];
  kind: LayerKind | 'nested model';
}

/** A nested model drawn open, and where its heading stands. */
interface Frame extends Rectangle {
  heading: { x: number; y: number };
}

interface Wire {
  points: { x: number; y: number }[];
  call: number;
}

interface Arrangement {
  width: number;
  height: number;
  boxes: Rectangle[];
  frames: Frame[];
  wires: Wire[];
  calls: number;
}

const lineHeight = 16;
// Pixels for each letter at 12 pixels' height, plain and bold.
const plainWidth = 6.4;
const boldWidth = 7.3;
// The call of what is no arrow.
const heading = -1;

function arrange(graph: ModelGraph, expand: boolean, rankdir: 'TB' | 'LR'): Arrangement {
  const dagre = layeredGraph({
    rankdir,
    nodesep: 18,
    ranksep: rankdir === 'TB' ? 28 : 44,
    edgesep: 14,
    marginx: 4,
    marginy: 4,
  });
  const boxes = new Map<string, Rectangle>();
  const framed = new Map<string, LayerBox>();
  const calls = new Map<string, number>();
  // Inputs stand from left to right in the model's order.
  const wishes: Order[] = [];
  let most = 1;

  const add = (part: ModelGraph, parent: string | undefined): void => {
    for (const box of part.layers) {
      const size = sizeOf(box);
      if (expand && box.inside) {
        dagre.setNode(box.id, {});
        framed.set(box.id, box);
        // The frame's heading takes a place of its own above the first layers, so that no arrow crosses it.
        dagre.setNode(`${box.id}/`, {
          width: Math.ceil(frameText(box).length * boldWidth) + 8,
          height: lineHeight,
        });
        dagre.setParent(`${box.id}/`, box.id);
        if (parent !== undefined) dagre.setEdge(`${parent}/`, `${box.id}/`, { call: heading }, 'heading');
        add(box.inside, box.id);
        for (const input of box.inside.inputs)
          dagre.setEdge(`${box.id}/`, input, { call: heading }, 'heading');
      } else {
        dagre.setNode(box.id, { width: size.width, height: size.height });
        boxes.set(box.id, { id: box.id, x: 0, y: 0, ...size, kind: box.kind });
      }
      if (parent !== undefined) dagre.setParent(box.id, parent);
      calls.set(box.id, box.calls);
    }
    part.inputs.slice(1).forEach((id, i) => wishes.push([part.inputs[i]!, id]));
    part.links.forEach((link, i) => {
      const call = callOf(link, calls);
      most = Math.max(most, call);
      const from = end(part, link.from, 'out', link.output, expand);
      const to = end(part, link.to, 'in', link.input, expand);
      const crosses = from !== link.from || to !== link.to;
      dagre.setEdge(from, to, { call, crosses }, `${part.name}:${i}`);
      // A frame's heading stands below whatever leads into the frame.
      if (framed.has(link.to)) dagre.setEdge(from, `${link.to}/`, { call: heading }, `${part.name}:${i}`);
    });
  };
  add(graph, undefined);
  arrangeGraph(dagre, wishes);

  for (const rectangle of boxes.values()) {
    const { x = 0, y = 0 } = dagre.node(rectangle.id);
    rectangle.x = x - rectangle.width / 2;
    rectangle.y = y - rectangle.height / 2;
  }
  const frames = [...framed].map(([id, box]): Frame => {
    const { x: atX = 0, y: atY = 0 } = dagre.node(`${id}/`);
    const { x = 0, y = 0, width, height } = dagre.node(id);
    return {
      id,
      x: x - width / 2,
      y: y - height / 2,
      width,
      height,
      lines: [frameText(box)],
      kind: 'nested model',
      heading: { x: atX, y: atY },
    };
  });
  const edges = dagre.edges().filter(edge => dagre.edge(edge).call !== heading);
  const crossing = edges.filter(edge => dagre.edge(edge).crosses);
  const obstacles = [...boxes.values(), ...frames.map(headingBox)];
  const wires = edges.map((edge): Wire => {
    const { call, points, crosses } = dagre.edge(edge);
    if (!crosses) return { call, points };
    // dagre leads an edge round the corner of a frame, also where nothing is in the way of a straight one.
    const ends = (['v', 'w'] as const).map(side => {
      const other = side === 'v' ? 'w' : 'v';
      const alike = crossing
        .filter(one => one[side] === edge[side])
        .sort(
          (one, two) => across(boxes.get(one[other])!, rankdir) - across(boxes.get(two[other])!, rankdir),
        );
      return port(boxes.get(edge[side])!, side, 14 * (alike.indexOf(edge) - (alike.length - 1) / 2), rankdir);
    });
    const free = obstacles.every(box => box.id === edge.v || box.id === edge.w || misses(ends, box));
    return { call, points: free ? ends : points };
  });
  const { width, height } = dagre.graph();
  return { width, height, boxes: [...boxes.values()], frames, wires, calls: most };
}

/** The middle of a box along its row. */
function across({ x, y, width, height }: Place, rankdir: 'TB' | 'LR'): number {
  return rankdir === 'TB' ? x + width / 2 : y + height / 2;
}

/** Where an arrow leaves a box or meets it, `aside` of the middle. */
function port(box: Place, side: 'v' | 'w', aside: number, rankdir: 'TB' | 'LR'): Wire['points'][number] {
  const at = across(box, rankdir) + aside;
  return rankdir === 'TB'
    ? { x: at, y: box.y + (side === 'v' ? box.height : 0) }
    : { x: box.x + (side === 'v' ? box.width : 0), y: at };
}

/** Whether a straight way keeps clear of a box. */
function misses([from, to]: Wire['points'], { x, y, width, height }: Place): boolean {
  const steps = 50;
  return Array.from({ length: steps + 1 }, (_, i) => i / steps).every(t => {
    const [px, py] = [from!.x + t * (to!.x - from!.x), from!.y + t * (to!.y - from!.y)];
    return px < x - 4 || px > x + width + 4 || py < y - 4 || py > y + height + 4;
  });
}

/** Where a frame's heading stands. */
function headingBox({ id, heading: at, lines }: Frame): Place {
  const width = lines[0]!.length * boldWidth;
  return { id: `${id}/`, x: at.x - width / 2, y: at.y - lineHeight / 2, width, height: lineHeight };
}

/** 0 for an arrow between layers that are called once, else which call it belongs to. */
function callOf(link: LayerLink, calls: Map<string, number>): number {
  const from = (calls.get(link.from) ?? 1) > 1 ? link.fromCall : 0;
  const to = (calls.get(link.to) ?? 1) > 1 ? link.toCall : 0;
  return to > 0 ? to : from;
}

/** The box that an arrow meets: of a nested model that is drawn open, its own first or last layer. */
function end(graph: ModelGraph, id: string, side: 'in' | 'out', place: number, expand: boolean): string {
  const box = graph.layers.find(one => one.id === id);
  if (!expand || !box?.inside) return id;
  const inner = side === 'in' ? box.inside.inputs : box.inside.outputs;
  return end(box.inside, inner[place] ?? inner[0]!, side, 0, expand);
}

function sizeOf(box: LayerBox): { width: number; height: number; lines: string[] } {
  const rest = [...middleLine(box), lastLine(box)];
  const head = headOf(box);
  const widest = Math.max(...rest.map(line => line.length)) * plainWidth;
  // A long list of details goes below the class, so that branches side by side stay narrow.
  const split = !box.named && box.detail !== '' && head.length * boldWidth > widest + 10;
  const lines = split ? [box.className, box.detail, ...rest] : [head, ...rest];
  const width = Math.max(...lines.map((line, i) => line.length * (i === 0 ? boldWidth : plainWidth))) + 18;
  return { width: Math.ceil(Math.max(width, 90)), height: lines.length * lineHeight + 12, lines };
}

function headOf(box: LayerBox): string {
  return box.named ? box.name : `${box.className}${box.detail === '' ? '' : ` ${box.detail}`}`;
}

function middleLine(box: LayerBox): string[] {
  const what = box.named ? [`${box.className}${box.detail === '' ? '' : ` ${box.detail}`}`] : [];
  const inside = box.inside
    ? [plural(box.inside.layers.filter(({ kind }) => kind !== 'input').length, 'layer')]
    : [];
  const shared = box.calls > 1 ? [`shared by ${box.calls} calls`] : [];
  const parts = [...what, ...inside, ...shared];
  return parts.length > 0 ? [parts.join(', ')] : [];
}

function lastLine(box: LayerBox): string {
  const shapes = box.outputShapes.map(shape => `(${shape.map(size => size ?? '?').join(', ')})`).join(' ');
  return box.parameters > 0 ? `${shapes} · ${box.parameters.toLocaleString('en')} params` : shapes;
}

function frameText(box: LayerBox): string {
  return `${box.name}${box.calls > 1 ? `, shared by ${box.calls} calls` : ''} · ${box.parameters.toLocaleString('en')} params`;
}

const kinds: Rectangle['kind'][] = [
  'input',
  'trainable weights',
  'frozen weights',
  'no weights',
  'nested model',
];
const fills = [hues.down, hues.up, '#8c7a00', hues.quiet, hues.quiet];

function draw(arrangement: Arrangement, columns: number): Record<string, unknown> {
  const { width, height, boxes, frames, wires, calls } = arrangement;
  const labels: Label[] = boxes.flatMap(({ x, y, width: w, lines }) =>
    lines.map((text, i) => ({
      x: x + w / 2,
      y: y + 6 + (i + 0.5) * lineHeight,
      text,
      align: 'center' as const,
      bold: i === 0,
    })),
  );
  for (const { heading: at, lines } of frames) {
    labels.push({ x: at.x, y: at.y, text: lines[0]!, bold: true, align: 'center' });
  }
  const used = kinds.filter(kind => boxes.some(box => box.kind === kind));
  const fill = {
    field: 'kind',
    type: 'nominal',
    title: null,
    scale: { domain: used, range: used.map(kind => fills[kinds.indexOf(kind)]) },
    legend: { symbolType: 'square', columns },
  };
  const rows = (list: Rectangle[]): object[] =>
    list.map(box => ({
      x: tenth(box.x),
      y: tenth(box.y),
      x2: tenth(box.x + box.width),
      y2: tenth(box.y + box.height),
      kind: box.kind,
      layer: box.id,
      about: box.lines.join(' · '),
    }));
  const place = { x: pixelX, x2: { field: 'x2' }, y: pixelY, y2: { field: 'y2' } };
  const tooltip = [
    { field: 'layer', type: 'nominal', title: 'layer' },
    { field: 'about', type: 'nominal', title: 'about' },
  ];
  const names = ['one call only', ...Array.from({ length: calls }, (_, i) => `call ${i + 1}`)];
  const shared = wires.some(({ call }) => call > 0);
  const color = {
    field: 'call',
    type: 'nominal',
    title: null,
    scale: { domain: names, range: ['currentColor', ...palette.slice(1), ...palette].slice(0, names.length) },
    legend: shared ? { symbolType: 'stroke', columns } : null,
  };
  const lines = wires.flatMap(({ points, call }, wire) =>
    points.map(({ x, y }, i) => ({ x: tenth(x), y: tenth(y), i, wire, call: names[call] })),
  );
  const tips = wires.map(({ points, call }) => {
    const [before, tip] = points.slice(-2);
    const angle = (Math.atan2(tip!.y - before!.y, tip!.x - before!.x) * 180) / Math.PI;
    const back = Math.PI * (angle / 180);
    return {
      x: tenth(tip!.x - 4 * Math.cos(back)),
      y: tenth(tip!.y - 4 * Math.sin(back)),
      angle: tenth(angle),
      call: names[call],
    };
  });
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    layer: [
      ...(frames.length === 0
        ? []
        : [
            {
              data: { values: rows(frames) },
              mark: {
                type: 'rect',
                fill: 'currentColor',
                fillOpacity: 0.05,
                stroke: 'currentColor',
                strokeOpacity: 0.6,
                strokeDash: [5, 4],
                cornerRadius: 8,
              },
              encoding: { ...place, tooltip },
            },
          ]),
      ...(wires.length === 0
        ? []
        : [
            {
              data: { values: lines },
              mark: { type: 'line', interpolate: 'basis', strokeWidth: 1.5, tooltip: false },
              encoding: {
                x: pixelX,
                y: pixelY,
                detail: { field: 'wire', type: 'nominal' },
                order: { field: 'i', type: 'quantitative' },
                color,
              },
            },
            {
              data: { values: tips },
              mark: { type: 'point', shape: 'triangle-right', size: 70, filled: true, tooltip: false },
              encoding: {
                x: pixelX,
                y: pixelY,
                angle: { field: 'angle', type: 'quantitative', scale: null },
                color,
              },
            },
          ]),
      {
        data: { values: rows(boxes) },
        mark: { type: 'rect', fillOpacity: 0.2, strokeWidth: 1.5, cornerRadius: 5 },
        encoding: { ...place, fill, stroke: fill, tooltip },
      },
      ...labelLayers(labels),
    ],
  };
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
