// The herd map: planned fires of each minute of a week, the busiest minutes, and who is in them.
import { html, useEffect, useMemo, useRef, useState, useLoad, replaceQuery, number, time, weekday, href, browserZone } from './base.js';
import { call, get, job as path } from './api.js';
import { scheduleText } from './words.js';
import { Figures } from './charts.js';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const ROW = 30;

function rgb(text, probe) {
  probe.fillStyle = '#000';
  probe.fillStyle = text;
  probe.fillRect(0, 0, 1, 1);
  return probe.getImageData(0, 0, 1, 1).data;
}

/** The week as a picture: a row a day, a column a minute, darker where more is planned. */
function Heat({ fires, most, begin, chosen, choose }) {
  const canvas = useRef(null);
  const [tip, setTip] = useState(null);
  useEffect(() => {
    const paint = () => {
      canvas.current.width = Math.max(200, Math.min(1440, canvas.current.clientWidth));
      const context = canvas.current.getContext('2d', { willReadFrequently: true });
      const style = getComputedStyle(document.documentElement);
      const low = rgb(style.getPropertyValue('--soft').trim(), context);
      const high = rgb(style.getPropertyValue('--accent').trim(), context);
      const width = canvas.current.width;
      const image = context.createImageData(width, 7 * ROW);
      const least = fires.reduce((a, b) => Math.min(a, b), most);
      for (let day = 0; day < 7; day++) {
        for (let x = 0; x < width; x++) {
          const from = Math.floor((x * 1440) / width);
          const to = Math.max(from + 1, Math.ceil(((x + 1) * 1440) / width));
          let busiest = 0; // a pixel shows the busiest of its minutes: no peak may be lost
          for (let minute = from; minute < to; minute++) busiest = Math.max(busiest, fires[day * 1440 + minute] || 0);
          const share = busiest === 0 ? 0 : 0.14 + 0.86 * ((busiest - least) / (most - least || 1)) ** 0.6;
          for (let k = 0; k < ROW - 3; k++) {
            const at = ((day * ROW + k) * width + x) * 4;
            for (let c = 0; c < 3; c++) image.data[at + c] = low[c] + (high[c] - low[c]) * share;
            image.data[at + 3] = 255;
          }
        }
      }
      context.putImageData(image, 0, 0);
      if (chosen !== null) {
        context.strokeStyle = style.getPropertyValue('--bad').trim();
        context.lineWidth = 3;
        context.strokeRect(((chosen % 1440) * width) / 1440 - 4, Math.floor(chosen / 1440) * ROW - 1, 9, ROW - 1);
      }
    };
    paint();
    const theme = matchMedia('(prefers-color-scheme: dark)');
    theme.addEventListener('change', paint);
    addEventListener('themechange', paint);
    return () => { theme.removeEventListener('change', paint); removeEventListener('themechange', paint); };
  }, [fires, chosen]);
  const index = (event) => {
    const box = canvas.current.getBoundingClientRect();
    const minute = Math.min(1439, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * 1440)));
    return Math.min(6, Math.max(0, Math.floor(((event.clientY - box.top) / box.height) * 7))) * 1440 + minute;
  };
  const at = (i) => new Date(Date.parse(begin) + i * 60000).toISOString();
  return html`<div><div class="heatgrid"><span></span><div class="hours"><span>00</span><span>04</span><span>08</span><span>12</span><span>16</span><span>20</span><span>24</span></div>
      <div style=${{ display: 'grid', gridTemplateRows: 'repeat(7, 1fr)', height: '100%', alignItems: 'center' }}>${DAYS.map((day) => html`<span>${day}</span>`)}</div>
      <canvas class="heat" ref=${canvas} width="960" height=${7 * ROW} style=${{ height: 7 * ROW + 'px' }} role="img" aria-label="Planned fires by minute of the week; the busiest minutes are listed below"
        onMouseMove=${(e) => setTip(index(e))} onMouseLeave=${() => setTip(null)} onClick=${(e) => choose(index(e))}
        onDragOver=${(e) => { e.preventDefault(); setTip(index(e)); }} onDrop=${(e) => { e.preventDefault(); choose(index(e), e.dataTransfer.getData('text/plain')); }}></canvas></div>
    <p class="small dim" style=${{ margin: '8px 0 0', minHeight: '1.5em' }}>${tip === null ? 'Point at a minute to see it, click to see who fires in it. Drag an action of the list onto another minute to see the new peak.' : html`${weekday(at(tip))}: <b class="count">${number(fires[tip])}</b> fires`}</p></div>`;
}

/** A crontab line moved to another minute of the day; null where that cannot be expressed of it. */
export function moved(expression, date) {
  if (typeof expression !== 'string') return null;
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== 5 || !/^\d+$/.test(fields[0]) || !/^\d+$/.test(fields[1])) return null;
  return [date.getMinutes(), date.getHours(), ...fields.slice(2)].join(' ');
}

