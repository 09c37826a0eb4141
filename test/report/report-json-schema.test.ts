import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/config/package-folder.ts';
import { reportJsonSchema } from '../../src/report/report-model.ts';

const FILE = join(packageFolder(), 'docs', 'report.schema.json');

describe('The JSON Schema of report.json', () => {
  it('is checked in as the code makes it (vitest --update writes it)', async () => {
    await expect(`${JSON.stringify(reportJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(FILE);
  });

  it('knows every member: nothing else may be in a report', async () => {
    const schema = JSON.parse(await readFile(FILE, 'utf8'));
    expect(schema.additionalProperties).toBe(false);
    expect(schema.required).toEqual(Object.keys(schema.properties));
  });
});
