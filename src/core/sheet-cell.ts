/**
 * A cell that a spreadsheet leaves as it is: an apostrophe goes before what it would take for a formula, a number that loses digits (`014`, 12 digits and more) or a
 * date. `cellText` takes it off again.
 */
export const protectCell = (text: string): string => (isEndangered(text) ? `'${text}` : text);

const isEndangered = (text: string): boolean =>
  /^[=+\-@\t\r']/.test(text) ||
  /^0\d/.test(text) ||
  /^\d{12,}$/.test(text) ||
  /^\d{1,4}[-./]\d{1,2}([-./]\d{1,4})?([T ]|$)/.test(text) ||
  /^(true|false|prawda|fałsz)$/i.test(text) ||
  /^\d+[.,]?\d*[eE][+-]?\d+$/.test(text);

/** The text of a cell, without the apostrophe that says that it is one. */
export const cellText = (text: string): string => (text.startsWith("'") ? text.slice(1) : text);
