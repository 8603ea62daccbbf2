// The circuits: a lane each, with its states over time.
import {byId, el, fill, name, scroller, table} from './dom.js';
import {duration, moment, percent, words} from './format.js';

export function show(circuits) {
  const from = Date.parse(circuits.from);
  const to = Date.parse(circuits.to);
  const now = new Map(circuits.now.map(each => [each.scope, each]));
  const lanes = circuits.lanes.map(lane => ({...lane, segments: segments(lane, from, to), now: lane.here ? now.get(lane.scope) : null}))
    .filter(lane => lane.segments.length > 0);
  // Not written yet: known from the process itself.
  const known = new Set(lanes.filter(lane => lane.here).map(lane => lane.scope));
  for (const each of circuits.now.filter(one => !known.has(one.scope))) {
    lanes.push({scope: each.scope, here: true, now: each, segments: [{state: each.state, begin: Math.max(from, Date.now() - each.since), end: to}]});
  }
  lanes.sort((a, b) => Number(b.here) - Number(a.here) || a.scope.localeCompare(b.scope));

  const section = byId('circuits');
  const open = section.querySelector('details')?.open;
  fill(section,
    el('h2', {id: 'circuits-title'}, 'Circuits'),
    el('p', {class: 'note'}, 'An open circuit refuses calls to a sick provider until a trial succeeds. One lane per circuit and process.'),
    lanes.length === 0 ? el('p', {class: 'nothing'}, 'No circuit is known in this time range.') : [
      el('div', {class: 'lanes'}, lanes.map(lane => row(lane, from, to))),
      el('ul', {class: 'legend', 'aria-hidden': 'true'}, ['closed', 'half_open', 'open'].map(state =>
        el('li', {}, el('span', {class: `swatch ${state}`}), words(state)))),
      circuits.cut && el('p', {class: 'note'}, 'Only the newest 5,000 changes are shown.'),
      circuits.moreLanes > 0 && el('p', {class: 'note'}, `${circuits.moreLanes} more circuits are not shown.`),
      el('details', {class: 'as-table', open}, el('summary', {}, 'As a table'), changes(lanes)),
    ]);
}

function row(lane, from, to) {
  const share = at => `${(at - from) / (to - from) * 100}%`;
  const last = lane.segments[lane.segments.length - 1];
  const state = lane.now ? lane.now.state : last.state;
  const said = lane.now
    ? `${words(state)} for ${duration(lane.now.since)}, ${percent(lane.now.failureRate)} of ${lane.now.calls} calls failed`
      + (lane.now.rejected > 0 ? `, ${lane.now.rejected} refused` : '')
    : `${words(state)} when last heard of`;
  return el('div', {class: 'lane', dataset: {scope: lane.scope}},
    el('div', {class: 'lane-name'},
      el('bdi', {class: 'scope', title: lane.scope}, lane.scope.split(' ').flatMap((part, i) => [i > 0 && ' ', name(part, 32)])),
      el('span', {class: `badge ${state}`}, words(state)),
      el('span', {class: 'note'}, lane.here ? 'this process' : `process ${lane.instance}`)),
    el('div', {class: 'track', role: 'img', 'aria-label': `${lane.scope}: ${said}. ${lane.segments.length} states in the time range.`},
      lane.segments.map(each => el('span', {
        class: `segment ${each.state}${each.open && !lane.here ? ' unsure' : ''}`, style: {left: share(each.begin), width: `${(each.end - each.begin) / (to - from) * 100}%`},
        title: `${words(each.state)} from ${moment(each.begin)}`,
      }))),
    el('p', {class: 'note said'}, said));
}

/** The states of a lane within the range; the one before it holds from its beginning. */
function segments(lane, from, to) {
  const found = [];
  const changes = lane.changes.map(each => ({state: each.state, at: Date.parse(each.at)}));
  // Of another process nothing is known if nothing changed: it may have ended long ago.
  if (!lane.here && !changes.some(each => each.at >= from)) return found;
  changes.forEach((each, i) => {
    const next = changes[i + 1];
    const begin = Math.max(from, each.at);
    const end = next ? Math.min(to, next.at) : to;
    if (end > begin) found.push({state: each.state, begin, end, open: !next});
  });
  return found;
}

function changes(lanes) {
  const rows = lanes.flatMap(lane => lane.segments.map(each => ({lane, ...each})));
  return scroller('States of the circuits, as a table', table('States of the circuits', [
    {title: 'Circuit', cell: each => name(each.lane.scope, 60)},
    {title: 'Process', cell: each => each.lane.here ? 'this one' : each.lane.instance},
    {title: 'State', cell: each => words(each.state)},
    {title: 'From', cell: each => moment(each.begin)},
    {title: 'For', number: true, cell: each => duration(each.end - each.begin)},
  ], rows));
}
