// `npm start`: from a fresh clone to executed notebooks and their reports.
import { launch } from './cli/launch.mjs';

void launch(() => import('./report/main.mjs'));
