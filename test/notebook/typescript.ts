import { createRequire } from 'node:module';
import type { TypeScript } from '../../src/notebook/kernel/typescript';

const here = createRequire(__filename);

/** The compiler of the cells. */
export const typescript: TypeScript = createRequire(here.resolve('tslab'))('@tslab/typescript-for-tslab');
