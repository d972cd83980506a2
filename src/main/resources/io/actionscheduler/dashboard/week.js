// The week map: planned fires of each minute of a week, the busiest minutes, and the actions in them.
import { html, useEffect, useMemo, useRef, useState, useLoad, replaceQuery, number, time, weekday, href, browserZone, localTime } from './base.js';
import { call, get, job as path } from './api.js';
import { scheduleText } from './words.js';
import { Figures } from './charts.js';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const ROW = 30;
const DAY = 1440;

/** The place of each minute in the map, by the clock of this browser: where it is set back, an hour has two minutes in each place, where it is set forward, an hour has none. */
function places(begin, length) {
  const cells = Array.from({ length: 7 * DAY }, () => []);
  const from = Date.parse(begin);
  for (let i = 0; i < length; i += 15) { // clocks change at whole quarters
    const at = new Date(from + i * 60000);
    const first = ((at.getDay() + 6) % 7) * DAY + at.getHours() * 60 + at.getMinutes();
    for (let k = 0; k < 15 && first + k < cells.length; k++) cells[first + k].push(i + k);
  }
  return cells;
}

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
  const cells = useMemo(() => places(begin, fires.length), [begin, fires]);
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
      const shown = cells.map((minutes) => minutes.reduce((busiest, i) => Math.max(busiest, fires[i] || 0), 0));
      for (let day = 0; day < 7; day++) {
        for (let x = 0; x < width; x++) {
          const from = Math.floor((x * 1440) / width);
          const to = Math.max(from + 1, Math.ceil(((x + 1) * 1440) / width));
          let busiest = 0; // a pixel shows the busiest of its minutes: no peak may be lost
          for (let minute = from; minute < to; minute++) busiest = Math.max(busiest, shown[day * DAY + minute]);
          const share = busiest === 0 ? 0 : 0.14 + 0.86 * ((busiest - least) / (most - least || 1)) ** 0.6;
          for (let k = 0; k < ROW - 3; k++) {
            const at = ((day * ROW + k) * width + x) * 4;
            for (let c = 0; c < 3; c++) image.data[at + c] = low[c] + (high[c] - low[c]) * share;
            image.data[at + 3] = 255;
          }
        }
      }
      context.putImageData(image, 0, 0);
      const place = chosen === null ? -1 : cells.findIndex((minutes) => minutes.includes(chosen));
      if (place >= 0) {
        context.strokeStyle = style.getPropertyValue('--bad').trim();
        context.lineWidth = 3;
        context.strokeRect(((place % DAY) * width) / DAY - 4, Math.floor(place / DAY) * ROW - 1, 9, ROW - 1);
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
    const [first] = cells[Math.min(6, Math.max(0, Math.floor(((event.clientY - box.top) / box.height) * 7))) * DAY + minute];
    return first === undefined ? null : first; // the clock leaves this minute out
  };
  const pick = (i, dragged) => i !== null && choose(i, dragged);
  const at = (i) => new Date(Date.parse(begin) + i * 60000).toISOString();
  return html`<div><div class="heatgrid"><span></span><div class="hours"><span>00</span><span>04</span><span>08</span><span>12</span><span>16</span><span>20</span><span>24</span></div>
      <div style=${{ display: 'grid', gridTemplateRows: 'repeat(7, 1fr)', height: '100%', alignItems: 'center' }}>${DAYS.map((day) => html`<span>${day}</span>`)}</div>
      <canvas class="heat" ref=${canvas} width="960" height=${7 * ROW} style=${{ height: 7 * ROW + 'px' }} role="img" aria-label="Planned fires by minute of the week; the busiest minutes are listed below"
        onMouseMove=${(e) => setTip(index(e))} onMouseLeave=${() => setTip(null)} onClick=${(e) => pick(index(e))}
        onDragOver=${(e) => { e.preventDefault(); setTip(index(e)); }} onDrop=${(e) => { e.preventDefault(); pick(index(e), e.dataTransfer.getData('text/plain')); }}></canvas></div>
    <p class="small dim" style=${{ margin: '8px 0 0', minHeight: '1.5em' }}>${tip === null ? 'Point at a minute to see it, click to see who fires in it. Drag an action of the list onto another minute to see the new peak.' : html`${weekday(at(tip))}: <b class="count">${number(fires[tip])}</b> fires`}</p>
    <${Figures} caption="The same as a table: fires of each hour" heads=${['Hour', ...DAYS]}
      rows=${() => Array.from({ length: 24 }, (_, hour) => [String(hour).padStart(2, '0'), ...DAYS.map((_, day) => number(cells.slice(day * DAY + hour * 60, day * DAY + hour * 60 + 60).flat().reduce((sum, i) => sum + (fires[i] || 0), 0)))])}/></div>`;
}

