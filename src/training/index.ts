export type { Callback, CallbackParams, Logs } from './Callback';
export { csvLogger, type CsvLoggerOptions } from './callbacks/csvLogger';
export { earlyStopping, type EarlyStopping, type EarlyStoppingOptions } from './callbacks/earlyStopping';
export { evaluate, type EvaluateOptions } from './evaluate';
export { exportWeights } from './weights/exportWeights';
export { fit } from './fit';
export type { FitOptions } from './FitOptions';
export { History } from './History';
export { importWeights } from './weights/importWeights';
export { lambdaCallback, type LambdaCallbackOptions } from './callbacks/lambdaCallback';
export { learningRateScheduler, type LearningRateSchedulerOptions } from './callbacks/learningRateScheduler';
export { loadModel } from './weights/loadModel';
export {
  modelCheckpoint,
  type ModelCheckpoint,
  type ModelCheckpointOptions,
} from './callbacks/modelCheckpoint';
export type { MonitorMode } from './callbacks/Monitor';
export { predict, type PredictOptions } from './predict';
export type { Data, ModelData } from './prepare';
export { reduceLROnPlateau, type ReduceLROnPlateauOptions } from './callbacks/reduceLROnPlateau';
export { saveModel, type SaveModelOptions } from './weights/saveModel';
export type { CallbackVerbose } from './callbacks/say';
export { tensorBoard, type TensorBoardOptions } from './callbacks/tensorBoard';
export { terminateOnNaN, type TerminateOnNaNOptions } from './callbacks/terminateOnNaN';
