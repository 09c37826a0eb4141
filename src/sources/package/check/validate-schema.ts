import { ParseOption, XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';

/** One way in which a file does not follow its schema. Never holds a value of the file: values are personal data. */
export interface SchemaFault {
  readonly element: string;
  readonly reason: SchemaReason;
  readonly line: number;
}
export type SchemaReason = 'order' | 'missing' | 'attribute' | 'pattern' | 'length' | 'list' | 'type' | 'other';

export interface SchemaCheck {
  /** Faults of a file, in its order. Throws nothing: XML that cannot be parsed has one fault `other`. */
  faults(bytes: Uint8Array): readonly SchemaFault[];
  close(): void;
}

/** Compiles a schema (libxml2 in WebAssembly). No entity is expanded and nothing is loaded from outside. */
export function openSchema(xsd: Uint8Array): SchemaCheck {
  const document = XmlDocument.fromBuffer(xsd);
  const validator = XsdValidator.fromDoc(document);
  return {
    faults: (bytes) => {
      let file: XmlDocument;
      try {
        file = XmlDocument.fromBuffer(bytes, { option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE });
      } catch {
        return [{ element: '-', reason: 'other', line: 1 }];
      }
      try {
        validator.validate(file);
        return [];
      } catch (error) {
        if (!(error instanceof XmlValidateError)) throw error;
        return error.details.flatMap(({ message, line }) => toFault(message, line ?? 0));
      } finally {
        file.dispose();
      }
    },
    close: () => {
      validator.dispose();
      document.dispose();
    },
  };
}

const REASONS: readonly (readonly [RegExp, SchemaReason])[] = [
  [/This element is not expected|No matching global/, 'order'],
  [/Missing child element|The attribute .* is required/, 'missing'],
  [/attribute/i, 'attribute'],
  [/\[facet 'pattern'\]/, 'pattern'],
  [/\[facet '(?:min|max)?[lL]ength'\]/, 'length'],
  [/\[facet 'enumeration'\]/, 'list'],
  [/is not a valid value|Character content|element-only/, 'type'],
];

/** libxml2 quotes values and tells a facet and its type one after the other: only element and kind of fault are kept, the second message is not. */
function toFault(message: string, line: number): SchemaFault[] {
  const element = /Element '(?:\{[^}]*\})?([^']+)'/.exec(message)?.[1] ?? '-';
  const reason = REASONS.find(([pattern]) => pattern.test(message))?.[1] ?? 'other';
  return [{ element, reason, line }];
}