function Shares({ at, fires, move, mayWrite }) {
  const { value, error } = useLoad(() => get('/api/v1/plan/minute', { at }), [at]);
  if (error) return html`<div class="note bad">${error.message}</div>`;
  if (!value) return html`<p class="dim">Loading…</p>`;
  if (!value.jobs.length) return html`<div class="empty"><b>Nothing fires in this minute</b></div>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Table"><table class="fits"><thead><tr><th>Action</th><th>Schedule</th><th class="num" style=${{ width: '72px' }}>Fires</th></tr></thead><tbody>
    ${value.jobs.map((one) => html`<tr draggable=${mayWrite} onDragStart=${(e) => e.dataTransfer.setData('text/plain', String(one.job_id))}><td><a class="name clip" href=${href(['actions', String(one.job_id)])}>${one.name || one.job_id}</a></td><td><span class="mono clip">${scheduleText(one.schedule_expr)}</span></td><td class="num">${number(one.fires)}</td></tr>`)}
  </tbody></table></div>${value.jobs.length === 200 && html`<p class="small dim">The first 200 of more.</p>`}`;
}

/** What moving an action to another minute would do, by the API's dry run. */
function Move({ move, cancel, told, done }) {
  const [preview, setPreview] = useState(null);
  const [error, setError] = useState(null);
  const [expression, setExpression] = useState(null);
  useEffect(() => {
    call('GET', path(move.id)).then(({ value }) => {
      const zone = value.timezone;
      const local = new Date(new Date(move.at).toLocaleString('en-US', { timeZone: zone }));
      const next = moved(value.schedule_expr, local);
      if (!next) { setError('This schedule has no fixed minute and hour to move: ' + scheduleText(value.schedule_expr)); return null; }
      setExpression(next);
      return call('PATCH', path(move.id), { body: { schedule_expr: next }, query: { dry_run: 'true' } }).then((answer) => setPreview(answer.value.preview));
    }).catch((e) => setError(e.message));
  }, [move.id, move.at]);
  const save = () => call('PATCH', path(move.id), { body: { schedule_expr: expression } }).then(() => { told('Action ' + move.id + ' is moved.'); done(); }, (e) => setError(e.message));
  const busiest = preview && preview.busiest_minute;
  return html`<div class="note">${error && html`<p class="error">${error}</p>`}
    ${!error && !preview && html`<p>Working out the new peak…</p>`}
    ${preview && html`<p>Action ${move.id} with <code>${expression}</code>: the busiest minute ${busiest && busiest.after ? html`has <b>${number(busiest.after.fires)}</b> fires (${time(busiest.after.begin)}), before ${number(busiest.before ? busiest.before.fires : 0)}` : 'is empty'}.</p>`}
    <button onClick=${cancel}>Cancel</button> ${preview && html`<button class="primary" onClick=${save}>Move it</button>`}</div>`;
}

export function Week({ query, told, rights }) {
  const { value, error, reload } = useLoad(() => get('/api/v1/plan/week', { day: query.day, timezone: browserZone }), [query.day]);
  const [move, setMove] = useState(null);
  const most = useMemo(() => (value ? value.fires.reduce((a, b) => Math.max(a, b), 0) : 0), [value]);
  const chosen = query.at && value ? Math.floor((Date.parse(query.at) - Date.parse(value.begin)) / 60000) : null;
  const shift = (days) => {
    const base = new Date((query.day || new Date().toISOString().slice(0, 10)) + 'T12:00:00Z');
    base.setUTCDate(base.getUTCDate() + days);
    replaceQuery({ day: base.toISOString().slice(0, 10), at: '' });
  };
  return html`<div class="head"><div class="grow"><h1>Week</h1><div class="sub">${value ? 'Planned fires by minute, week of ' + time(value.begin).slice(0, 11) + ', ' + value.timezone : ' '}</div></div>
      <button onClick=${() => shift(-7)}>Week before</button><button onClick=${() => replaceQuery({ day: '', at: '' })}>This week</button><button onClick=${() => shift(7)}>Week after</button></div>
    ${error && html`<div class="note bad">${error.message}</div>`}
    ${!value && !error && html`<p class="loading" role="status">Loading…</p>`}
    ${value && html`<section class="panel"><${Heat} fires=${value.fires} most=${most} begin=${value.begin} chosen=${chosen}
      choose=${(i, dragged) => { const at = new Date(Date.parse(value.begin) + i * 60000).toISOString(); if (dragged) setMove({ id: dragged, at }); else replaceQuery({ at }); }}/></section>
    ${move && html`<${Move} move=${move} cancel=${() => setMove(null)} told=${told} done=${() => { setMove(null); reload(); }}/>`}
    <div class="columns"><section class="panel"><h2>Busiest minutes <span class="aside">${number(value.jobs)} active actions</span></h2>
        ${value.busiest.length === 0 ? html`<div class="empty"><b>Nothing is planned this week</b>${value.jobs ? 'Look at another week.' : html`<a href=${href(['actions'], { edit: 'new' })}>Create the first action</a>`}</div>` : html`<div class="scroll" tabindex="0" role="group" aria-label="Table"><table class="fits"><thead><tr><th>Minute</th><th class="num">Fires</th></tr></thead><tbody>
        ${value.busiest.map((one) => html`<tr><td><button class="link" onClick=${() => replaceQuery({ at: new Date(one.minute).toISOString() })}>${weekday(one.minute)} · ${time(one.minute).slice(0, 6)}</button></td><td class="num">${number(one.fires)}</td></tr>`)}</tbody></table></div>`}</section>
      <section class="panel"><h2>${query.at ? 'Who fires ' + weekday(query.at) : 'Who fires then'}</h2>${query.at ? html`<${Shares} at=${query.at} mayWrite=${rights.includes('write')}/>` : html`<div class="empty"><b>No minute is chosen</b>Click one in the map, or one of the busiest.</div>`}</section></div>`}`;
}
