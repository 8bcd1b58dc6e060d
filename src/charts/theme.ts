/**
 * The one place for how charts look. Text and lines are `currentColor`, so that a chart takes the text colour of the page around it,
 * light or dark; the hues keep a contrast of about 3 to 1 or more on white and on near-black.
 */

/** After Okabe and Ito's colour-blind-safe hues (2008): those first that stand out on light and on dark, the blue a little lighter for the dark. */
export const palette = [
  '#1a80bb',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#8c7a00',
  '#56b4e9',
  '#e69f00',
  '#808080',
];

/** What the two curves of a history and the two signs of a value look like everywhere. */
export const hues = {
  training: '#1a80bb',
  validation: '#d55e00',
  up: '#1a80bb',
  down: '#d55e00',
  quiet: '#808080',
} as const;

/** The sequential scheme for amounts: cividis, made to look alike to all eyes. */
export const amounts = 'cividis';

/** System fonts of Latin and then of Chinese, Japanese and Korean script; nothing is downloaded. */
export const font =
  'system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Noto Sans, DejaVu Sans, PingFang SC, Hiragino Sans GB, ' +
  'Microsoft YaHei, Noto Sans CJK SC, Noto Sans SC, WenQuanYi Micro Hei, sans-serif';

const ink = 'currentColor';

/** Vega-Lite's config, the same for every chart. Sizes are pixels at natural size. */
export const config = {
  background: null,
  font,
  padding: 6,
  view: { stroke: null },
  title: {
    anchor: 'start',
    color: ink,
    fontSize: 15,
    fontWeight: 600,
    subtitleColor: ink,
    subtitleFontSize: 12,
    offset: 12,
  },
  axis: {
    labelColor: ink,
    titleColor: ink,
    domainColor: ink,
    domainOpacity: 0.5,
    tickColor: ink,
    tickOpacity: 0.5,
    gridColor: ink,
    gridOpacity: 0.15,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 8,
    labelLimit: 280,
  },
  legend: {
    labelColor: ink,
    titleColor: ink,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    orient: 'bottom',
    direction: 'horizontal',
    symbolSize: 90,
    symbolStrokeWidth: 2.5,
    labelLimit: 260,
  },
  header: { labelColor: ink, titleColor: ink, labelFontSize: 12, titleFontSize: 12 },
  line: { strokeWidth: 2.5, strokeJoin: 'round' },
  point: { size: 36, filled: true, opacity: 1 },
  text: { color: ink, fontSize: 12 },
  range: { category: palette },
} as const;
