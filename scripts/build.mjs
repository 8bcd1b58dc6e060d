// `npm run build`: compiles src/ to dist/.
import { fileURLToPath } from 'node:url';
import { runMain } from './cli/runMain.mjs';
import { build } from './setup/build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
await runMain(async () => {
  await build(root, { force: true });
  return 0;
});
