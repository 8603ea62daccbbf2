// What holds calls of this process back at this moment: a lane per gate.
import {byId, el, fill, name} from './dom.js';
import {decimal, duration, moment, rate, short, words} from './format.js';

// Of a wait this long the whole track is filled.
const FULL = 60000;

export function show(admission) {
  const section = byId('admission');
  section.hidden = admission.providers.length === 0;
  fill(section,
    el('h2', {id: 'admission-title'}, 'Admission'),
    el('p', {class: 'note'}, 'What holds calls of this process back now: a lane per rate limit. After a 429 its gate is closed as long as the provider asked, for all calls.'),
    el('ul', {class: 'admissions'}, admission.providers.map(provider)),
    el('div', {class: 'lanes'}, admission.lanes.map(row)),
    admission.moreLanes > 0 && el('p', {class: 'note'}, `${admission.moreLanes} more gates are not shown.`));
}

function provider(each) {
  return el('li', {dataset: {admission: each.name}},
    el('bdi', {class: 'scope'}, name(each.name, 60)),
    el('span', {class: 'note'}, [
      `${short(each.inFlight)}${each.limit === null ? '' : ` of ${short(each.limit)}`} in flight`,
      `${short(each.waiting)} waiting`,
      each.rejected > 0 && `${short(each.rejected)} rejected`,
      each.budget !== null && `budget for ${decimal(each.budget, 1)} retries`,
    ].filter(Boolean).join(', ')));
}

function state(lane) {
  if (lane.closedFor > 0) return 'held';
  return lane.rate === null ? 'free' : 'paced';
}

function row(lane) {
  const is = state(lane);
  const said = [
    lane.closedFor > 0 ? `closed until ${moment(Date.now() + lane.closedFor)}, for ${duration(lane.closedFor)}` : 'open',
    lane.rate === null ? 'no limit to its rate' : `lets ${rate(lane.rate)} a second through`,
    `${rate(lane.used)} a second made lately`,
    `${short(lane.waiting)} waiting`,
    lane.remainingRequests !== null && `${short(lane.remainingRequests)} requests remain`,
    lane.remainingTokens !== null && `${short(lane.remainingTokens)} tokens remain`,
  ].filter(Boolean).join(', ');
  const filled = lane.closedFor > 0 ? lane.closedFor / FULL : lane.rate ? lane.used / lane.rate : 0;
  return el('div', {class: 'lane', dataset: {gate: lane.gate, state: is}},
    el('div', {class: 'lane-name'},
      el('bdi', {class: 'scope', title: `${lane.admission} ${lane.gate}`}, `${lane.admission} ${lane.gate}`.split(' ').flatMap((part, i) => [i > 0 && ' ', name(part, 32)])),
      el('span', {class: `badge ${is}`}, words(is))),
    el('div', {class: 'track', role: 'img', 'aria-label': `${lane.admission} ${lane.gate}: ${said}`},
      filled > 0 && el('span', {class: `segment ${is}`, style: {left: '0', width: `${Math.min(100, filled * 100)}%`}})),
    el('p', {class: 'note said'}, said));
}
