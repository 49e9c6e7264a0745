/** Periods as the API writes them, and when they start, in seconds since 1970 (UTC). */

const DAY = 86_400;

export function start(period) {
  const [, year, rest] = /^(-?\d{4,})-?(.*)$/.exec(period);
  const utc = (month, day = 1) => Date.UTC(+year, month, day) / 1000;
  if (!rest) return utc(0);
  const kind = rest[0];
  if (kind === 'S') return utc((+rest.slice(1) - 1) * 6);
  if (kind === 'Q') return utc((+rest.slice(1) - 1) * 3);
  if (kind === 'W') return monday(+year) + (+rest.slice(1) - 1) * 7 * DAY;
  if (/^\d\d$/.test(rest)) return utc(+rest - 1);
  return Date.parse(rest.includes('T') ? period : `${period}T00:00:00Z`) / 1000;
}

/** The Monday of the first week of a year by ISO 8601: that with the fourth of January. */
function monday(year) {
  const fourth = Date.UTC(year, 0, 4) / 1000;
  return fourth - ((new Date(fourth * 1000).getUTCDay() + 6) % 7) * DAY;
}

/** Frequencies from the longest to the shortest. */
export const FREQUENCIES = ['A', 'S', 'Q', 'M', 'W', 'D', 'H', 'N'];

/** The frequencies that observations of one can be brought to. */
export function longer(frequency) {
  return FREQUENCIES.slice(0, FREQUENCIES.indexOf(frequency)).filter((one) => one !== 'H' && one !== 'N');
}
