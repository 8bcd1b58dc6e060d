// What runs in the worker threads.
import { work } from './work';

export default work;
