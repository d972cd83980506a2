// Past fires, filtered and paged, and their export.
import { html, useState, useLoad, replaceQuery, browserZone, time, span, number, href, useEffect, Typed } from './base.js';
import { get, base } from './api.js';
import { Outcome, outcomeOf, OUTCOMES } from './words.js';

const STATUSES = ['success', 'failed', 'expired', 'merged', 'skipped', 'dropped', 'excluded', 'superseded', 'retrying', 'running'];
const CAUSES = { schedule: 'on schedule', catch_up: 'caught up', manual: 'by hand', backfill: 'backfill' };

/** The rows of runs, each opens to its output. */
export function Runs({ runs, withName }) {
  const [open, setOpen] = useState(null);
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Table"><table class="runs"><thead><tr><th class="what">Outcome</th>${withName && html`<th>Action</th>`}<th class="when">Scheduled</th><th class="num late">Late</th><th class="num hide-phone" style=${{ width: '82px' }}>Took</th><th class="hide-phone" style=${{ width: withName ? '13%' : undefined }}>Callback</th><th class="hide-phone" style=${{ width: '138px' }}>Cause</th></tr></thead>
    <tbody>${runs.map((run, i) => {
      const key = run.id === null || run.id === undefined ? 'r' + run.fire_id : run.id;
      return html`<tr key=${key}><td><button class="link" aria-expanded=${open === key} onClick=${() => setOpen(open === key ? null : key)}><${Outcome} outcome=${outcomeOf(run)}/></button></td>
        ${withName && html`<td><a class="name clip" href=${href(['actions', String(run.job_id)])}>${run.job_name || run.job_id}</a></td>`}
        <td class="count at">${time(run.scheduled_at)}${run.fires > 1 ? html` <span class="dim">${number(run.fires)} fires</span>` : ''}</td>
        <td class="num">${span(run.lateness)}</td><td class="num hide-phone">${span(run.duration)}</td><td class="hide-phone"><span class="clip">${run.callback}</span></td><td class="hide-phone nowrap">${CAUSES[run.cause] || run.cause}</td></tr>
        ${open === key && html`<tr key=${key + 'o'}><td colspan=${withName ? 7 : 6}><${RunDetail} run=${run}/></td></tr>`}`;
    })}</tbody></table></div>`;
}

function RunDetail({ run }) {
  return html`<dl class="pair small"><dt>Fire</dt><dd class="mono">${run.fire_id}</dd><dt>Started</dt><dd>${time(run.started_at)}</dd><dt>Finished</dt><dd>${time(run.finished_at)}</dd>
    <dt>Attempts</dt><dd>${number(run.started_at ? run.retry_count + 1 : 0)}</dd>
    ${run.missed_count > 0 && html`<dt>Merged</dt><dd>${number(run.missed_count)} missed fires</dd>`}
    ${run.error && html`<dt>Error</dt><dd class="error">${run.error}</dd>`}</dl>
    ${run.logs ? html`<h2 style=${{ marginTop: '10px' }}>Output</h2><pre class="note">${run.logs}</pre>` : html`<p class="dim small">It wrote no output.</p>`}`;
}

function instant(local) {
  return local ? new Date(local).toISOString() : '';
}

export function History({ query }) {
  const filter = { status: query.status, cause: query.cause, job_id: query.job_id, from: instant(query.from), to: instant(query.to) };
  const [pages, setPages] = useState([]);
  const cursor = query.cursor || '';
  const { value, error, loading, reload } = useLoad(() => get('/api/v1/runs', { ...filter, size: 50, cursor }), [JSON.stringify(filter), cursor]);
  useEffect(() => { if (!cursor) setPages([]); }, [cursor]);
  const filtered = Object.values(filter).some(Boolean) || cursor;
  const set = (changes) => replaceQuery({ ...changes, cursor: '' });
  const file = (format) => base + '/api/v1/export/runs?' + new URLSearchParams(Object.entries({ ...filter, format }).filter(([, one]) => one));
  return html`<div class="head"><div class="grow"><h1>History</h1><div class="sub">Past fires and what became of them, the latest first · times in ${browserZone()}</div></div>
      <div class="do"><a class="button" href=${file('csv')} download="history.csv">Export CSV</a><a class="button" href=${file('jsonl')} download="history.jsonl">Export JSON lines</a></div></div>
    <div class="bar">
      <label class="visually-hidden" for="h-status">Outcome</label>
      <select id="h-status" value=${query.status || ''} onChange=${(e) => set({ status: e.target.value })}><option value="">Any outcome</option>${STATUSES.map((s) => html`<option value=${s}>${(OUTCOMES[s] || {}).word}</option>`)}</select>
      <label class="visually-hidden" for="h-cause">Cause</label>
      <select id="h-cause" value=${query.cause || ''} onChange=${(e) => set({ cause: e.target.value })}><option value="">Any cause</option>${Object.entries(CAUSES).map(([k, v]) => html`<option value=${k}>${v}</option>`)}</select>
      <label class="visually-hidden" for="h-job">Action id</label>
      <${Typed} id="h-job" placeholder="Action id" value=${query.job_id || ''} set=${(text) => set({ job_id: text })} size="7"/>
      <label class="check small dim">from <input type="datetime-local" value=${query.from || ''} onChange=${(e) => set({ from: e.target.value })}/></label>
      <label class="check small dim">to <input type="datetime-local" value=${query.to || ''} onChange=${(e) => set({ to: e.target.value })}/></label>
      <button class="push" onClick=${reload}>Refresh</button>
    </div>
    <section class="panel">
      ${error && html`<div class="note bad">${error.message}</div>`}
      ${value && value.runs.length === 0 && html`<div class="empty"><b>${filtered ? 'No fire matches' : 'Nothing has fired yet'}</b>${filtered ? html`Choose another outcome or a longer period. History is kept as long as <code>history.keep</code> says.` : html`Past fires are listed here; “Fire now” of an <a href=${href(['actions'])}>action</a> makes one.`}</div>`}
      ${value && value.runs.length > 0 && html`<${Runs} runs=${value.runs} withName=${true}/>`}
      ${!value && loading && html`<p class="loading" role="status">Loading…</p>`}
    </section>
    ${value && html`<div class="bar"><span class="dim small">${value.total_is_exact === false ? number(value.total) + '+' : number(value.total)} records</span>
      <button class="push" disabled=${!cursor} onClick=${() => { const back = pages.slice(0, -1); setPages(back); replaceQuery({ cursor: back[back.length - 1] || '' }); }}>Newer</button>
      <button disabled=${!value.next_cursor} onClick=${() => { setPages([...pages, value.next_cursor]); replaceQuery({ cursor: value.next_cursor }); }}>Older</button></div>`}`;
}
