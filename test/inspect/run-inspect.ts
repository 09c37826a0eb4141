import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CliIo } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';

export interface InspectAnswer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Types `inspect` with these words in a folder; its project reads `dump` unless another source is given. */
export async function runInspect(
  folder: string,
  words: readonly string[],
  {
    source = { kind: 'csv', folder: 'dump' },
    language = 'en',
    io = {},
  }: { source?: object; language?: string; io?: Partial<CliIo> } = {},
): Promise<InspectAnswer> {
  const project = { office: 'UM-TEST', language, source, target: { kind: 'embedded', folder: 'store' } };
  writeFileSync(join(folder, 'ezd-migrate.yaml'), JSON.stringify(project));
  let [out, err] = ['', ''];
  const code = await main(['inspect', ...words], {
    cwd: folder,
    environment: { EZD_LANGUAGE: language },
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    onInterrupt: () => () => undefined,
    exitNow: () => undefined,
    now: () => Date.UTC(2026, 0, 15),
    ...io,
  });
  return { code, out, err };
}
