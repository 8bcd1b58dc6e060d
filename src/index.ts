export { onInterrupt } from './progress/interrupt';
export type { Matrix } from './matrix/Matrix';
export { SparseMatrix } from './matrix/SparseMatrix';
export { take } from './matrix/take';
export { toMatrix } from './matrix/toMatrix';
export { Chart } from './charts/Chart';
export { plotBars } from './charts/plotBars';
export { plotBroadcast, type PlotBroadcastOptions, type ShapeLike } from './charts/plotBroadcast';
export { plotComparison } from './charts/plotComparison';
export { plotConfusionMatrix } from './charts/plotConfusionMatrix';
export { plotDescent, type PlotDescentOptions } from './charts/plotDescent';
export { plotFolds } from './charts/plotFolds';
export { plotFunction, type PlotFunctionOptions } from './charts/plotFunction';
export { plotRanges } from './charts/plotRanges';
export { plotScatter } from './charts/plotScatter';
export { modelSummary, type ModelSummaryOptions } from './models/modelSummary';
export { plotHistogram } from './charts/plotHistogram';
export { plotHistory } from './charts/plotHistory';
export { plotLines } from './charts/plotLines';
export { plotModel, type PlotModelOptions } from './charts/plotModel';
export { plotMatMul, type PlotMatMulOptions, type ShapeOnly } from './charts/plotMatMul';
export { plotTensor, type PlotTensorOptions } from './charts/plotTensor';
export type { TensorHandle, TensorValues } from './charts/tensorData';
export { setRandomSeed } from './random/setRandomSeed';
export { ensureBackend } from './engines/backend';
export { engines, type EngineRow } from './engines/engines';
export type { EngineChoice } from './engines/chooseEngine';
export { explainEngine, type EngineExplanation, type ExplainEngineOptions } from './engines/explainEngine';
export type { Callback, CallbackParams, Logs } from './training/Callback';
export { evaluate, type EvaluateOptions } from './training/evaluate';
export { fit } from './training/fit';
export type { FitOptions } from './training/FitOptions';
export { History } from './training/History';
export { predict, type PredictOptions } from './training/predict';
export type { Data, ModelData } from './training/prepare';
export { RandomState } from './random/RandomState';
export type { ChoiceOptions } from './random/RandomState';
export { imdb } from './datasets/imdb';
export type { ImdbOptions, TextData } from './datasets/imdb';
export type { DataSource } from './datasets/DataSource';
export type { Label, Labels } from './labels/Labels';
export { accuracyScore } from './metrics/accuracyScore';
export { classificationReport } from './metrics/classificationReport';
export { confusionMatrix } from './metrics/confusionMatrix';
export { meanAbsoluteError } from './metrics/meanAbsoluteError';
export { meanSquaredError } from './metrics/meanSquaredError';
export { precisionRecallFscoreSupport } from './metrics/precisionRecallFscoreSupport';
export { rocAucScore } from './metrics/rocAucScore';
export { rocCurve } from './metrics/rocCurve';
export { compare } from './modelSelection/compare';
export type { CompareData, ComparedRun, CompareOptions, Comparison } from './modelSelection/compare';
export { crossValidate } from './modelSelection/crossValidate';
export type { CrossValidateOptions, CrossValidation } from './modelSelection/crossValidate';
export type { Fold, Splitter } from './modelSelection/folds';
export { KFold } from './modelSelection/KFold';
export type { Preprocessing, Transformer } from './modelSelection/preprocessFold';
export { runSeed } from './modelSelection/runSeed';
export { StratifiedKFold } from './modelSelection/StratifiedKFold';
export { trainTestSplit } from './modelSelection/trainTestSplit';
export { vectorizeSequences, type VectorizeOptions } from './preprocessing/vectorizeSequences';
export { toOneHot, type OneHotOptions } from './preprocessing/toOneHot';
export { toCategorical, type CategoricalOptions } from './preprocessing/toCategorical';
export { padSequences, type PadOptions } from './preprocessing/padSequences';
export { StandardScaler, type StandardScalerOptions } from './preprocessing/StandardScaler';
export type { Displayable, MimeBundle } from './notebook/display';
export { show } from './notebook/show';
export { Table, table } from './notebook/table';
export type { DataFrameLike, TableOptions, TableRows } from './notebook/table';
export { versions } from './notebook/versions';
export { provenance } from './provenance/provenance';
export type { ProvenanceEntry, ProvenanceKind } from './provenance/provenance';
export { reuters, type ReutersOptions } from './datasets/reuters';
export { bostonHousing, type BostonHousingOptions, type TableData } from './datasets/bostonHousing';
export { csvLogger, type CsvLoggerOptions } from './training/callbacks/csvLogger';
export {
  earlyStopping,
  type EarlyStopping,
  type EarlyStoppingOptions,
} from './training/callbacks/earlyStopping';
export { lambdaCallback, type LambdaCallbackOptions } from './training/callbacks/lambdaCallback';
export {
  learningRateScheduler,
  type LearningRateSchedulerOptions,
} from './training/callbacks/learningRateScheduler';
export {
  modelCheckpoint,
  type ModelCheckpoint,
  type ModelCheckpointOptions,
} from './training/callbacks/modelCheckpoint';
export type { MonitorMode } from './training/callbacks/Monitor';
export { reduceLROnPlateau, type ReduceLROnPlateauOptions } from './training/callbacks/reduceLROnPlateau';
export type { CallbackVerbose } from './training/callbacks/say';
export { tensorBoard, type TensorBoardOptions } from './training/callbacks/tensorBoard';
export { terminateOnNaN, type TerminateOnNaNOptions } from './training/callbacks/terminateOnNaN';
export { exportWeights } from './training/weights/exportWeights';
export { importWeights } from './training/weights/importWeights';
export { loadModel } from './training/weights/loadModel';
export { saveModel, type SaveModelOptions } from './training/weights/saveModel';
