export { modelSummary, type ModelSummaryOptions } from './modelSummary';
