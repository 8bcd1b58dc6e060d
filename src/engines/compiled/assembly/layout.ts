// What the host writes into memory for the trainer to read. The host's structures.ts lists the same fields in the same
// order, all four bytes wide. Pointers count bytes; strides count bytes too; sizes count values.

export const DENSE: i32 = 0;
export const ACTIVATION: i32 = 1;
export const DROPOUT: i32 = 2;

/** One step of the network: y = f(x). Its gradient arrives in dy and leaves in dx (0: nobody wants it). */
@unmanaged
export class Layer {
  kind: i32;
  activation: i32;
  inputs: i32;
  outputs: i32;
  /** Bytes from one row of x to the next; rows are padded to whole vectors. */
  xStride: usize;
  /** Bytes from one row of y, dy, w, g and the moments to the next; the padding of w stays zero. */
  stride: usize;
  /** Input rows, 0 for a first layer whose input is always sparse. */
  x: usize;
  y: usize;
  dx: usize;
  dy: usize;
  /** [inputs padded to 4 rows, outputs], then a row for the bias; g and the optimizer's moments have the same layout. */
  w: usize;
  g: usize;
  s1: usize;
  s2: usize;
  /** Bytes from w to its bias row. */
  bias: usize;
  hasBias: i32;
  trainable: i32;
  /** The input comes from relu, whose gradient is 0 wherever its output is. */
  zeroStops: i32;
  /** The loss has written the gradient before the activation, not after it. */
  fusedLoss: i32;
  /** Sparse input: for each row of w the step that last touched it, and how often this one did, later where its list ends. */
  stamps: usize;
  counts: usize;
  /** Sparse input: the rows of w that this step touches, and for each of these the list of rows of dy that touch it. */
  touched: usize;
  lists: usize;
  /** Sparse input: room for the gradients of a few rows of w. */
  sums: usize;
  /** Dropout: what each value was multiplied by. */
  mask: usize;
  rate: f32;
  l1: f32;
  l2: f32;
  biasL1: f32;
  biasL2: f32;
}

export const SGD: i32 = 0;
export const MOMENTUM: i32 = 1;
export const NESTEROV: i32 = 2;
export const RMSPROP: i32 = 3;
export const ADAM: i32 = 4;

/** How many powers of decay1 are kept. */
export const DECAYS: i32 = 256;

@unmanaged
export class Run {
  layers: usize;
  layerCount: i32;
  loss: i32;
  /** Bit i: metric i is wanted. */
  metrics: i32;
  /** Sums over rows as f64: loss, then one for each metric. */
  sums: usize;
  /** State of the random numbers for dropout: four vectors. */
  random: usize;
  optimizer: i32;
  learningRate: f32;
  /** rho of RMSprop, momentum, or beta1 of Adam. */
  decay1: f32;
  /** 1 - decay1, rounded once, as TensorFlow.js has it. */
  rest1: f32;
  /** beta2 of Adam. */
  decay2: f32;
  rest2: f32;
  epsilon: f32;
  /** Powers of Adam's betas, one ahead of the steps done. */
  power1: f32;
  power2: f32;
  /** Steps done, for the stamps. */
  step: i32;
  /** Room for the first `DECAYS` powers of decay1, which `train` writes. */
  decays: usize;
}

@unmanaged
export class Data {
  /** 0 dense, else bytes of a column number (2 or 4). */
  idBytes: i32;
  /** Dense: rows of float32, xStride of the first layer apart. Sparse: where each row begins in ids (u32). */
  x: usize;
  ids: usize;
  /** Rows of float32 as wide as the output (not padded), or one i32 a row for sparse labels. */
  y: usize;
  /** One i32 a row where every row of y is one-hot: the place of its 1. Else 0. */
  labels: usize;
  /** One float32 a row, or 0. */
  weights: usize;
}