/** A crontab line moved to another minute: of the day where it names one hour, else of its hours; null where that is not possible. */
export function moved(expression, date) {
  if (typeof expression !== 'string') return null;
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== 5 || !/^\d+$/.test(fields[0])) return null;
  return [date.getMinutes(), /^\d+$/.test(fields[1]) ? date.getHours() : fields[1], ...fields.slice(2)].join(' ');
}

function Shares({ at, move, mayWrite }) {
  const { value, error } = useLoad(() => get('/api/v1/plan/minute', { at }), [at]);
  if (error) return html`<div class="note bad">${error.message}</div>`;
  if (!value) return html`<p class="dim">Loading…</p>`;
  if (!value.jobs.length) return html`<div class="empty"><b>Nothing fires in this minute</b></div>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Table"><table class="fits"><thead><tr><th>Action</th><th>Schedule</th><th class="num" style=${{ width: '72px' }}>Fires</th>${mayWrite && html`<th style=${{ width: '92px' }}><span class="visually-hidden">Do</span></th>`}</tr></thead><tbody>
    ${value.jobs.map((one) => html`<tr draggable=${mayWrite} onDragStart=${(e) => e.dataTransfer.setData('text/plain', String(one.job_id))}><td><a class="name clip" href=${href(['actions', String(one.job_id)])}>${one.name || one.job_id}</a></td><td><span class="mono clip">${scheduleText(one.schedule_expr)}</span></td><td class="num">${number(one.fires)}</td>${mayWrite && html`<td class="num"><button class="link" onClick=${() => move(String(one.job_id))}>Move…</button></td>`}</tr>`)}
  </tbody></table></div>${value.jobs.length === 200 && html`<p class="small dim">The first 200 of more.</p>`}`;
}

/** What moving an action to another minute would do, by the API's dry run. The minute can be typed, too. */
function Move({ move, fires, to, cancel, told, done }) {
  const [preview, setPreview] = useState(null);
  const [error, setError] = useState(null);
  const [expression, setExpression] = useState(null);
  useEffect(() => {
    call('GET', path(move.id)).then(({ value }) => {
      const zone = value.timezone;
      const local = new Date(new Date(move.at).toLocaleString('en-US', { timeZone: zone }));
      const next = moved(value.schedule_expr, local);
      if (!next) { setError('This schedule has no single minute to move: ' + scheduleText(value.schedule_expr) + '. Change it in the editor.'); return null; }
      setError(null);
      setExpression(next);
      return call('PATCH', path(move.id), { body: { schedule_expr: next }, query: { dry_run: 'true' } }).then((answer) => setPreview(answer.value.preview));
    }).catch((e) => setError(e.message));
  }, [move.id, move.at]);
  const save = () => call('PATCH', path(move.id), { body: { schedule_expr: expression } }).then(() => { told('Action ' + move.id + ' is moved.'); done(); }, (e) => setError(e.message));
  const busiest = preview && preview.busiest_minute;
  const clockOf = new Date(move.at);
  const typed = (event) => {
    const [hour, minute] = event.target.value.split(':').map(Number);
    const at = new Date(move.at);
    if (Number.isFinite(hour) && Number.isFinite(minute)) { at.setHours(hour, minute, 0, 0); to(at.toISOString()); }
  };
  return html`<div class="note" role="region" aria-label="Move an action"><p><label class="check"><b>Move action ${move.id} to</b> <input type="time" value=${String(clockOf.getHours()).padStart(2, '0') + ':' + String(clockOf.getMinutes()).padStart(2, '0')} onChange=${typed}/></label> <span class="dim">${weekday(move.at).slice(0, 3)}, ${browserZone()}</span></p>
    ${error && html`<p class="error">${error}</p>`}
    ${!error && !preview && html`<p>Working out the new peak…</p>`}
    ${preview && !error && html`<p>With <code>${expression}</code> this minute has <b>${number(fires + 1)}</b> ${fires ? 'fires' : 'fire'} instead of ${number(fires)}, and the busiest minute ${busiest && busiest.after ? html`has <b>${number(busiest.after.fires)}</b> fires (${time(busiest.after.begin)}), before ${number(busiest.before ? busiest.before.fires : 0)}` : 'is empty'}.</p>`}
    <button onClick=${cancel}>Cancel</button> ${preview && !error && html`<button class="primary" onClick=${save}>Move it</button>`}</div>`;
}

