export { onInterrupt } from './progress/interrupt';
