// Charts as SVG, each with a table of the same figures behind it. A chart library would take half of the page's size.
import { html, useState, useWidth, clock, day, moments } from './base.js';

const HEIGHT = 180;
const LEFT = 58;
const BOTTOM = 22;
const TOP = 8;

/** Round steps for an axis from 0 to at least `most`. */
export function ticks(most, whole) {
  const raw = Math.max((most || 1) / 4, whole ? 1 : 0);
  const size = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((one) => one * size).find((one) => one >= raw);
  return [0, 1, 2, 3, 4].map((i) => i * step);
}

/** Pieces of a line: a missing value ends one. */
function pieces(values, x, y) {
  let path = '';
  let inside = false;
  values.forEach((value, i) => {
    if (value === null || value === undefined) { inside = false; return; }
    const lone = !inside && (values[i + 1] === null || values[i + 1] === undefined);
    path += (inside ? 'L' : 'M') + x(i).toFixed(1) + ' ' + y(value).toFixed(1) + (lone ? 'h0.01' : '');
    inside = true;
  });
  return path;
}

/** Lines, or bars on top of each other, over time. `series`: [{label, colour: '--good', values, bars}]; `times` in seconds. */
export function Chart({ times, series, label, unit, whole }) {
  const [at, setAt] = useState(null);
  const [box, WIDTH] = useWidth(640);
  const below = series.map((one, k) => times.map((_, i) => (one.bars ? series.slice(0, k).reduce((sum, other) => sum + (other.values[i] || 0), 0) : 0)));
  const most = Math.max(0, ...series.flatMap((one, k) => one.values.map((value, i) => (value || 0) + below[k][i])));
  const scale = ticks(most, whole);
  const top = scale[scale.length - 1];
  const first = times[0] || 0;
  const width = WIDTH - LEFT - 8;
  const pace = times.length > 1 ? (times[times.length - 1] - first) || 1 : 1;
  const slot = width / Math.max(1, times.length);
  const x = (i) => LEFT + slot / 2 + (times.length > 1 ? ((times[i] - first) / pace) * (width - slot) : 0);
  const y = (value) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  const place = (seconds) => LEFT + slot / 2 + ((seconds - first) / pace) * (width - slot);
  const marks = times.length > 1 ? moments(first, times[times.length - 1], Math.floor(width / 76)) : [];
  const point = (event) => {
    const area = box.current.getBoundingClientRect();
    const wanted = ((event.clientX - area.left) / area.width) * WIDTH;
    let best = 0;
    times.forEach((_, i) => { if (Math.abs(x(i) - wanted) < Math.abs(x(best) - wanted)) best = i; });
    setAt(times.length ? best : null);
  };
  const shown = at !== null && at < times.length ? at : null;
  const when = (seconds) => {
    const text = new Date(seconds * 1000).toISOString();
    return (pace > 86400 ? day(text) + ' ' : '') + clock(text).slice(0, whole ? 5 : 8);
  };
  return html`<div ref=${box}>
    <svg class="chart" width=${WIDTH} height=${HEIGHT} viewBox=${'0 0 ' + WIDTH + ' ' + HEIGHT} role="img" aria-label=${label} onMouseMove=${point} onMouseLeave=${() => setAt(null)}>
      ${scale.map((value) => html`<line x1=${LEFT} x2=${WIDTH - 8} y1=${y(value)} y2=${y(value)} stroke="var(--line)" stroke-width="1"/><text x=${LEFT - 8} y=${y(value) + 4} text-anchor="end">${unit(value)}</text>`)}
      ${marks.map((one) => html`<text x=${place(one.at)} y=${HEIGHT - 5} text-anchor=${place(one.at) > WIDTH - 30 ? 'end' : 'middle'}>${one.text}</text>`)}
      ${series.map((one, k) => one.bars
        ? one.values.map((value, i) => value ? html`<rect x=${x(i) - slot * 0.38} width=${slot * 0.76} y=${y(below[k][i] + value)} height=${y(0) - y(value)} rx="1" fill=${'var(' + one.colour + ')'}/>` : null)
        : html`<path d=${pieces(one.values, x, y)} fill="none" stroke=${'var(' + one.colour + ')'} stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/>`)}
      ${most === 0 && html`<text x=${LEFT + width / 2} y=${(TOP + HEIGHT - BOTTOM) / 2 + 4} text-anchor="middle">nothing in this time</text>`}
      ${shown !== null && html`<line x1=${x(shown)} x2=${x(shown)} y1=${TOP} y2=${y(0)} stroke="var(--dim)" stroke-dasharray="3 3"/>`}
    </svg>
    <p class="legend small dim">${shown === null ? '' : html`<b class="count">${when(times[shown])}</b>`}${series.map((one) => html`<span class="nowrap"><i style=${{ background: 'var(' + one.colour + ')' }}></i>${one.label}${shown === null ? '' : html` <b class="count">${one.values[shown] === null || one.values[shown] === undefined ? '–' : unit(one.values[shown])}</b>`}</span>`)}</p></div>`;
}

/** The figures of a chart as a table, closed at first; `rows` makes them once it is open. */
export function Figures({ caption, heads, rows }) {
  const [open, setOpen] = useState(false);
  return html`<details class="table" onToggle=${(e) => setOpen(e.currentTarget.open)}><summary>${caption}</summary>
    ${open && html`<div class="scroll" tabindex="0" role="group" aria-label="Table"><table class="fits"><thead><tr>${heads.map((head, i) => html`<th class=${i ? 'num' : ''}>${head}</th>`)}</tr></thead>
    <tbody>${rows().map((row) => html`<tr>${row.map((cell, i) => html`<td class=${i ? 'num' : ''}>${cell}</td>`)}</tr>`)}</tbody></table></div>`}</details>`;
}
