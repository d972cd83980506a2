// The outage simulator: what would happen to fires if the scheduler were down for a while.
import { html, useLoad, replaceQuery, number, time, span, href, browserZone, localTime } from './base.js';
import { get } from './api.js';

const local = (date) => localTime(date).slice(0, 16);

/** Missed fires by action, and what happens to them. `choose` has the chosen rows, where rows can be chosen. */
export function Missed({ value, words, choose }) {
  const kinds = ['due', 'delivered', 'merged', 'expired'];
  return html`<div class="tiles">${kinds.map((kind, i) => html`<div class="tile"><div class="n">${number(value[kind])}</div><div class="l">${words[i]}</div></div>`)}</div>
    <section class="panel"><h2>By action <span class="aside">${number(value.jobs_concerned)} concerned${value.jobs.length < value.jobs_concerned ? ', the ' + number(value.jobs.length) + ' with most fires shown' : ''}</span></h2>
    ${value.jobs.length === 0 ? html`<div class="empty"><b>Nothing falls due in this period</b>Choose another one.</div>` : html`<div class="scroll" tabindex="0" role="group" aria-label="Table"><table class=${'fits cards missed' + (choose ? ' pick' : '')}><thead><tr>
      ${choose && html`<th style=${{ width: '46px' }}><input type="checkbox" aria-label="Choose all" checked=${choose.chosen.size === value.jobs.length} onChange=${choose.all}/></th>`}<th>Action</th>${choose && html`<th class="hide-phone" style=${{ width: '196px' }}>Missed</th>`}<th class="num" style=${{ width: '78px' }}>Due</th><th class="num" style=${{ width: '94px' }}>Delivered</th><th class="num" style=${{ width: '84px' }}>Merged</th><th class="num" style=${{ width: '98px' }}>Expired</th></tr></thead><tbody>
      ${value.jobs.map((one) => html`<tr class=${choose && choose.chosen.has(one.job_id) ? 'chosen' : ''}>${choose && html`<td class="choice"><input type="checkbox" aria-label=${'Choose ' + (one.name || one.job_id)} checked=${choose.chosen.has(one.job_id)} onChange=${() => choose.toggle(one.job_id)}/></td>`}
        <td class="action"><a class="name clip" href=${href(['actions', String(one.job_id)])}>${one.name || one.job_id}</a><span class="small dim hide-phone">${one.callback ? 'at ' + one.callback + ' · ' : ''}${one.missed_fires}</span></td>${choose && html`<td class="small count hide-phone nowrap">${time(one.first)}${one.due > 1 ? html`<br/><span class="dim">to ${time(one.last)}</span>` : ''}</td>`}${kinds.map((kind) => html`<td class="num" data-of=${kind}>${number(one[kind])}</td>`)}</tr>`)}</tbody></table></div>`}</section>`;
}

export function Outage({ query }) {
  const tonight = new Date();
  tonight.setDate(tonight.getDate() + 1);
  tonight.setHours(3, 0, 0, 0);
  const from = query.from || local(tonight);
  const to = query.to || local(new Date(tonight.getTime() + 7200000));
  const valid = new Date(from) < new Date(to);
  const { value, error, loading } = useLoad(() => (valid ? get('/api/v1/plan/outage', { from: new Date(from).toISOString(), to: new Date(to).toISOString(), size: 100 }) : Promise.resolve(null)), [from, to]);
  return html`<div class="head"><div class="grow"><h1>Outage simulator</h1><div class="sub">If the scheduler is down in this period: what is delivered late, merged or expired, and how large the burst is at its end · times in ${browserZone()}</div></div></div>
    <div class="bar"><label class="check">Down from <input type="datetime-local" value=${from} onChange=${(e) => replaceQuery({ from: e.target.value })}/></label>
      <label class="check">to <input type="datetime-local" value=${to} onChange=${(e) => replaceQuery({ to: e.target.value })}/></label>
      ${valid && html`<span class="dim">${span((new Date(to) - new Date(from)) / 1000)}</span>`}</div>
    ${!valid && html`<div class="note late">The end must be later than the beginning.</div>`}
    ${error && html`<div class="note bad">${error.message}</div>`}
    ${valid && !value && loading && html`<p class="loading" role="status">Working it out…</p>`}
    ${value && html`<${Missed} value=${value} words=${['fires fall due meanwhile', 'delivered at the end: the burst', 'merged into later ones', 'expired, not delivered']}/>`}
    <p class="dim small">For the fires that a real downtime left, set <code>hold_backlog</code>: they wait for a decision in the <a href=${href(['backlog'])}>held backlog</a>.</p>`;
}
