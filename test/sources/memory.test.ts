import { createMemorySource } from '../../src/sources/memory/memory-source.ts';
import { sourceContract } from './contract.ts';

sourceContract('memory', async (tables) => ({
  source: createMemorySource(tables.map(({ key, ...table }) => ({ ...table, primaryKey: key }))),
  parsers: {},
  cleanup: async () => {},
}));
