export { ensureBackend } from './backend';
export type { EngineChoice } from './chooseEngine';
export { engines, type EngineRow } from './engines';
export { explainEngine, type EngineExplanation, type ExplainEngineOptions } from './explainEngine';
