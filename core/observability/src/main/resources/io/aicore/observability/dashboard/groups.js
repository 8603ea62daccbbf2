// Providers and models beside each other: retries, latency, tokens and cost; and who is sick, in words.
import {byId, el, figure, fill, name, scroller, table} from './dom.js';
import {follow, address, read} from './state.js';
import {decimal, duration, exactMoney, money, percent, short, whole, without, words} from './format.js';

// Below this part of answered calls a figure is marked, and its provider is called sick.
const POOR = 0.95;

export function show({groups, cut, failures}) {
  const most = name => Math.max(...groups.map(each => Number(each[name] || 0)), 0);
  const [tokens, cost] = [most('tokens'), most('cost')];
  // What is not known has no bar, and what is left out stands below.
  const meter = (value, all, text, left) => el('div', {class: 'meter'}, text,
    Number(value || 0) > 0 && el('i', {'aria-hidden': 'true', style: {width: `${Number(value) / all * 100}%`}}),
    left && el('span', {class: 'note'}, `+ ${left}`));
  const columns = [
    {title: 'Provider', cell: each => link(each.provider, {provider: each.provider, model: ''})},
    {title: 'Model', cell: each => link(each.model, {provider: each.provider, model: each.model})},
    {title: 'Calls', number: true, cell: each => figure(short(each.calls), whole(each.calls))},
    {title: 'Success', number: true, cell: each => el('span', {class: each.successRate < POOR && 'poor'}, percent(each.successRate))},
    {title: 'First try', number: true, cell: each => percent(each.firstTryRate)},
    {title: 'Retries, mean', number: true, cell: each => decimal(each.meanRetries, 2)},
    {title: 'most', number: true, cell: each => whole(each.maxRetries)},
    {title: 'Waited', number: true, cell: each => duration(each.waited)},
    {title: 'p50', number: true, cell: each => duration(each.p50)},
    {title: 'p95', number: true, cell: each => duration(each.p95)},
    {title: 'Tokens', number: true, cell: each => meter(each.tokens, tokens, figure(short(each.tokens), whole(each.tokens)), without(each.uncounted, 'a count'))},
    {title: 'Cost', number: true, cell: each => meter(each.cost, cost, figure(money(each.cost), exactMoney(each.cost)), without(each.unpriced, 'a price'))},
  ];
  sick(groups, failures, cut);
  fill(byId('groups'),
    el('h2', {id: 'groups-title'}, 'Providers and models'),
    el('p', {class: 'note'}, 'Cost and tokens by provider and model, and how often each had to be asked again. Most failures first.'),
    groups.length === 0 ? el('p', {class: 'nothing'}, 'No calls with these filters.')
      : scroller('Providers and models', table('Providers and models', columns, groups)),
    cut && el('p', {class: 'note'}, 'Only the first 200 are shown: filter by provider to see the others.'));
}

/** One sentence a provider of which many calls fail: how many, and of what. */
function sick(groups, failures, cut) {
  const calls = new Map();
  for (const each of groups) calls.set(each.provider, (calls.get(each.provider) || 0) + each.calls);
  const found = [...calls].map(([provider, all]) => {
    const causes = failures.filter(each => each.provider === provider).sort((a, b) => b.calls - a.calls);
    return {provider, all, causes, failed: causes.reduce((sum, each) => sum + each.calls, 0)};
  }).filter(each => each.failed / each.all > 1 - POOR).sort((a, b) => b.failed - a.failed);
  const place = byId('sick');
  // With groups left out the parts would not be right.
  place.hidden = cut || found.length === 0;
  fill(place, found.slice(0, 3).map(({provider, all, causes, failed}) => el('li', {},
    el('a', {href: address({...read(), provider, model: '', outcome: 'error'}), onclick: event => follow(event, {provider, model: '', outcome: 'error'})}, name(provider)),
    `: ${whole(failed)} of ${whole(all)} calls failed (${percent(failed / all)}), by ${reasons(causes, failed)}.`)));
}

const reasons = (causes, failed) => causes.slice(0, 2).map(each =>
  words(each.category) + (causes.length > 1 ? ` (${percent(each.calls / failed)})` : '')).join(' and ');

function link(text, changes) {
  return el('a', {href: address({...read(), ...changes}), class: 'name', onclick: event => follow(event, changes)}, name(text));
}
