import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/config/package-folder.ts';
import { projectJsonSchema } from '../../src/config/project-json-schema.ts';

describe('The JSON Schema of the project file', () => {
  it('is checked in as the code makes it (vitest --update writes it)', async () => {
    const text = `${JSON.stringify(projectJsonSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(join(packageFolder(), 'mappings', 'project.schema.json'));
  });

  it('describes every key', async () => {
    const schema = JSON.parse(await readFile(join(packageFolder(), 'mappings', 'project.schema.json'), 'utf8'));
    const without = Object.entries<{ description?: string }>(schema.properties).filter(([, key]) => !key.description);
    expect(without.map(([name]) => name)).toEqual([]);
  });
});
