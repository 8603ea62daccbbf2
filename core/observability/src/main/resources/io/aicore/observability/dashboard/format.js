// Figures as a person reads them.

export const NONE = '–';
const known = value => value !== null && value !== undefined && !Number.isNaN(value);
const plain = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const UNITS = ['', 'K', 'M', 'B', 'T', 'Q'];
// From a thousand days on a time is said in years.
const YEARS = 1000 * 86400;
// Of five digits on a number has a unit.
const LONG = 10000;

/** The place in UNITS of what a number of this size has, so that three digits before the point are the most. */
function place(value) {
  let at = 0;
  // What would be rounded up to 1000 of a unit has the next one.
  for (let size = Math.abs(value); size >= 999.95 && at < UNITS.length - 1; size /= 1000) at++;
  return at;
}

function scaled(value) {
  const at = place(value);
  return `${decimal(value / 1000 ** at, 1)}${UNITS[at]}`;
}

/** All digits. Text is read as the number it is, however long. */
export const whole = value => known(value) ? plain.format(typeof value === 'string' ? BigInt(value) : value) : NONE;

export const short = value => !known(value) ? NONE : Math.abs(Number(value)) < LONG ? plain.format(Number(value)) : scaled(Number(value));

export const decimal = (value, digits = 2) => known(value)
  ? new Intl.NumberFormat('en', {maximumFractionDigits: digits}).format(value) : NONE;

export const rate = value => !known(value) ? NONE
  : value === 0 ? '0' : value < 0.01 ? '<0.01' : decimal(value, value < 1 ? 2 : value < 100 ? 1 : 0);

export function percent(value) {
  if (!known(value)) return NONE;
  // A rate that is not all does not read as all.
  const shown = value < 1 ? Math.min(99.9, Math.round(value * 1000) / 10) : 100;
  return `${decimal(shown, 1)} %`;
}

