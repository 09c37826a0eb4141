import type { ChangesPlan } from '../../../src/core/plan.ts';
import { openOfficeStore, type ServerPlace } from '../../support/nights/office-store.ts';

/** One night in a process of its own, so that it can be killed: `sync-child.js URL SERVER STRATEGY NOW BATCH-ROWS`, server and strategy as JSON. */
const [url = '', place = '', strategy = '', now = '0', batchRows = '50'] = process.argv.slice(2);
const server = JSON.parse(place) as ServerPlace;
const store = await openOfficeStore(url, server);
process.stdout.write('working\n');
await store.sync(server, Number(now), {
  changes: JSON.parse(strategy) as ChangesPlan,
  batchRows: Number(batchRows),
});
await store.close();
