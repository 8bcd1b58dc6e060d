export { accuracyScore } from './accuracyScore';
export { classificationReport } from './classificationReport';
export { confusionMatrix } from './confusionMatrix';
export { meanAbsoluteError } from './meanAbsoluteError';
export { meanSquaredError } from './meanSquaredError';
export { precisionRecallFscoreSupport } from './precisionRecallFscoreSupport';
export { rocAucScore } from './rocAucScore';
export { rocCurve } from './rocCurve';
