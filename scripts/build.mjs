// `npm run build`: compiles src/ to dist/.
import { launch } from './cli/launch.mjs';

void launch(async () => {
  const { fileURLToPath } = await import('node:url');
  const { parseOptions } = await import('./cli/parseOptions.mjs');
  const { runMain } = await import('./cli/runMain.mjs');
  const { build } = await import('./setup/build.mjs');
  const root = fileURLToPath(new URL('..', import.meta.url));
  return {
    main: () =>
      runMain(async () => {
        const { values } = parseOptions(
          process.argv.slice(2),
          { help: { type: 'boolean' } },
          'npm run build --',
        );
        if (values['help']) {
          console.log('npm run build\n\nCompiles src/ to dist/.');
          return 0;
        }
        await build(root, { force: true });
        console.log('dist/ is built.');
        return 0;
      }),
  };
});
