import { textWidth } from './textWidth';

/** What Vega says of a text it asks the width of. */
export interface TextItem {
  fontSize?: number;
  fontWeight?: string | number;
  limit?: number;
}

/** The width of a text in a chart, in pixels: the same in Node and in a report's page, so that both lay a chart out alike. */
export function textItemWidth(
  { fontSize = 11, fontWeight, limit }: TextItem,
  text?: string | number | null,
): number {
  const bold = fontWeight === 'bold' || Number(fontWeight) >= 600;
  const whole = textWidth(String(text ?? ''), { size: fontSize, bold });
  return limit ? Math.min(whole, limit) : whole;
}
