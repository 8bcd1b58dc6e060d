// Bundles the scripts that a report carries in its page: src/page/<name>/index.ts to dist/page/<name>.js.
import { fileURLToPath } from 'node:url';
import { buildPage } from './page/buildPage.mjs';

await buildPage(fileURLToPath(new URL('..', import.meta.url)));
