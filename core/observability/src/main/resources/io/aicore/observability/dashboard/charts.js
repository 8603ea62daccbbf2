// Charts over time: uPlot draws them, the page says the same in words and in a table.
import uPlot from './uPlot.esm.js';
import {el, fill, scroller, table} from './dom.js';
import {go} from './state.js';
import {moment, ticks} from './format.js';

const HEIGHT = 190;
const bars = uPlot.paths.bars({size: [0.75, 36], radius: 0.15});
const charts = new Set();
const FONT = '11px system-ui, sans-serif';
const ruler = document.createElement('canvas').getContext('2d');

/** Room for the widest label of an axis: none loses a digit. */
function widest(labels) {
  ruler.font = FONT;
  return Math.ceil(Math.max(24, ...(labels ?? []).map(label => ruler.measureText(label).width))) + 14;
}

/**
 * A card with a chart. The definition says: id, title, note, bars, stacked, unit (of a value), axis (all marks of the axis in one
 * format), steps (between them), and series of data as {label, color, values, exact (as text), dash, fill}; headline(data) for the words beside
 * the title, beside(data, i) for what a value leaves out, summary(data) for those who don't see it.
 */
export class Chart {
  constructor(definition) {
    this.definition = definition;
    this.headline = el('p', {class: 'headline'});
    this.note = el('p', {class: 'note'}, definition.note);
    this.canvas = el('div', {class: 'canvas', role: 'img'});
    this.legend = el('ul', {class: 'legend', 'aria-hidden': 'true'});
    this.details = el('details', {class: 'as-table', ontoggle: () => this.showTable()}, el('summary', {}, 'As a table'), el('div'));
    this.card = el('figure', {class: 'card', id: `chart-${definition.id}`, dataset: {state: 'loading'}},
      el('figcaption', {}, el('h2', {}, definition.title), this.headline, this.note),
      this.canvas, this.legend, this.details);
    new ResizeObserver(() => this.resize()).observe(this.canvas);
    charts.add(this);
  }

  update(data) {
    this.data = data;
    const {definition} = this;
    this.series = definition.series(data);
    fill(this.headline, definition.headline(data));
    if (definition.beside) fill(this.note, definition.note, ' ', definition.beside(data));
    this.canvas.setAttribute('aria-label', `${definition.title}. ${definition.summary(data, this.series)}`);
    const columns = this.columns();
    const shape = JSON.stringify(this.series.map(each => [each.label, each.color]));
    if (this.plot && this.shape === shape) this.plot.setData(columns);
    else this.draw(columns);
    this.shape = shape;
    this.showLegend(null);
    this.card.dataset.state = 'ready';
    this.showTable();
  }

  /** Nothing can be drawn. What was drawn before stays, paler. */
  fail(why) {
    this.card.dataset.state = 'error';
    if (this.plot) return;
    fill(this.canvas, el('p', {class: 'nothing'}, why));
    this.canvas.setAttribute('aria-label', `${this.definition.title}. ${why}`);
  }

  redraw() {
    if (this.data) this.draw(this.columns());
  }

  columns() {
    if (!this.definition.stacked) return [this.data.start, ...this.series.map(each => each.values)];
    // The highest sum first, so that what is drawn later stands before it.
    const sums = [];
    for (const {values} of this.series) {
      const below = sums[sums.length - 1];
      sums.push(below ? values.map((value, i) => value + below[i]) : values);
    }
    return [this.data.start, ...sums.reverse()];
  }

  draw(columns) {
    this.plot?.destroy();
    fill(this.canvas);
    const style = getComputedStyle(document.documentElement);
    const color = name => style.getPropertyValue(name).trim();
    const {definition} = this;
    const drawn = definition.stacked ? [...this.series].reverse() : this.series;
    const axis = {stroke: color('--faint'), grid: {stroke: color('--grid'), width: 1}, ticks: {show: false}, font: FONT};
    this.plot = new uPlot({
      width: Math.max(200, this.canvas.clientWidth), height: HEIGHT, padding: [8, 8, 0, 0],
      legend: {show: false},
      cursor: {sync: {key: 'time'}, drag: {x: true, y: false, setScale: false}, points: {size: 7}},
      scales: {y: {range: (u, low, high) => definition.range ? definition.range(low, high) : [0, high > 0 ? high * 1.08 : 1]}},
      axes: [
        {...axis, size: 38, space: 70, values: (u, splits, i, space, step) => ticks(splits, step)},
        {...axis, size: (u, labels) => widest(labels), space: 34, values: (u, splits) => definition.axis(splits), ...(definition.steps && {incrs: definition.steps})},
      ],
      series: [{}, ...drawn.map(each => ({
        label: each.label, stroke: color(each.color), width: definition.bars ? 0 : 1.75, dash: each.dash,
        fill: definition.bars ? color(each.color) : each.fill ? `${color(each.color)}22` : undefined,
        paths: definition.bars ? bars : undefined, points: {show: definition.bars ? false : undefined, size: 5}, spanGaps: false,
      }))],
      hooks: {
        setCursor: [u => this.showLegend(u.cursor.idx ?? null)],
        setSelect: [u => this.zoom(u)],
      },
    }, columns, this.canvas);
  }

  /** What was drawn over with the mouse becomes the time range. */
  zoom(plot) {
    if (plot.select.width < 6) return;
    const at = pixel => new Date(Math.round(plot.posToVal(pixel, 'x')) * 1000).toISOString();
    const [from, to] = [at(plot.select.left), at(plot.select.left + plot.select.width)];
    plot.setSelect({left: 0, top: 0, width: 0, height: 0}, false);
    if (from < to) go({range: '', from, to});
  }

  showLegend(index) {
    if (!this.series) return;
    const at = index !== null && this.data.start[index] !== undefined;
    fill(this.legend,
      this.series.map(each => el('li', {}, el('span', {class: 'swatch', style: {background: `var(${each.color})`}}),
        el('bdi', {}, each.label), at && el('b', {}, this.definition.unit((each.exact ?? each.values)[index])))),
      at && this.definition.beside && el('li', {}, this.definition.beside(this.data, index)),
      at && el('li', {class: 'when'}, moment(this.data.start[index] * 1000)));
  }

  showTable() {
    if (!this.details.open || !this.series) return;
    const columns = [
      {title: 'From', cell: i => moment(this.data.start[i] * 1000)},
      ...this.series.map(each => ({title: each.label, number: true, cell: i => [this.definition.unit((each.exact ?? each.values)[i]), ' ',
        this.definition.beside && el('span', {class: 'note'}, this.definition.beside(this.data, i))]})),
    ];
    // Spans in which nothing happened say nothing.
    const rows = this.data.start.map((start, i) => i).filter(i => this.data.calls[i] > 0).reverse();
    fill(this.details.lastChild, scroller(`${this.definition.title}, as a table`, table(this.definition.title, columns, rows)));
  }

  resize() {
    const width = this.canvas.clientWidth;
    if (this.plot && width > 0 && Math.abs(width - this.plot.width) > 1) this.plot.setSize({width, height: HEIGHT});
  }
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => charts.forEach(chart => chart.redraw()));
