// `npm run lab`: JupyterLab on notebooks/ with the kernel ready.
import { launch } from './cli/launch.mjs';

void launch(() => import('./lab/main.mjs'));
