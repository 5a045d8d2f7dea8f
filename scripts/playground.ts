/**
 * `npm run build:playground` writes the playground into `dist/playground`: a static page, for any place that serves files.
 * `npm run playground` serves it on this machine and builds it again whenever something changes.
 */
import { buildPlayground, watchPlayground } from '../editor/playground/build.ts';
import { serve } from '../editor/playground/serve.ts';

const folder = 'dist/playground';
if (process.argv.includes('--serve')) {
  await watchPlayground(folder);
  const { url } = await serve(folder, 5173);
  console.log(`The playground is at ${url}`);
} else {
  await buildPlayground(folder);
}
