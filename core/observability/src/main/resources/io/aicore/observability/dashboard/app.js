// The page: what the address says is loaded and shown, and again when something was recorded.
import {byId, el, fill} from './dom.js';
import {get, token} from './api.js';
import {go, onChange, query, read} from './state.js';
import {whole} from './format.js';
import {listen} from './live.js';
import {login} from './login.js';
import * as admission from './admission.js';
import * as circuits from './circuits.js';
import * as detail from './detail.js';
import * as figures from './figures.js';
import * as filters from './filters.js';
import * as groups from './groups.js';
import * as table from './table.js';

// Between two looks, whatever changes meanwhile: at least this, and longer where a look takes long.
const PAUSE = 400;
const IDLE_MIN = 10000;
const IDLE_MAX = 60000;

let control = new AbortController();
let loading = false;
let mark = null;
let wanted = null;
let took = 0;
let soon = 0;
let idle = 0;
let listening = false;
let away = false;

function visible(state) {
  byId('overview').hidden = Boolean(state.operation);
  byId('detail').hidden = !state.operation;
}

async function load(background = false) {
  control.abort();
  control = new AbortController();
  clearTimeout(soon);
  clearTimeout(idle);
  const state = read();
  visible(state);
  document.title = state.operation ? 'Call · AiCore observability' : 'AiCore observability';
  const {signal} = control;
  if (state.operation) {
    await guarded(() => detail.show(state.operation, signal));
    return;
  }
  const place = byId('overview');
  if (!background) place.dataset.state = 'loading';
  place.setAttribute('aria-busy', 'true');
  filters.show(state);
  loading = true;
  const began = performance.now();
  await guarded(async () => {
    const params = query(state);
    const time = query({range: state.range, from: state.from, to: state.to});
    // The charts first: what else asks much of the database waits until it has answered for them.
    const overview = get('overview', params, signal).then(answer => {
      mark = answer.mark;
      figures.show(answer);
      table.total(answer.totals ? answer.totals.calls : 0);
      emptiness(answer, state);
      schedule(answer.width);
      dropped(answer.dropped);
      return Promise.all([
        get('groups', params, signal).then(groups.show),
        get('names', time, signal).then(filters.offer),
      ]);
    });
    await Promise.all([
      overview,
      get('circuits', time, signal).then(circuits.show),
      get('admission', '', signal).then(admission.show),
      background && table.isRead() ? null : table.load(state, signal).then(table.show),
    ]);
    took = performance.now() - began;
    loading = false;
    place.setAttribute('aria-busy', 'false');
    place.dataset.state = byId('empty').hidden ? 'ready' : 'empty';
    filters.forgive();
    notice('');
    performance.mark('all-shown');
    if (wanted !== null && wanted !== mark) again();
  });
}

/** Runs this; what goes wrong is said to the viewer. */
async function guarded(work) {
  try {
    await work();
  } catch (error) {
    if (error.name === 'AbortError') return;
    control.abort();
    loading = false;
    byId('overview').setAttribute('aria-busy', 'false');
    if (error.status === 401) {
      enter('The token is not right any more.');
      return;
    }
    byId('overview').dataset.state = 'error';
    unread(error.status === 400 ? 'Nothing is shown until the filter is understood.' : error.status === 503
      ? 'Not known: the database does not answer.' : 'Not known: it cannot be read.');
    if (error.status === 400) {
      filters.blame(error.parameter);
      notice(`A filter is not understood. ${error.message}`);
    } else {
      notice(error.status ? `What was recorded cannot be read: ${error.message}.` : error.message, true);
      if (!(error.status || error.message)) throw error;
      soon = setTimeout(() => load(true), Math.min(IDLE_MIN, 2000 + took));
    }
  }
}

/** What cannot be read is said where it would stand; what was read before stays. */
function unread(why) {
  figures.failed(why);
  for (const [id, title] of [['circuits', 'Circuits'], ['groups', 'Providers and models'], ['operations', 'Calls']]) {
    if (!byId(id).querySelector('table, .lanes, .nothing:not(.unread)')) {
      fill(byId(id), el('h2', {id: `${id}-title`}, title), el('p', {class: 'nothing unread'}, why));
    }
  }
}

function notice(text, retry = false) {
  const place = byId('notice');
  if (place.dataset.text === text) return;
  place.dataset.text = text;
  fill(place, text && [el('span', {}, text), retry && el('span', {}, ' It is tried again.')]);
  place.hidden = text === '';
}

function emptiness({totals}, state) {
  const place = byId('empty');
  const none = totals === null;
  place.hidden = !none;
  if (!none) return;
  fill(place, el('b', {}, `No calls ${filters.rangeInWords(state)}.`),
    el('span', {}, ' They appear here as soon as they end. '),
    state.range !== '30d' && el('button', {type: 'button', id: 'longer', onclick: () => go({range: '30d', from: '', to: ''})}, 'Look at 30 days'));
}

function dropped(count) {
  const word = byId('live');
  word.title = count > 0 ? `${whole(count)} calls were not recorded: the buffer was full or the database away.` : '';
}

/** A relative range moves on even if nothing is recorded. */
function schedule(width) {
  clearTimeout(idle);
  if (!read().to) idle = setTimeout(() => document.visibilityState === 'visible' && load(true), Math.min(IDLE_MAX, Math.max(IDLE_MIN, width * 1000)));
}

function again() {
  clearTimeout(soon);
  soon = setTimeout(() => load(true), Math.max(PAUSE, took * 2));
}

function told(event, data) {
  if (event === 'lost' && data.status === 401) {
    listening = false;
    return;
  }
  const [state, word] = {
    open: ['connecting', 'Connecting'], change: ['live', 'Live'], away: ['away', 'Database away'], lost: ['lost', 'Not connected'],
  }[event];
  const place = byId('live');
  if (place.dataset.state !== state) {
    place.dataset.state = state;
    fill(place.querySelector('.word'), word);
  }
  if (event === 'away') away = true;
  if (event !== 'change') return;
  wanted = data.mark;
  const back = away;
  away = false;
  // While one look is under way the next waits for it.
  if (!loading && !read().operation && (wanted !== mark || back)) {
    if (back) load(true); else again();
  }
}

function enter(problem) {
  byId('overview').hidden = true;
  byId('detail').hidden = true;
  token.forget();
  login(begin, problem);
}

function begin() {
  load();
  if (!listening) listen(told);
  listening = true;
}

let opened = null;
onChange((state, before) => {
  if (before.operation && !state.operation) opened = before.operation;
  load(Boolean(before.operation) && !state.operation && byId('overview').dataset.state === 'ready').then(() => {
    if (opened && !state.operation) document.querySelector(`a[data-operation="${CSS.escape(opened)}"]`)?.focus();
    opened = null;
  });
});

async function start() {
  filters.build();
  figures.build();
  try {
    const about = await get('about');
    if (about.needsToken && !token.get()) enter('');
    else begin();
  } catch (error) {
    notice(error.message, true);
    setTimeout(start, 2000);
  }
}

start();
