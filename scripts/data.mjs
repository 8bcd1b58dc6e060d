// `npm run data`: fetches the files of the data sets, for work without a network.
import { launch } from './cli/launch.mjs';

void launch(() => import('./data/main.mjs'));
