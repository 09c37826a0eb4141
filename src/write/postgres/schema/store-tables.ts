import type { TableSpec } from './table-spec.ts';
import { CASE_TABLES } from './tables-cases.ts';
import { CORRESPONDENCE_TABLES } from './tables-correspondence.ts';
import { DOCUMENT_TABLES } from './tables-documents.ts';
import { FLOW_TABLES } from './tables-flow.ts';
import { PEOPLE_TABLES } from './tables-people.ts';
import { REFERENCE_TABLES } from './tables-reference.ts';

/** All tables of the store as its first migration creates them. Once released they stay as they are: changes come as further migrations. */
export const STORE_TABLES: readonly TableSpec[] = [
  ...PEOPLE_TABLES,
  ...REFERENCE_TABLES,
  ...CASE_TABLES,
  ...FLOW_TABLES,
  ...DOCUMENT_TABLES,
  ...CORRESPONDENCE_TABLES,
];
