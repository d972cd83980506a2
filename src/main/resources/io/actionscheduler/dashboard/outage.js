// The outage simulator: what would become of fires if the scheduler were down for a while.
import { html, useState, useLoad, replaceQuery, number, time, span, href } from './base.js';
import { get } from './api.js';

function local(date) {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60000);
  return shifted.toISOString().slice(0, 16);
}

export function Outage({ query }) {
  const tonight = new Date();
  tonight.setDate(tonight.getDate() + 1);
  tonight.setHours(3, 0, 0, 0);
  const from = query.from || local(tonight);
  const to = query.to || local(new Date(tonight.getTime() + 7200000));
  const valid = new Date(from) < new Date(to);
  const { value, error, loading } = useLoad(() => (valid ? get('/api/v1/plan/outage', { from: new Date(from).toISOString(), to: new Date(to).toISOString(), size: 100 }) : Promise.resolve(null)), [from, to]);
  return html`<div class="head"><div class="grow"><h1>Outage simulator</h1><div class="sub">If the scheduler is down in this period: what is delivered late, merged or expired, and how large the burst is at its end</div></div></div>
    <div class="bar"><label class="check">Down from <input type="datetime-local" value=${from} onChange=${(e) => replaceQuery({ from: e.target.value })}/></label>
      <label class="check">to <input type="datetime-local" value=${to} onChange=${(e) => replaceQuery({ to: e.target.value })}/></label>
      ${valid && html`<span class="dim">${span((new Date(to) - new Date(from)) / 1000)}</span>`}</div>
    ${!valid && html`<div class="note late">The end must be later than the beginning.</div>`}
    ${error && html`<div class="note bad">${error.message}</div>`}
    ${valid && !value && loading && html`<p class="loading" role="status">Working it out…</p>`}
    ${value && html`<div class="tiles">
        <div class="tile"><div class="n">${number(value.due)}</div><div class="l">fires fall due meanwhile</div></div>
        <div class="tile"><div class="n">${number(value.delivered)}</div><div class="l">delivered at the end: the burst</div></div>
        <div class="tile"><div class="n">${number(value.merged)}</div><div class="l">merged into these</div></div>
        <div class="tile"><div class="n">${number(value.expired)}</div><div class="l">expired, not delivered</div></div>
      </div>
      <section class="panel"><h2>By action <span class="aside">${number(value.jobs_concerned)} concerned${value.jobs.length < value.jobs_concerned ? ', the ' + number(value.jobs.length) + ' with most fires shown' : ''}</span></h2>
      ${value.jobs.length === 0 ? html`<div class="empty"><b>Nothing falls due in this period</b>Choose another one.</div>` : html`<div class="scroll" tabindex="0" role="group" aria-label="Table"><table class="fits"><thead><tr><th style=${{ width: '28%' }}>Action</th><th class="hide-phone">Rule for missed fires</th><th class="num" style=${{ width: '64px' }}>Due</th><th class="num" style=${{ width: '86px' }}>Delivered</th><th class="num" style=${{ width: '78px' }}>Merged</th><th class="num" style=${{ width: '78px' }}>Expired</th></tr></thead><tbody>
        ${value.jobs.map((one) => html`<tr><td><a class="name clip" href=${href(['actions', String(one.job_id)])}>${one.name || one.job_id}</a></td><td class="small dim hide-phone">${one.missed_fires}</td><td class="num">${number(one.due)}</td><td class="num">${number(one.delivered)}</td><td class="num">${number(one.merged)}</td><td class="num">${number(one.expired)}</td></tr>`)}</tbody></table></div>`}</section>`}`;
}
