import type { TextItem } from '../../charts/textItemWidth';

declare module 'vega' {
  /** How Vega measures text; its typings leave it out. */
  export const textMetrics: { width(item: TextItem, text?: string | number | null): number };
}
