export { padSequences, type PadOptions } from './padSequences';
export { StandardScaler, type StandardScalerOptions } from './StandardScaler';
export { toCategorical, type CategoricalOptions } from './toCategorical';
export { toOneHot, type OneHotOptions } from './toOneHot';
export { vectorizeSequences, type VectorizeOptions } from './vectorizeSequences';
