import { createPostgresLedger } from '../../src/ledger/postgres-ledger.ts';
import { verifyChain } from '../../src/ledger/verify-chain.ts';
import { createPgPool } from '../../src/write/postgres/pg-pool.ts';
import { ledgerSql } from '../support/ledger-sql.ts';
import { startPostgres } from '../support/postgres.ts';

/**
 * `npm run bench -- chain [--json] [--findings N]`: a run with N findings (default 1,000,000) in ten entities and a tenth as many rejects is closed, so its record
 * with all digests is made, and verified, on a real PostgreSQL with its default memory.
 */
const at = process.argv.indexOf('--findings');
const findings = at < 0 ? 1_000_000 : Number(process.argv[at + 1]);

const server = await startPostgres({ settings: { max_wal_size: '4GB' } });
const pool = createPgPool({ url: server.url, max: 2, applicationName: 'bench' });
try {
  const session = await pool.session();
  await session.query(`CREATE SCHEMA m; ${await ledgerSql('m')}`);
  const ledger = createPostgresLedger(pool, 'm');
  const options = { entities: null, units: null, limit: null };
  const entities = Array.from({ length: 10 }, (_, i) => ({ name: `entity${i}`, hash: 'x' }));
  const by = { planHash: 'x', toolVersion: 'bench', host: 'here', user: 'me' };
  const { id } = await ledger.createRun({ office: 'O', command: 'run', options, entities, ...by });
  await session.query(
    `INSERT INTO m.finding (run_id, entity_id, legacy_key, code, severity, effect, field, value, params)
     SELECT ${id}, i % 10 + 1, i::text, 'SIGN_YEAR_MISMATCH', 'error', 'load', 'znak', 'WO.' || i || '.2019', jsonb_build_object('year', i % 20) FROM generate_series(1, ${findings}) i`,
  );
  await session.query(
    `INSERT INTO m.reject (run_id, entity_id, legacy_key, source, reasons)
     SELECT ${id}, i % 10 + 1, i::text, '{"Id":' || i || ',"Znak":"' || repeat('x', 400) || '"}', '[{"code": "KEY_DUPLICATE"}]' FROM generate_series(1, ${Math.round(findings / 10)}) i`,
  );
  await session.query('ANALYZE');
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    await work();
    return Math.round(performance.now() - started) / 1000;
  };
  const closed = await timed(() => ledger.finishRun(id, 'finished'));
  const verified = await timed(async () => {
    const { problems, compared } = await verifyChain(session, 'm', { office: 'O', runs: null, anchors: [] });
    if (problems.length > 0 || compared !== 1) throw new Error('the chain does not hold');
  });
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  await session.release();
  const result = { findings, closed, verified, peakMegabytes: peak };
  process.stdout.write(
    process.argv.includes('--json')
      ? `${JSON.stringify(result)}\n`
      : `${findings} findings: record made in ${closed} s, verified in ${verified} s, this process ${peak} MB at most\n`,
  );
} finally {
  await pool.close();
  await server.stop();
}
