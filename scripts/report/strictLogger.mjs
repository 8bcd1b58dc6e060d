import { createRequire } from 'node:module';

/**
 * A logger for Vega and Vega-Lite that throws what they warn of: a chart with a warning shows something else than was asked.
 * @returns {import('vega').LoggerInterface}
 */
export function strictLogger() {
  /** @type {typeof import('vega')} */
  const vega = createRequire(import.meta.url)('vega');
  return vega.logger(vega.Warn, undefined, (_method, _level, message) => {
    const text = [...message].map(String).join(' ');
    // Of a chart that can be dragged: there is no window here.
    if (text !== 'Can not resolve event source: window') throw new Error(text);
  });
}
