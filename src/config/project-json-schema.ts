import { z } from 'zod';
import { PROJECT_SPEC } from './project-schema.ts';

/** JSON Schema of the project file, for editors; checked in as `mappings/project.schema.json`. */
export const projectJsonSchema = (): Readonly<Record<string, unknown>> => z.toJSONSchema(PROJECT_SPEC, { io: 'input' });
