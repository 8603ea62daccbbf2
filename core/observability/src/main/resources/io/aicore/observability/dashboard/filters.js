// The filters: the time range, providers and models at hand, the rest behind a button. What is set is shown as chips.
import {byId, el, fill, name as named} from './dom.js';
import {DEFAULT_RANGE, FILTERS, go, read} from './state.js';
import {middle, moment, words, zone} from './format.js';

const RANGES = [
  ['15m', '15 min', '15 minutes'], ['1h', '1 hour', 'hour'], ['6h', '6 hours'], ['24h', '24 hours'], ['7d', '7 days'], ['30d', '30 days'],
];
const OUTCOMES = ['success', 'error', 'cancelled'];
const LABELS = {
  provider: 'Provider', model: 'Model', outcome: 'Outcome', category: 'Category', retried: 'Retried only',
  minTokens: 'Tokens from', maxTokens: 'Tokens to', minLatency: 'Latency from (ms)', maxLatency: 'Latency to (ms)',
  session: 'Session', workspace: 'Workspace', agent: 'Agent', text: 'Text in metadata',
};

const controls = {};
let names = {providers: [], models: [], categories: []};
let ranges;
let custom;
let more;
let chips;

export function build() {
  const choose = (name, value) => go({[name]: value});
  const field = (name, control) => {
    controls[name] = control;
    control.id = `filter-${name}`;
    control.addEventListener('change', () => choose(name, control.type === 'checkbox' ? (control.checked ? 'true' : '') : control.value.trim()));
    return el('div', {class: control.type === 'checkbox' ? 'field check' : 'field'},
      el('label', {for: control.id}, LABELS[name]), control);
  };
  const number = () => el('input', {type: 'number', min: '0', step: '1', inputmode: 'numeric'});
  const text = () => el('input', {type: 'text', autocomplete: 'off', spellcheck: 'false', maxlength: '1000'});

  ranges = el('div', {class: 'ranges', role: 'group', 'aria-label': 'Time range'},
    RANGES.map(([value, label]) => el('button', {
      type: 'button', dataset: {range: value}, onclick: () => go({range: value, from: '', to: ''}),
    }, label)),
    el('button', {type: 'button', dataset: {range: 'custom'}, 'aria-controls': 'custom-range', onclick: openCustom}, 'Custom'));

  const from = el('input', {id: 'filter-from', type: 'datetime-local', step: '1'});
  const to = el('input', {id: 'filter-to', type: 'datetime-local', step: '1'});
  custom = el('div', {id: 'custom-range', class: 'custom', hidden: true},
    el('div', {class: 'field'}, el('label', {for: 'filter-from'}, 'From'), from),
    el('div', {class: 'field'}, el('label', {for: 'filter-to'}, 'To (empty: now)'), to),
    el('button', {
      type: 'button', id: 'apply-range', onclick: () => from.value
        ? go({range: '', from: iso(from.value), to: to.value ? iso(to.value) : ''}) : from.focus(),
    }, 'Apply'));
  controls.from = from;
  controls.to = to;

  // No filter: it goes to the one call, whatever the filters leave.
  const find = el('input', {id: 'find', type: 'search', autocomplete: 'off', spellcheck: 'false', maxlength: '200'});
  find.addEventListener('change', () => {
    const operation = find.value.trim();
    find.value = '';
    if (operation) go({operation});
  });

  more = el('details', {class: 'more'},
    el('summary', {}, 'More filters'),
    el('div', {class: 'fields'},
      el('div', {class: 'field'}, el('label', {for: 'find'}, 'Call, trace or request id'), find),
      field('outcome', el('select')), field('category', el('select')),
      field('session', text()), field('workspace', text()), field('agent', text()), field('text', text()),
      field('minTokens', number()), field('maxTokens', number()),
      field('minLatency', number()), field('maxLatency', number()),
      field('retried', el('input', {type: 'checkbox'}))));
  chips = el('ul', {class: 'chips', 'aria-label': 'Filters that are set'});

  const form = byId('filters');
  form.addEventListener('submit', event => event.preventDefault());
  fill(form,
    el('div', {class: 'bar'}, ranges,
      el('div', {class: 'names'}, field('provider', el('select')), field('model', el('select')))),
    custom, more, chips,
    el('p', {class: 'note', id: 'zone'}, `Times are in ${zone()}.`));
  show(read());
}

