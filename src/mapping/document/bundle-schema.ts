import { z } from 'zod';

/** `bundle.yaml`: what a bundle is, and for an office's overlay what it stands on. */
export const bundleSpec = z
  .strictObject({
    name: z.string().min(1).describe('Name of the bundle.'),
    version: z.union([z.string(), z.number()]).describe('Version of the bundle.').optional(),
    description: z.string().optional(),
    extends: z
      .string()
      .min(1)
      .describe('Bundle that this one changes: the name of a bundled one or a folder.')
      .optional(),
    replace: z
      .strictObject({
        entities: z
          .array(z.string())
          .describe('Entities whose mapping here replaces the one below instead of changing it.')
          .optional(),
        lookups: z
          .array(z.string())
          .describe('Look-ups that replace the ones below instead of adding rows to them.')
          .optional(),
      })
      .optional(),
  })
  .meta({ title: 'Bundle of mappings (ezd-migrate)' });
export type BundleSpec = z.infer<typeof bundleSpec>;

const columnReason = z.union([
  z.string(),
  z.null(),
  z.strictObject({
    reason: z.string().min(1),
    secret: z
      .literal(true)
      .describe('The column holds secrets: the text of a broken line of its table is not kept either.'),
  }),
]);

/** `not-mapped.yaml`: source table → reason, or source table → column → reason. null takes an entry of the bundle below out. */
export const notMappedSpec = z
  .record(z.string(), z.union([z.string(), z.null(), z.record(z.string(), columnReason)]))
  .meta({ title: 'Source tables and columns that are not mapped, with the reason (ezd-migrate)' });
export type NotMappedSpec = z.infer<typeof notMappedSpec>;