export function Week({ query, told, rights }) {
  const { value, error, reload } = useLoad(() => get('/api/v1/plan/week', { day: query.day, timezone: browserZone() }), [query.day]);
  const [move, setMove] = useState(null);
  const most = useMemo(() => (value ? value.fires.reduce((a, b) => Math.max(a, b), 0) : 0), [value]);
  const chosen = query.at && value ? Math.floor((Date.parse(query.at) - Date.parse(value.begin)) / 60000) : null;
  const shift = (days) => {
    const base = new Date((query.day || new Date().toISOString().slice(0, 10)) + 'T12:00:00Z');
    base.setUTCDate(base.getUTCDate() + days);
    replaceQuery({ day: base.toISOString().slice(0, 10), at: '' });
  };
  return html`<div class="head"><div class="grow"><h1>Week</h1><div class="sub">${value ? 'Planned fires by minute, week of ' + time(value.begin).slice(0, 11) + ', ' + value.timezone : '\u00a0'}</div></div>
      <div class="do"><button onClick=${() => shift(-7)}>Previous week</button><button onClick=${() => replaceQuery({ day: '', at: '' })}>This week</button><button onClick=${() => shift(7)}>Next week</button></div></div>
    ${error && html`<div class="note bad">${error.message}</div>`}
    ${!value && !error && html`<p class="loading" role="status">Loading…</p>`}
    ${value && html`<section class="panel"><${Heat} fires=${value.fires} most=${most} begin=${value.begin} chosen=${chosen}
      choose=${(i, dragged) => { const at = new Date(Date.parse(value.begin) + i * 60000).toISOString(); if (dragged) setMove({ id: dragged, at }); else replaceQuery({ at }); }}/></section>
    ${value.schedules_left_out > 0 && html`<div class="note late" role="status">${number(value.schedules_left_out)} ${value.schedules_left_out === 1 ? 'schedule' : 'schedules'} of ${number(value.jobs_left_out)} ${value.jobs_left_out === 1 ? 'action is' : 'actions are'} not counted here: their fires take too long to work out.</div>`}
    ${move && html`<${Move} move=${move} fires=${value.fires[Math.floor((Date.parse(move.at) - Date.parse(value.begin)) / 60000)] || 0} to=${(at) => setMove({ ...move, at })} cancel=${() => setMove(null)} told=${told} done=${() => { setMove(null); reload(); }}/>`}
    <div class="columns"><section class="panel"><h2>Busiest minutes <span class="aside">${number(value.jobs)} active actions</span></h2>
        ${value.busiest.length === 0 ? html`<div class="empty"><b>Nothing is planned this week</b>${value.jobs ? 'Look at another week.' : html`<a href=${href(['actions'], { edit: 'new' })}>Create the first action</a>`}</div>` : html`<div class="scroll" tabindex="0" role="group" aria-label="Table"><table class="fits"><thead><tr><th>Minute</th><th class="num">Fires</th></tr></thead><tbody>
        ${value.busiest.map((one) => html`<tr><td><button class="link" onClick=${() => replaceQuery({ at: new Date(one.minute).toISOString() })}>${weekday(one.minute)} · ${time(one.minute).slice(0, 6)}</button></td><td class="num">${number(one.fires)}</td></tr>`)}</tbody></table></div>`}</section>
      <section class="panel"><h2>${query.at ? 'Fires ' + weekday(query.at) + ' · ' + time(query.at).slice(0, 6) : 'Who fires then'} <label class="aside"><span class="visually-hidden">Minute</span><input type="datetime-local" value=${query.at ? localTime(query.at).slice(0, 16) : ''} onChange=${(e) => e.target.value && replaceQuery({ at: new Date(e.target.value).toISOString() })}/></label></h2>${query.at ? html`<${Shares} at=${query.at} mayWrite=${rights.includes('write')} move=${(id) => setMove({ id, at: new Date(query.at).toISOString() })}/>` : html`<div class="empty"><b>No minute is chosen</b>Click one in the map, or one of the busiest; or type it.</div>`}</section></div>`}`;
}
