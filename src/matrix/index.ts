export type { Matrix } from './Matrix';
export { SparseMatrix } from './SparseMatrix';
export { take } from './take';
export { toMatrix } from './toMatrix';
