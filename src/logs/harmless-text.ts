/** What looks like personal data in a text of a driver or of the system: e-mail addresses, and PESEL, account or phone numbers (nine digits and more). */
const PERSONAL = /[^\s<>"'(),;:]+@[^\s<>"'(),;:]+\.[a-z]{2,}|(?<![\d.])\d{9,}(?![\d.])/gi;

/** Values that PostgreSQL quotes in its messages: `Key (pesel)=(99323100016)`, `invalid input syntax for type date: "…"`. */
const QUOTED_VALUE = /(=\()[^)]*(\))|(: ")[^"]*(")/g;

/**
 * A message as a log, a metric or a notification may carry it. The program's own messages hold no personal data by rule; this is for the words of drivers
 * and servers inside them.
 */
export const harmlessText = (text: string): string =>
  text
    .replace(QUOTED_VALUE, (_, open = '', close = '', open2 = '', close2 = '') => `${open}${open2}…${close}${close2}`)
    .replace(PERSONAL, '…');
