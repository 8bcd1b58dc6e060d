// `npm run build`: compiles src/ to dist/.
import { launch } from './cli/launch.mjs';

void launch(async () => {
  const { fileURLToPath } = await import('node:url');
  const { runMain } = await import('./cli/runMain.mjs');
  const { build } = await import('./setup/build.mjs');
  const root = fileURLToPath(new URL('..', import.meta.url));
  return {
    main: () =>
      runMain(async () => {
        await build(root, { force: true });
        return 0;
      }),
  };
});
