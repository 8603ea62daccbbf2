// Asks for the token where the server wants one.
import {byId, el, fill} from './dom.js';
import {get, token} from './api.js';

/** Shows the form; calls done() once the token is right. */
export function login(done, problem = '') {
  const section = byId('login');
  const message = el('p', {id: 'login-problem', class: 'problem', role: 'alert'}, problem);
  const input = el('input', {
    id: 'token', type: 'password', required: true, autocomplete: 'current-password', spellcheck: 'false',
    'aria-describedby': 'login-help login-problem',
  });
  const button = el('button', {type: 'submit', class: 'primary'}, 'Show the dashboard');
  const form = el('form', {
    async onsubmit(event) {
      event.preventDefault();
      fill(message);
      button.disabled = true;
      token.set(input.value.trim());
      try {
        await get('names');
        section.hidden = true;
        done();
      } catch (error) {
        token.forget();
        fill(message, error.status === 401 ? 'This is not the token.' : error.message);
        input.select();
      } finally {
        button.disabled = false;
      }
    },
  },
  el('label', {for: 'token'}, 'Token'), input, message, button);
  fill(section,
    el('h2', {id: 'login-title'}, 'This dashboard asks for its token'),
    el('p', {id: 'login-help'}, 'The one the program was started with. It stays in this tab until you close it.'),
    form);
  section.hidden = false;
  input.focus();
}
