import type { SqlSession } from '../../write/session.ts';

/** Titles of the columns of the manifest; names of fields of the ledger's table `content`, the same in both languages. */
export const MANIFEST_COLUMNS = ['content_id', 'sha256', 'size', 'media_type', 'document_key', 'path'] as const;

const PAGE = 5000;

/** Every stored content of the office in the order of its id, page by page: id, hash, size, kind, document, where it lies in the content store. */
export async function* manifestLines(
  session: SqlSession,
  ledger: string,
  office: string,
): AsyncGenerator<readonly string[]> {
  let after = '';
  for (;;) {
    const page = await session.query<{
      content_id: string;
      sha256: string;
      size: string | null;
      media_type: string | null;
      document_key: string | null;
    }>(
      `SELECT content_id, sha256, size::text AS size, media_type, document_key FROM ${ledger}.content
       WHERE office = $1 AND status = 'stored' AND content_id COLLATE "C" > $2 ORDER BY content_id COLLATE "C" LIMIT ${PAGE}`,
      [office, after],
    );
    for (const { content_id, sha256, size, media_type, document_key } of page) {
      const path = `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
      yield [content_id, sha256, size ?? '', media_type ?? '', document_key ?? '', path];
    }
    if (page.length < PAGE) return;
    after = page.at(-1)!.content_id;
  }
}

/** How many contents were copied, and their bytes; null: nothing was tried. */
export async function contentSums(
  session: SqlSession,
  ledger: string,
  office: string,
): Promise<{ readonly stored: number; readonly bytes: number; readonly failed: number } | null> {
  const [row] = await session.query<{ stored: number; bytes: number; failed: number }>(
    `SELECT count(*) FILTER (WHERE status = 'stored')::float8 AS stored, coalesce(sum(size) FILTER (WHERE status = 'stored'), 0)::float8 AS bytes,
       count(*) FILTER (WHERE status = 'failed')::float8 AS failed FROM ${ledger}.content WHERE office = $1`,
    [office],
  );
  return row === undefined || row.stored + row.failed === 0 ? null : row;
}
