/** A day as an office writes it (`2026-03-01`, `01.03.2026`, `1.03.2026 0:00`) as `YYYY-MM-DD`; null for what is none. */
export function readDate(text: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(text);
  const polish = /^(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{4})(?: .*)?$/.exec(text);
  const [year, month, day] =
    iso !== null ? [iso[1]!, iso[2]!, iso[3]!] : polish !== null ? [polish[3]!, polish[2]!, polish[1]!] : ['', '', ''];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date ? null : date;
}