/** Milliseconds. */
export function duration(ms) {
  if (!known(ms)) return NONE;
  if (ms === 0) return '0 s';
  if (ms < 1) return `${decimal(ms, 2)} ms`;
  if (ms < 1000) return `${decimal(ms, 0)} ms`;
  if (ms < 60000) return `${decimal(ms / 1000, ms < 10000 ? 2 : 1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds >= YEARS) return `${scaled(seconds / 31557600)} y`;
  const parts = seconds < 3600 ? [[Math.floor(seconds / 60), 'm'], [seconds % 60, 's']]
    : seconds < 86400 ? [[Math.floor(seconds / 3600), 'h'], [Math.floor(seconds % 3600 / 60), 'm']]
      : [[Math.floor(seconds / 86400), 'd'], [Math.floor(seconds % 86400 / 3600), 'h']];
  return parts.filter(([value], i) => i === 0 || value > 0).map(([value, unit]) => `${value}${unit}`).join(' ');
}

/** In seconds, with all digits. */
export const exactDuration = ms => known(ms) ? `${decimal(ms / 1000, 6)} s` : NONE;

export function money(usd) {
  if (!known(usd)) return NONE;
  const value = Number(usd);
  if (value === 0) return '$0';
  if (value < 0.0001) return '<$0.0001';
  if (value >= LONG - 0.005) return `$${scaled(value)}`;
  const cents = value < 0.995 ? {maximumSignificantDigits: 2} : {minimumFractionDigits: 2, maximumFractionDigits: 2};
  return `$${new Intl.NumberFormat('en', cents).format(value)}`;
}

/** All digits of a sum, which the server sends as text. */
export function exactMoney(usd) {
  if (!known(usd)) return NONE;
  const [dollars, cents] = String(usd).split('.');
  return `$${plain.format(BigInt(dollars))}${cents ? `.${cents}` : ''}`;
}

/** "12 calls without a price"; empty if there are none. */
export const without = (calls, what) => calls > 0 ? `${short(calls)} ${calls === 1 ? 'call' : 'calls'} without ${what}` : '';

/** The middle left out, so that both ends of a name can be read; cut between its parts where they are near. */
export function middle(text, most = 40) {
  const chars = Array.from(text);
  if (chars.length <= most) return text;
  const room = most - 1;
  const [before, after] = [Math.floor(room * 0.4), Math.ceil(room * 0.6)];
  const parts = /[-._:/@ ]/;
  let head = before;
  while (head > before / 2 && !parts.test(chars[head - 1])) head--;
  if (head <= before / 2) head = before;
  let tail = chars.length - after;
  while (tail < chars.length - after / 2 && !parts.test(chars[tail])) tail++;
  if (tail >= chars.length - after / 2) tail = chars.length - after;
  return `${chars.slice(0, head).join('')}…${chars.slice(tail).join('')}`;
}

/** The labels of an axis in one format: one unit, and as many decimals as its steps need. */
function axis(splits, label, unitOf, least = 0) {
  const top = Math.max(...splits.map(Math.abs));
  const step = splits.length > 1 ? splits[1] - splits[0] : top;
  const {size, name} = unitOf(top, step);
  let digits = 0;
  while (digits < 6 && Math.abs(step / size * 10 ** digits - Math.round(step / size * 10 ** digits)) > 1e-6) digits++;
  if (digits > 0) digits = Math.max(digits, least);
  const format = new Intl.NumberFormat('en', {minimumFractionDigits: digits, maximumFractionDigits: digits});
  return splits.map(split => label(format.format(split / size), name));
}

const byThousands = top => {
  const at = top < LONG ? 0 : place(top);
  return {size: 1000 ** at, name: UNITS[at]};
};

export const countAxis = splits => axis(splits, (number, unit) => number + unit, byThousands);
export const moneyAxis = splits => axis(splits, (number, unit) => `$${number}${unit}`, byThousands, 2);
export const percentAxis = splits => axis(splits, number => `${number} %`, () => ({size: 0.01, name: '%'}));
export const durationAxis = splits => axis(splits, (number, unit) => `${number} ${unit}`, (top, step) =>
  step >= 86400000 ? {size: 86400000, name: 'd'} : step >= 3600000 ? {size: 3600000, name: 'h'}
    : step >= 60000 ? {size: 60000, name: 'min'} : top >= 1000 ? {size: 1000, name: 's'} : {size: 1, name: 'ms'});

/** Steps of an axis of what is counted. */
export const COUNTS = Array.from({length: 16}, (none, zeros) => [1, 2, 5].map(digit => digit * 10 ** zeros)).flat();

/** Steps of an axis of milliseconds that a person would choose. */
export const DURATIONS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500,
  ...[1, 2, 5, 10, 15, 30].map(seconds => seconds * 1000), ...[1, 2, 5, 10, 15, 30].map(minutes => minutes * 60000),
  ...[1, 2, 3, 6, 12].map(hours => hours * 3600000), ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 100000].map(days => days * 86400000)];

const two = number => String(number).padStart(2, '0');

/** A moment of the viewer's own time zone: only the time of day if it is today. */
export function moment(iso) {
  const at = new Date(iso);
  return at.toDateString() === new Date().toDateString() ? timeOfDay(at) : `${day(at)} ${timeOfDay(at)}`;
}

/** With day, milliseconds and zone, for where there is one moment alone. */
export function wholeMoment(iso) {
  const at = new Date(iso);
  return `${day(at)} ${timeOfDay(at)}.${String(at.getMilliseconds()).padStart(3, '0')} ${offset(at)}`;
}

const timeOfDay = at => `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
const day = at => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

function offset(at) {
  const minutes = -at.getTimezoneOffset();
  const size = Math.abs(minutes);
  return minutes === 0 ? 'UTC' : `UTC${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** The time zone of all times shown, as in "Asia/Kolkata, UTC+05:30". */
export function zone() {
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const now = offset(new Date());
  return !name || name === 'UTC' ? now : `${name}, ${now}`;
}

/** rate_limited → rate limited */
export const words = word => word ? word.replaceAll('_', ' ') : NONE;

/** The marks of a time axis: the time of day, and the day where it begins. */
export function ticks(seconds, step) {
  let day = '';
  return seconds.map(second => {
    const at = new Date(second * 1000);
    const date = `${two(at.getMonth() + 1)}-${two(at.getDate())}`;
    const time = step < 60 ? `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}` : `${two(at.getHours())}:${two(at.getMinutes())}`;
    const news = date !== day && (day !== '' || at.toDateString() !== new Date().toDateString());
    day = date;
    if (step >= 86400) return date;
    return news ? `${date}\n${time}` : time;
  });
}
