export { compare, type CompareData, type ComparedRun, type CompareOptions, type Comparison } from './compare';
export { crossValidate, type CrossValidateOptions, type CrossValidation } from './crossValidate';
export type { Fold, Splitter } from './folds';
export { KFold } from './KFold';
export type { Preprocessing, Transformer } from './preprocessFold';
export { runSeed } from './runSeed';
export { StratifiedKFold } from './StratifiedKFold';
export { trainTestSplit } from './trainTestSplit';
