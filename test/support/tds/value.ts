/**
 * A SQL value inside the test server, canonical per type:
 * bit … int → number · bigint → bigint · decimal, money → text with all digits of the scale · float, real → number ·
 * date and time types → ISO text with a space and all digits of the scale (`2024-02-29 12:00:00.000`) ·
 * character types → string · binary types → Buffer · uniqueidentifier → upper-case text · sql_variant → VariantValue.
 */
export type SqlValue = null | number | bigint | string | Buffer | VariantValue;

/** A sql_variant cell: the base type (as DDL text) and its value. */
export interface VariantValue {
  readonly variantType: string;
  readonly value: SqlValue;
}

export type SqlRow = readonly SqlValue[];

export function isVariant(value: SqlValue): value is VariantValue {
  return typeof value === 'object' && value !== null && !Buffer.isBuffer(value);
}

/** Days since 0001-01-01 of a proleptic Gregorian date. */
export function dayNumber(isoDate: string): number {
  const year = Number(isoDate.slice(0, 4));
  const month = Number(isoDate.slice(5, 7));
  const day = Number(isoDate.slice(8, 10));
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 306;
}

/** The date of a day number: the inverse of dayNumber. */
export function dateOfDay(days: number): string {
  const z = days + 306;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Units of 10^-scale seconds since midnight of `HH:MM:SS[.fff]`. */
export function timeUnits(time: string, scale: number): number {
  const seconds = Number(time.slice(0, 2)) * 3600 + Number(time.slice(3, 5)) * 60 + Number(time.slice(6, 8));
  const fraction = time.slice(9, 9 + scale).padEnd(scale, '0');
  return seconds * 10 ** scale + (scale === 0 ? 0 : Number(fraction));
}

/** `HH:MM:SS[.fff]` of units of 10^-scale seconds since midnight. */
export function timeText(units: number, scale: number): string {
  const unit = 10 ** scale;
  const seconds = Math.floor(units / unit);
  const two = (n: number): string => String(n).padStart(2, '0');
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return scale === 0 ? clock : `${clock}.${String(units % unit).padStart(scale, '0')}`;
}

/** Decimal text → its unscaled integer at the given scale (digits beyond the scale are cut). */
export function unscaled(text: string, scale: number): bigint {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = text.replace(/^[+-]/, '').split('.');
  const digits = BigInt(`${whole === '' ? '0' : whole}${fraction.slice(0, scale).padEnd(scale, '0')}`);
  return negative ? -digits : digits;
}

/** The inverse of unscaled: all digits of the scale are written. */
export function decimalText(value: bigint, scale: number): string {
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return negative ? `-${text}` : text;
}
