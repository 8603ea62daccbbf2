// Figures as a person reads them.

export const NONE = '–';
const known = value => value !== null && value !== undefined && !Number.isNaN(value);
const compact = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 1});
const plain = new Intl.NumberFormat('en', {maximumFractionDigits: 0});

export const whole = value => known(value) ? plain.format(value) : NONE;

export const short = value => !known(value) ? NONE : Math.abs(value) < 10000 ? plain.format(value) : compact.format(value);

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
  const parts = seconds < 3600 ? [[Math.floor(seconds / 60), 'm'], [seconds % 60, 's']]
    : seconds < 86400 ? [[Math.floor(seconds / 3600), 'h'], [Math.floor(seconds % 3600 / 60), 'm']]
      : [[Math.floor(seconds / 86400), 'd'], [Math.floor(seconds % 86400 / 3600), 'h']];
  return parts.filter(([value], i) => i === 0 || value > 0).map(([value, unit]) => `${value}${unit}`).join(' ');
}

export function money(usd) {
  if (!known(usd)) return NONE;
  const value = Number(usd);
  if (value === 0) return '$0';
  if (value < 0.0001) return '<$0.0001';
  return `$${new Intl.NumberFormat('en', value < 1 ? {maximumSignificantDigits: 2} : {minimumFractionDigits: 2, maximumFractionDigits: 2}).format(value)}`;
}

const two = number => String(number).padStart(2, '0');

/** A moment of the viewer's own time zone: only the time of day if it is today. */
export function moment(iso, millis = false) {
  const at = new Date(iso);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
    + (millis ? `.${String(at.getMilliseconds()).padStart(3, '0')}` : '');
  return at.toDateString() === new Date().toDateString()
    ? time : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${time}`;
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
