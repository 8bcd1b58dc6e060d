// `npm run engine`: installs, shows and removes the native builds of TensorFlow.js.
import { launch } from './cli/launch.mjs';

void launch(() => import('./engine/main.mjs'));
