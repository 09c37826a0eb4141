import type { FilePosition } from '../../core/errors.ts';
import type { YamlPath } from '../../yaml/yaml-file.ts';

/** A value out of one or several files (an overlay over a bundle) that knows where each part of it stands. */
export interface Document<T> {
  /** File shown in messages; of several, the one that has the last word. */
  readonly name: string;
  readonly value: T;
  at(path: YamlPath, on?: 'key' | 'value'): FilePosition;
  inside(path: YamlPath, offset: number, length?: number): FilePosition;
}

/** One file of a bundle: its own name within the bundle and its text. */
export interface BundleFile {
  /** Relative to the bundle, e.g. `sprawa.yaml`. */
  readonly file: string;
  /** As shown in messages, e.g. `mappings/ezd-puw/sprawa.yaml`. */
  readonly name: string;
  readonly text: string;
}

/** The files of one folder of mappings. */
export interface Layer {
  readonly dir: string;
  readonly bundle: BundleFile | null;
  readonly notMapped: BundleFile | null;
  readonly entities: readonly BundleFile[];
  readonly lookups: readonly BundleFile[];
}
