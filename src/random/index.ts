export { RandomState, type ChoiceOptions } from './RandomState';
export { setRandomSeed } from './setRandomSeed';
