export { onInterrupt } from './progress/interrupt';
export type { Matrix } from './matrix/Matrix';
export { SparseMatrix } from './matrix/SparseMatrix';
export { take } from './matrix/take';
export { toMatrix } from './matrix/toMatrix';
