// `npm run fuzz`: reads many damaged files, to see that each one ends in values or in a clear error.
import { launch } from './cli/launch.mjs';

void launch(() => import('./fuzz/main.mjs'));
