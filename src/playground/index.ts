export { playground, type PlaygroundOptions } from './playground';
export type { PlaygroundConfig } from './PlaygroundConfig';
export { PlaygroundRun } from './PlaygroundRun';
