// The calls, newest first, page by page.
import {byId, el, figure, fill, name, scroller, table} from './dom.js';
import {address, follow, query, read} from './state.js';
import {get} from './api.js';
import {duration, exactMoney, money, moment, short, whole, words} from './format.js';

const COLUMNS = [
  {title: 'Time', class: 'nowrap', cell: call => el('a', {
    href: address({...read(), operation: call.id}), dataset: {operation: call.id},
    onclick: event => follow(event, {operation: call.id}),
  }, moment(call.start))},
  {title: 'Provider', class: 'name', cell: call => name(call.provider)},
  {title: 'Model', class: 'name', cell: call => name(call.model)},
  {title: 'Outcome', cell: call => [el('span', {class: `badge ${call.outcome}`}, words(call.outcome)),
    call.category && el('span', {class: 'note'}, ` ${words(call.category)}`)]},
  {title: 'Retries', number: true, cell: call => whole(call.retries)},
  {title: 'Waited', number: true, cell: call => call.waited > 0 ? duration(call.waited) : ''},
  {title: 'Latency', number: true, cell: call => duration(call.latency)},
  {title: 'Tokens', number: true, cell: call => figure(short(call.tokens), whole(call.tokens))},
  {title: 'Cost', number: true, cell: call => figure(money(call.cost), exactMoney(call.cost))},
  {title: 'Session', class: 'name', cell: call => call.session && name(call.session, 24)},
];

let rows = [];
let next = null;
let pages = 1;
let all = null;

export const load = (state, signal) => get('operations', query(state), signal);

/** Whether the viewer has gone on to further pages, which should not be taken away. */
export const isRead = () => pages > 1;

export function show(answer) {
  rows = answer.operations;
  next = answer.next;
  pages = 1;
  render();
}

/** How many calls there are in all. */
export function total(count) {
  all = count;
  const place = byId('operations-count');
  if (place) fill(place, counted());
}

function counted() {
  return all === null ? '' : `${whole(rows.length)} of ${whole(Math.max(all, rows.length))}, newest first`;
}

function render() {
  const focused = document.activeElement?.dataset?.operation;
  const left = byId('operations').querySelector('.scroller')?.scrollLeft || 0;
  fill(byId('operations'),
    el('h2', {id: 'operations-title'}, 'Calls'),
    el('p', {class: 'note', id: 'operations-count'}, counted()),
    rows.length === 0 ? el('p', {class: 'nothing'}, 'No calls with these filters.')
      : scroller('Calls', table('Calls, newest first', COLUMNS, rows, call => ({dataset: {id: call.id}, class: call.retries > 0 ? 'retried' : null}))),
    next && el('button', {type: 'button', id: 'more-calls', onclick: event => more(event.target)}, 'Show more'));
  byId('operations').querySelector('.scroller')?.scrollTo({left});
  // What had the focus is a new element now.
  if (focused) byId('operations').querySelector(`a[data-operation="${CSS.escape(focused)}"]`)?.focus({preventScroll: true});
}

async function more(button) {
  button.disabled = true;
  const first = rows.length;
  try {
    const answer = await get('operations', query(read(), next));
    rows = [...rows, ...answer.operations];
    next = answer.next;
    pages++;
    render();
    byId('operations').querySelectorAll('tbody a')[first]?.focus();
  } catch (error) {
    button.disabled = false;
    button.after(el('p', {class: 'problem', role: 'alert'}, error.message));
  }
}
