// What is shown: the key figures, and each chart.
import {byId, el, figure, fill} from './dom.js';
import {Chart} from './charts.js';
import {
  countAxis, decimal, duration, durationAxis, exactDuration, exactMoney, money, moneyAxis, percent, percentAxis, rate, short, whole, without, words, COUNTS, DURATIONS, NONE,
} from './format.js';

const COLORS = ['--c1', '--c2', '--c3', '--c4', '--c5', '--c6', '--c7', '--c8'];
const sum = values => values.reduce((total, value) => total + Number(value || 0), 0);
const most = values => values.reduce((top, value) => Math.max(top, value ?? 0), 0);
const newest = values => values.findLast(value => value !== null && value !== undefined);
// In a span that has only begun, no call says nothing yet.
const perSecond = (values, data) => values.map((value, i) =>
  value === 0 && i === values.length - 1 && data.widths[i] < data.width ? null : value / data.widths[i]);
const share = (part, all) => part.map((value, i) => all[i] ? value / all[i] : null);

const DEFINITIONS = [
  {
    id: 'traffic', title: 'Calls and attempts', note: 'Per second. What lies between them are retries.',
    unit: value => `${rate(value)} /s`, axis: countAxis,
    series: data => [
      {label: 'Attempts', color: '--c2', values: perSecond(data.attempts, data), fill: true},
      {label: 'Calls', color: '--c1', values: perSecond(data.calls, data), fill: true},
    ],
    headline: data => figure(`${short(sum(data.calls))} calls`, `${whole(sum(data.calls))} calls`),
    summary: (data, [attempts, calls]) => `${whole(sum(data.calls))} calls with ${whole(sum(data.attempts))} attempts; `
      + `at most ${rate(most(calls.values))} calls and ${rate(most(attempts.values))} attempts per second.`,
  },
  {
    id: 'success', title: 'Success', note: 'Calls that were answered, also at the first try.',
    unit: value => percent(value), axis: percentAxis, range: () => [0, 1.02],
    series: data => [
      {label: 'Success', color: '--c3', values: share(data.successes, data.calls), fill: true},
      {label: 'First try', color: '--c1', values: share(data.firstTries, data.calls), dash: [5, 3]},
    ],
    headline: data => percent(sum(data.successes) / sum(data.calls)),
    summary: data => `${percent(sum(data.successes) / sum(data.calls))} of the calls succeeded, `
      + `${percent(sum(data.firstTries) / sum(data.calls))} at the first try.`,
  },
  {
    id: 'failures', title: 'Failures by category', note: 'What the calls that failed ended with.', bars: true, stacked: true,
    unit: value => short(value), axis: countAxis, steps: COUNTS,
    series: data => byName(data.failures),
    headline: data => figure(...[short, whole].map(text => `${text(sum(Object.values(data.failures).map(sum)))} failures`)),
    summary: (data, series) => series.length === 0 ? 'No failures.'
      : series.map(each => `${each.label}: ${whole(sum(each.values))}`).join(', '),
  },
  {
    id: 'causes', title: 'Retries by cause', note: 'What had failed before each retry.', bars: true, stacked: true,
    unit: value => short(value), axis: countAxis, steps: COUNTS,
    series: data => byName(data.causes),
    headline: data => figure(...[short, whole].map(text => `${text(sum(Object.values(data.causes).map(sum)))} retries`)),
    summary: (data, series) => series.length === 0 ? 'No retries.'
      : series.map(each => `${each.label}: ${whole(sum(each.values))}`).join(', '),
  },
  {
    id: 'waits', title: 'Waiting between attempts', note: 'The time calls spent waiting, together.', bars: true,
    unit: value => duration(value), axis: durationAxis, steps: DURATIONS,
    series: data => [{label: 'Waited', color: '--c5', values: data.waited}],
    headline: data => figure(duration(sum(data.waited)), exactDuration(sum(data.waited))),
    summary: data => `${duration(sum(data.waited))} together; at most ${duration(most(data.waited))} within ${duration(data.width * 1000)}.`,
  },
  {
    id: 'latency', title: 'Latency', note: 'Of whole calls, waits and retries included.',
    unit: value => duration(value), axis: durationAxis, steps: DURATIONS,
    series: data => [
      {label: 'p99', color: '--c7', values: data.p99},
      {label: 'p95', color: '--c2', values: data.p95},
      {label: 'p50', color: '--c1', values: data.p50},
    ],
    headline: data => data.totals ? `p95 ${duration(data.totals.p95)}` : NONE,
    summary: data => `Over all calls half took at most ${duration(data.totals?.p50)}, 95 percent ${duration(data.totals?.p95)}, `
      + `99 percent ${duration(data.totals?.p99)}. Most recently 95 percent took at most ${duration(newest(data.p95))}.`,
  },
  {
    id: 'cost', title: 'Cost', note: 'Of the calls whose price is known.', bars: true,
    unit: value => figure(money(value), exactMoney(value)), axis: moneyAxis,
    series: data => [{label: 'Cost', color: '--c3', values: data.cost.map(value => value === null ? null : Number(value)), exact: data.cost}],
    headline: data => data.totals ? figure(money(data.totals.cost), exactMoney(data.totals.cost)) : NONE,
    beside: (data, i) => {
      const words = without(i === undefined ? data.totals?.unpriced : data.unpriced[i], 'a price');
      return words && `+ ${words}`;
    },
    summary: data => `${money(data.totals?.cost)} and ${whole(data.totals?.tokens)} tokens together`
      + `${without(data.totals?.unpriced, 'a price') && `, and ${without(data.totals?.unpriced, 'a price')}`}.`,
  },
];

