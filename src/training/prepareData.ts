import type { ModelInternals } from '../engines/modelInternals';
import type { Samples } from '../engines/Samples';
import { countSamples, inputSlots, prepare, targetSlots } from './prepare';

/**
 * Samples and targets given as a pair, such as `validationData`, checked against the model.
 *
 * @param label How messages call the pair.
 */
export function prepareData(
  internals: ModelInternals,
  x: unknown,
  y: unknown,
  label: string,
): { x: Samples[]; y: Samples[] } {
  const [first, second] = [`${label}[0]`, `${label}[1]`];
  const inputs = prepare(x, inputSlots(internals.model, first), first);
  const targets = prepare(y, targetSlots(internals, second), second);
  countSamples({ [first]: inputs, [second]: targets });
  return { x: inputs, y: targets };
}
