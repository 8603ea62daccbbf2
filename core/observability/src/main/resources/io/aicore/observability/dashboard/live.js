// The stream of changes, read with fetch so that the token is a header. Only while the page is seen.
import {open} from './api.js';

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 10000;

/** Calls told(event, data) for each event: open, change, away, lost. */
export function listen(told) {
  let control = null;
  let wait = FIRST_WAIT;
  let timer = 0;

  async function connect() {
    control = new AbortController();
    try {
      const response = await open('live', null, control.signal);
      wait = FIRST_WAIT;
      told('open', {});
      await events(response.body, told);
      throw new Error('the stream has ended');
    } catch (error) {
      if (error.name === 'AbortError') return;
      told('lost', {status: error.status});
      if (error.status === 401) return;
      timer = setTimeout(connect, wait);
      wait = Math.min(LONGEST_WAIT, wait * 2);
    }
  }

  function disconnect() {
    clearTimeout(timer);
    control?.abort();
  }

  document.addEventListener('visibilitychange', () => {
    disconnect();
    if (document.visibilityState === 'visible') connect();
  });
  connect();
}

async function events(body, told) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const {done, value} = await reader.read();
    if (done) return;
    text += value;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const fields = Object.fromEntries(text.slice(0, end).split('\n').map(line => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon), line.slice(colon + 1).trim()];
      }));
      text = text.slice(end + 2);
      if (fields.event) told(fields.event, JSON.parse(fields.data));
    }
  }
}
