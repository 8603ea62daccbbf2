// One call: what is known of it, and its attempts as a waterfall with the reason of each.
import {byId, el, figure, fill, parts} from './dom.js';
import {address, follow, read} from './state.js';
import {get} from './api.js';
import {duration, exactMoney, money, whole, wholeMoment, words} from './format.js';

export async function show(id, signal) {
  const article = byId('detail');
  article.dataset.state = 'loading';
  fill(article, back(), el('h2', {id: 'detail-title', tabindex: '-1'}, 'Call'), el('p', {class: 'note'}, 'Loading…'));
  article.hidden = false;
  try {
    const call = await get('operation', new URLSearchParams({id}), signal);
    fill(article, back(), ...content(call));
    article.dataset.state = 'ready';
  } catch (error) {
    if (error.name === 'AbortError') return;
    if (error.status === 401) throw error;
    const missing = error.status === 404;
    fill(article, back(), el('h2', {id: 'detail-title', tabindex: '-1'}, missing ? 'No such call' : 'This call cannot be shown'),
      el('p', {class: missing ? 'nothing' : 'problem'}, missing ? 'It may have been forgotten since, or is not written yet.' : error.message));
    article.dataset.state = missing ? 'empty' : 'error';
  }
  byId('detail-title').focus({preventScroll: true});
  scrollTo({top: 0});
}

const back = () => el('p', {}, el('a', {
  id: 'back', class: 'back', href: address({...read(), operation: ''}), onclick: event => follow(event, {operation: ''}),
}, '← All calls'));

function content(call) {
  const facts = (...pairs) => el('dl', {class: 'facts'}, pairs.filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value instanceof Node ? value : parts(String(value))))));
  return [
    el('header', {},
      el('h2', {id: 'detail-title', tabindex: '-1'}, parts(call.model), ' ', el('span', {class: `badge ${call.outcome}`}, words(call.outcome))),
      el('p', {class: 'note'}, el('bdi', {}, call.provider), ` · ${call.operation} · ${wholeMoment(call.start)} · `, el('code', {}, call.id))),
    call.why && el('section', {class: 'card trouble', 'aria-label': 'Why it ended so'},
      el('p', {}, call.category && el('span', {class: 'badge error'}, words(call.category)), ' ', el('bdi', {class: 'long'}, call.why)),
      facts(['Ended by', call.endedBy && words(call.endedBy)], ['Provider’s code', call.code])),
    el('section', {class: 'card', 'aria-labelledby': 'waterfall-title'},
      el('h3', {id: 'waterfall-title'}, 'Attempts'),
      el('p', {class: 'note'}, `${call.attempts.length} in ${duration(call.latency)}`
        + (call.waited > 0 ? `, of which ${duration(call.waited)} were spent waiting` : '')),
      call.attempts.length === 0 ? el('p', {class: 'nothing'}, 'None was made: the call ended before.') : waterfall(call)),
    el('section', {class: 'card', 'aria-labelledby': 'facts-title'},
      el('h3', {id: 'facts-title'}, 'Figures'),
      facts(['Latency', duration(call.latency)], ['First token after', call.firstToken !== null ? duration(call.firstToken) : null],
        ['Waited', duration(call.waited)], ['Retries', whole(call.retries)],
        ['Sent again on a new connection', call.resends > 0 ? whole(call.resends) : null],
        ['Tokens in', call.usage && whole(call.usage.input)], ['Tokens out', call.usage && whole(call.usage.output)],
        ['of these cached', call.usage && whole(call.usage.cached)], ['reasoning', call.usage && whole(call.usage.reasoning)],
        ['Tokens', call.usage ? null : unknown(call)],
        ['Cost', call.cost !== null ? figure(money(call.cost), exactMoney(call.cost)) : unknown(call)], ['Host', call.host], ['Served by', call.servedBy],
        ['Circuit at start', call.circuit && words(call.circuit)],
        ['Session', call.session], ['Workspace', call.workspace], ['Agent', call.agent],
        ['Call id', call.callId], ['Trace', call.traceId], ['Span', call.spanId])),
    Object.keys(call.extras).length > 0 && el('section', {class: 'card', 'aria-labelledby': 'extras-title'},
      el('h3', {id: 'extras-title'}, 'Metadata'), facts(...Object.entries(call.extras))),
    call.prompt && words_('Prompt', call.prompt),
    call.answer && words_('Answer', call.answer),
  ].filter(Boolean);
}

/** Of an answer one expects a figure; a call without one has none. */
const unknown = call => call.outcome === 'success' ? 'not known' : null;

const words_ = (title, text) => el('details', {class: 'card words'}, el('summary', {}, title), el('pre', {dir: 'auto', tabindex: '0'}, text));

function waterfall(call) {
  const begin = Date.parse(call.start);
  const end = Math.max(begin + call.latency, ...call.attempts.map(each => Date.parse(each.start) + each.duration));
  const span = Math.max(1, end - begin);
  const place = (at, length) => ({left: `${Math.max(0, at - begin) / span * 100}%`, width: `${length / span * 100}%`});
  return el('ol', {class: 'waterfall'}, call.attempts.map((attempt, i) => {
    const start = Date.parse(attempt.start);
    const following = call.attempts[i + 1];
    const waited = following ? Date.parse(following.start) - start - attempt.duration : attempt.delay || 0;
    const failed = attempt.category !== null || attempt.phase !== null;
    const cancelled = !failed && i === call.attempts.length - 1 && call.outcome !== 'success';
    const word = failed ? words(attempt.category || 'failed') : cancelled ? words(call.outcome) : 'success';
    return el('li', {dataset: {attempt: attempt.number}},
      el('div', {class: 'attempt'},
        el('b', {}, `#${attempt.number}`), ' ',
        el('span', {class: `badge ${failed ? 'error' : cancelled ? call.outcome : 'success'}`}, word), ' ',
        attempt.status !== null && el('span', {}, `HTTP ${attempt.status} `),
        el('span', {class: 'note'}, `at +${duration(Math.max(0, start - begin))}, took ${duration(attempt.duration)}`)),
      el('div', {class: 'track', 'aria-hidden': 'true'},
        el('span', {class: `segment ${failed ? 'open' : cancelled ? 'half_open' : 'closed'}`, style: place(start, attempt.duration)}),
        waited > 0 && el('span', {class: 'segment waiting', style: place(start + attempt.duration, waited)})),
      el('div', {class: 'reason'},
        attempt.why && el('bdi', {class: 'long'}, attempt.why),
        el('span', {class: 'note'}, [
          attempt.phase && `failed at ${attempt.phase}`,
          attempt.hint !== null && `the server asked for ${duration(attempt.hint)}`,
          attempt.delay !== null && `waited ${duration(attempt.delay)} before the next`,
          attempt.requestId && ['request ', el('code', {}, parts(attempt.requestId))],
        ].filter(Boolean).flatMap((part, i) => i === 0 ? [part] : [' · ', part]))));
  }));
}
