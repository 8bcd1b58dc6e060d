// `npm test` and `npm run test:browser`: the set-up, then the tests.
import { launch } from './cli/launch.mjs';

void launch(() => import('./testing/main.mjs'));
