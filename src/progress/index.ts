export { onInterrupt } from './interrupt';
