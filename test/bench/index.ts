import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `npm run bench -- NAME [--json] …`: runs `test/bench/NAME.ts` as compiled. Files that are parts of a benchmark stand in folders of their own. */
const here = dirname(fileURLToPath(import.meta.url));
const [name, ...rest] = process.argv.slice(2);
const names = readdirSync(here)
  .filter((file) => file.endsWith('.js') && file !== 'index.js')
  .map((file) => file.slice(0, -3));

if (name === undefined || !names.includes(name)) {
  process.stderr.write(`usage: npm run bench -- NAME [--json]\nbenchmarks: ${names.join(', ')}\n`);
  process.exitCode = 2;
} else {
  process.exitCode = spawnSync(process.execPath, [join(here, `${name}.js`), ...rest], { stdio: 'inherit' }).status ?? 1;
}
