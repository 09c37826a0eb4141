/** Object ids of types whose values the two drivers would give differently. */
const INT8 = 20;
const DATE = 1082;
const NUMERIC = 1700;

const asText = (value: string): string => value;
const asNumber = (value: string): number | string => (Number.isSafeInteger(Number(value)) ? Number(value) : value);

/** How text from the server becomes a value, by type; the same for a server and for the embedded database. */
export const VALUE_PARSERS: Readonly<Record<number, (value: string) => unknown>> = {
  [INT8]: asNumber,
  [DATE]: asText,
  [NUMERIC]: asText,
};
