// Builds the page. Whatever comes from data becomes a text node: nothing here parses HTML.
import {middle} from './format.js';

/** An element. Attributes by name; class, dataset and on… as in the DOM; null, undefined and false are left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'class') node.className = value;
    else if (name === 'dataset') Object.assign(node.dataset, value);
    else if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'style') Object.entries(value).forEach(([key, each]) => node.style.setProperty(key, each));
    else node.setAttribute(name, value === true ? '' : value);
  }
  append(node, children);
  return node;
}

/** These children in place of what is there. */
export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
}

/** A figure that was shortened carries the exact one. */
export const figure = (shown, exact) => el('span', {title: exact !== shown && exact}, shown);

/** A name of data with both its ends; the whole of it where one points. */
export function name(text, most) {
  const shown = middle(text, most);
  return el('bdi', {title: shown !== text && text}, shown);
}

/** A name in full, which may be broken between its parts before anywhere else. */
export const parts = text => el('bdi', {}, text.split(/(?<=[-._:/@])/).flatMap((part, i) => i === 0 ? [part] : [el('wbr'), part]));

export const byId = id => document.getElementById(id);

/** A table with a caption that is read but not shown. Columns: {title, number, cell(row)}. */
export function table(caption, columns, rows, rowAttributes = () => ({})) {
  return el('table', {},
    el('caption', {class: 'unseen'}, caption),
    el('thead', {}, el('tr', {}, columns.map(column =>
      el('th', {scope: 'col', class: column.number ? 'number' : null}, column.title)))),
    el('tbody', {}, rows.map(row => el('tr', rowAttributes(row), columns.map((column, i) => {
      const cell = column.cell(row);
      const attributes = {dataset: {title: column.title}, class: [column.number ? 'number' : '', column.class || ''].join(' ').trim() || null};
      return i === 0 ? el('th', {scope: 'row', ...attributes}, cell) : el('td', attributes, cell);
    })))));
}

/** A table in a place that scrolls on its own, so that the page does not; reachable by keyboard. */
export function scroller(label, content) {
  return el('div', {class: 'scroller', tabindex: '0', role: 'region', 'aria-label': label}, content);
}