/** What the lists offer. */
export function offer(offered) {
  names = offered;
  show(read());
}

export function show(state) {
  for (const button of ranges.children) {
    const own = state.from || state.to ? 'custom' : state.range;
    button.setAttribute('aria-pressed', String(button.dataset.range === own));
  }
  controls.from.value = state.from ? local(state.from) : '';
  controls.to.value = state.to ? local(state.to) : '';
  if (state.from || state.to) custom.hidden = false;
  options(controls.provider, 'All providers', names.providers, state.provider);
  const models = names.models.filter(each => !state.provider || each.provider === state.provider).map(each => each.model);
  options(controls.model, 'All models', [...new Set(models)].sort(), state.model);
  options(controls.outcome, 'Any outcome', OUTCOMES, state.outcome);
  options(controls.category, 'Any category', names.categories, state.category, words);
  controls.retried.checked = state.retried === 'true';
  for (const name of ['session', 'workspace', 'agent', 'text']) controls[name].value = state[name];
  // Browsers complain of what is no number in such a field.
  for (const name of ['minTokens', 'maxTokens', 'minLatency', 'maxLatency']) controls[name].value = isFinite(state[name]) ? state[name] : '';
  const set = FILTERS.filter(name => state[name]);
  if (set.some(name => name !== 'provider' && name !== 'model')) more.open = true;
  fill(chips, set.map(name => chip(name, state[name])),
    set.length > 0 && el('li', {}, el('button', {
      type: 'button', class: 'quiet', id: 'reset', onclick: () => go(Object.fromEntries(FILTERS.map(each => [each, '']))),
    }, 'Clear all')));
  chips.hidden = set.length === 0;
}

/** Takes the viewer to the filter that the server did not understand. */
export function blame(name) {
  const control = controls[name];
  if (control) {
    more.open = true;
    control.setAttribute('aria-invalid', 'true');
  }
}

export function forgive() {
  Object.values(controls).forEach(control => control.removeAttribute('aria-invalid'));
}

function chip(name, value) {
  return el('li', {}, el('button', {
    type: 'button', class: 'chip', dataset: {filter: name}, onclick: () => go({[name]: ''}),
    'aria-label': `Remove the filter ${LABELS[name]} ${name === 'retried' ? '' : value}`,
  }, el('span', {}, name === 'retried' ? LABELS[name] : `${LABELS[name]}: `),
  name !== 'retried' && named(name === 'category' ? words(value) : value),
  el('span', {'aria-hidden': 'true', class: 'cross'}, '×')));
}

function options(select, none, values, chosen, label = value => middle(value, 24)) {
  const all = chosen && !values.includes(chosen) ? [chosen, ...values] : values;
  const same = select.options.length === all.length + 1 && all.every((value, i) => select.options[i + 1].value === value);
  if (!same) fill(select, el('option', {value: ''}, none), all.map(value => el('option', {value, title: label(value) !== value && value}, label(value))));
  select.value = chosen;
  select.title = chosen;
}

function openCustom() {
  custom.hidden = !custom.hidden;
  if (!custom.hidden) controls.from.focus();
}

const iso = text => new Date(text).toISOString();

function local(text) {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? '' : new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 19);
}

export const rangeInWords = state => state.from || state.to
  ? `from ${state.from ? moment(state.from) : 'the beginning'} to ${state.to ? moment(state.to) : 'now'}`
  : `in the last ${inWords(state.range || DEFAULT_RANGE)}`;

function inWords(range) {
  const [, label, words] = RANGES.find(([value]) => value === range) || ['', range];
  return words || label;
}
