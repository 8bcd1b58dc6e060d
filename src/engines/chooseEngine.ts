import type * as tf from '@tensorflow/tfjs';
import { checkChoice } from '../options/checkChoice';
import type { Engine, EngineName, EngineRequest } from './engine';
import { engineList } from './engineList';

/** What the option `engine` may be. */
export type EngineChoice = 'auto' | EngineName;

/** The values of the option `engine`. */
export const engineChoices = ['auto', 'compiled', 'tfjs'] as const;

/** An engine, and why those that `auto` would have preferred were passed over. */
export interface Chosen {
  readonly engine: Engine;
  readonly passedOver: readonly { readonly engine: EngineName; readonly reason: string }[];
}

/**
 * The engine for a request: the one named, or for `auto` the first one that computes it exactly.
 * @throws Error if the engine named cannot take the request, saying what is in the way.
 */
export function chooseEngine(
  model: tf.LayersModel,
  request: EngineRequest,
  choice: EngineChoice = 'auto',
): Chosen {
  checkChoice('engine', choice, engineChoices);
  const passedOver: { engine: EngineName; reason: string }[] = [];
  for (const engine of engineList) {
    if (choice !== 'auto' && engine.name !== choice) continue;
    const reason = engine.reasonAgainst(model, request);
    if (reason === undefined) return { engine, passedOver };
    passedOver.push({ engine: engine.name, reason });
  }
  const [first] = passedOver;
  throw new Error(
    first === undefined
      ? `Expected engine to be one that is installed, received '${choice}'. Leave it out.`
      : `Expected a model and options that the ${first.engine} engine can take, but ${first.reason}. ` +
          "Leave engine out, or set engine: 'tfjs'.",
  );
}
