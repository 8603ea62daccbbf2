// What is looked at, kept in the address: it can be shared, and back and forward work.

export const FIELDS = ['range', 'from', 'to', 'provider', 'model', 'outcome', 'category', 'retried',
  'minTokens', 'maxTokens', 'minLatency', 'maxLatency', 'session', 'workspace', 'agent', 'text'];
export const FILTERS = FIELDS.slice(3);
export const DEFAULT_RANGE = '1h';

const listeners = [];

export function read() {
  const given = new URLSearchParams(location.search);
  const state = {};
  for (const name of [...FIELDS, 'operation']) state[name] = given.get(name) || '';
  if (!state.from && !state.to && !state.range) state.range = DEFAULT_RANGE;
  return state;
}

/** The address of this state, relative to the page. */
export function address(state) {
  const params = new URLSearchParams();
  for (const name of [...FIELDS, 'operation']) {
    if (state[name] && !(name === 'range' && state[name] === DEFAULT_RANGE)) params.set(name, state[name]);
  }
  const query = params.toString();
  return query ? `?${query}` : location.pathname;
}

/** The state as parameters of the API. */
export function query(state, more = {}) {
  const params = new URLSearchParams();
  for (const name of FIELDS) if (state[name]) params.set(name, state[name]);
  for (const [name, value] of Object.entries(more)) params.set(name, value);
  return params;
}

/** Goes there: a new entry of the history, and everyone who listens is told. */
export function go(changes) {
  const before = read();
  const after = {...before, ...changes};
  if (address(before) === address(after)) return;
  history.pushState(null, '', address(after));
  listeners.forEach(listener => listener(after, before));
}

export function onChange(listener) {
  listeners.push(listener);
}

let last = read();
onChange(state => { last = state; });
addEventListener('popstate', () => {
  const before = last;
  const state = read();
  listeners.forEach(listener => listener(state, before));
});

/** A link within the page. */
export function follow(event, changes) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
  event.preventDefault();
  go(changes);
}