let charts = [];

export function build() {
  charts = DEFINITIONS.map(definition => new Chart(definition));
  fill(byId('charts'), charts.map(chart => chart.card));
}

export function show(overview) {
  const data = {...overview.timeline, causes: overview.causes, failures: overview.failures, width: overview.width, totals: overview.totals};
  // The first and the last span may lie within the time range only in part.
  const [from, to] = [Date.parse(overview.from) / 1000, Date.parse(overview.to) / 1000];
  data.widths = data.start.map(start => Math.max(1, Math.min(start + data.width, to) - Math.max(start, from)));
  charts.forEach(chart => chart.update(data));
  tiles(overview.totals);
  performance.mark('charts-drawn');
}

export function failed(why) {
  charts.forEach(chart => chart.fail(why));
}

/** The names that count most in colors of their own, the rest together. */
function byName(counts) {
  const ranked = Object.entries(counts).map(([name, values]) => ({name, values, total: sum(values)}))
    .sort((a, b) => b.total - a.total || a.name.localeCompare(b.name));
  const shown = ranked.slice(0, COLORS.length - 1).map(({name, values}, i) => ({label: words(name), color: COLORS[i], values}));
  const rest = ranked.slice(COLORS.length - 1);
  if (rest.length > 0) {
    shown.push({label: 'others', color: '--c8', values: rest[0].values.map((none, i) => sum(rest.map(each => each.values[i])))});
  }
  return shown;
}

function tiles(totals) {
  const tile = (id, name, value, ...notes) => el('div', {class: 'tile', id: `tile-${id}`},
    el('dt', {}, name), el('dd', {}, value, notes.filter(Boolean).map(note => el('span', {class: 'note'}, note))));
  const left = (calls, what) => without(calls, what) && `+ ${without(calls, what)}`;
  fill(byId('tiles'), totals === null ? [] : [
    tile('calls', 'Calls', figure(short(totals.calls), whole(totals.calls))),
    tile('success', 'Success', percent(totals.successRate)),
    tile('first', 'First try', percent(totals.firstTryRate), totals.recovered > 0 && `${short(totals.recovered)} by retry`),
    tile('retries', 'Retries per call', decimal(totals.meanRetries, 2), `at most ${whole(totals.maxRetries)}`),
    tile('waited', 'Waited', figure(duration(totals.waited), exactDuration(totals.waited))),
    tile('latency', 'Latency p95', duration(totals.p95), `p50 ${duration(totals.p50)}`),
    tile('tokens', 'Tokens', figure(short(totals.tokens), whole(totals.tokens)), left(totals.uncounted, 'a count')),
    tile('cost', 'Cost', figure(money(totals.cost), exactMoney(totals.cost)), left(totals.unpriced, 'a price')),
  ]);
}
