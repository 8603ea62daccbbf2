// Providers and models beside each other: retries, latency, tokens and cost.
import {byId, el, fill, scroller, table} from './dom.js';
import {follow, address, read} from './state.js';
import {decimal, duration, money, percent, short} from './format.js';

export function show({groups, cut}) {
  const most = name => Math.max(...groups.map(each => Number(each[name] || 0)), 0);
  const [tokens, cost] = [most('tokens'), most('cost')];
  const meter = (value, all, text) => el('div', {class: 'meter'}, el('span', {}, text),
    el('i', {'aria-hidden': 'true', style: {width: `${all > 0 ? Number(value || 0) / all * 100 : 0}%`}}));
  const columns = [
    {title: 'Provider', cell: each => link(each.provider, {provider: each.provider, model: ''})},
    {title: 'Model', cell: each => link(each.model, {provider: each.provider, model: each.model})},
    {title: 'Calls', number: true, cell: each => short(each.calls)},
    {title: 'Success', number: true, cell: each => percent(each.successRate)},
    {title: 'First try', number: true, cell: each => percent(each.firstTryRate)},
    {title: 'Retries, mean', number: true, cell: each => decimal(each.meanRetries, 2)},
    {title: 'most', number: true, cell: each => each.maxRetries},
    {title: 'Waited', number: true, cell: each => duration(each.waited)},
    {title: 'p50', number: true, cell: each => duration(each.p50)},
    {title: 'p95', number: true, cell: each => duration(each.p95)},
    {title: 'Tokens', number: true, cell: each => meter(each.tokens, tokens, short(each.tokens))},
    {title: 'Cost', number: true, cell: each => meter(each.cost, cost, money(each.cost))},
  ];
  fill(byId('groups'),
    el('h2', {id: 'groups-title'}, 'Providers and models'),
    el('p', {class: 'note'}, 'Cost and tokens by provider and model, and how often each had to be asked again.'),
    groups.length === 0 ? el('p', {class: 'nothing'}, 'No calls with these filters.')
      : scroller('Providers and models', table('Providers and models', columns, groups)),
    cut && el('p', {class: 'note'}, 'Only the first 200 are shown: filter by provider to see the others.'));
}

function link(name, changes) {
  return el('a', {href: address({...read(), ...changes}), class: 'name', onclick: event => follow(event, changes)}, el('bdi', {}, name));
}
