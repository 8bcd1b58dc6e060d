import { compiledEngine } from './compiled/compiledEngine';
import type { Engine } from './engine';
import { tfjsEngine } from './tfjs/tfjsEngine';

/** The engines there are, the one that `auto` prefers first; the last one takes everything. */
export const engineList: readonly Engine[] = [compiledEngine, tfjsEngine];
