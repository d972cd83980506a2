// Missed fires of the start that wait for an operator: deliver, merge or drop them, action by action or all together.
import { html, useState, useLoad, useEach, number, time, until, href, browserZone, Dialog } from './base.js';
import { get, post } from './api.js';
import { useReloadOn } from './live.js';
import { Missed } from './outage.js';

const CHOICES = [['deliver', 'Deliver', 'each of them is delivered, however old'], ['merge', 'Merge', 'the last one of each action is delivered, for all of them'], ['drop', 'Drop', 'none is delivered; the ledger has them as dropped'], ['rule', 'Follow the rows', 'each continues at once by the rule of its row']];
const DONE = { deliver: 'are delivered', merge: 'are merged', drop: 'are dropped', rule: 'continue by the rules of their rows' };

export function Backlog({ told, rights }) {
  const { value, error, loading, reload } = useLoad(() => get('/api/v1/backlog'), []);
  const [chosen, setChosen] = useState(new Set());
  const [asked, setAsked] = useState(null);
  const [busy, setBusy] = useState(false);
  const [now, setNow] = useState(Date.now());
  useEach(1000, () => setNow(Date.now()));
  useEach(5000, () => value && value.until && reload(), [value]);
  useReloadOn((type) => type === 'state', reload);
  const held = value && value.until;
  const rows = held ? value.jobs : [];
  const picked = rows.filter((one) => chosen.has(one.job_id));
  const fires = picked.length ? picked.reduce((all, one) => all + one.due, 0) : held ? value.due : 0;
  const decide = async (decision) => {
    setBusy(true);
    try {
      const done = await post('/api/v1/backlog', picked.length ? { decision, job_ids: [...chosen] } : { decision, all: true });
      told(number(done.fires) + ' missed fires of ' + number(done.jobs) + (done.jobs === 1 ? ' action ' : ' actions ') + DONE[decision] + '.');
      setChosen(new Set());
    } catch (e) {
      told(e.message, true);
    }
    setBusy(false);
    setAsked(null);
    reload();
  };
  const choose = rights.includes('run') && { chosen, toggle: (id) => setChosen((old) => { const next = new Set(old); if (!next.delete(id)) next.add(id); return next; }), all: () => setChosen(chosen.size === rows.length ? new Set() : new Set(rows.map((one) => one.job_id))) };
  const question = CHOICES.find(([word]) => word === asked);
  return html`<div class="head"><div class="grow"><h1>Held backlog</h1><div class="sub">Fires that the latest start found missed, before they are delivered · times in ${browserZone()}</div></div></div>
    ${error && html`<div class="note bad">${error.message}</div>`}
    ${!value && loading && html`<p class="loading" role="status">Loading…</p>`}
    ${value && !held && html`<section class="panel"><div class="empty"><b>Nothing is held</b>With <code>hold_backlog: 10m</code> in the settings, what a start finds missed waits here for ten minutes. What a downtime would do is in the <a href=${href(['outage'])}>outage simulator</a>.</div></section>`}
    ${held && html`<div class="note late" role="status">Held until <b class="count">${time(value.until)}</b> (${until(value.until, now)}). Without a decision by then, they continue by the rules of their rows. Actions without missed fires fire as ever; those below wait, so that their fires keep their order.</div>
      <${Missed} value=${value} words=${['missed fires are held', 'would be delivered by their rows: the burst', 'would merge into later ones', 'would expire']} choose=${choose || undefined}/>
      ${choose && html`<div class="bar sticky"><span class="dim">${picked.length ? number(picked.length) + ' chosen, ' : 'All, '}${number(fires)} fires:</span>
        ${CHOICES.map(([word, label, meaning]) => html`<button class=${word === 'drop' ? 'danger' : word === 'deliver' ? 'primary' : ''} title=${meaning} disabled=${busy} onClick=${() => setAsked(word)}>${label}</button>`)}</div>`}`}
    ${question && html`<${Dialog} label=${question[1]} kind="narrow" close=${() => setAsked(null)}><h2 class="title">${question[1]}: ${number(fires)} missed fires of ${picked.length ? number(picked.length) : 'all ' + number(value.jobs_concerned)} ${(picked.length || value.jobs_concerned) === 1 ? 'action' : 'actions'}?</h2>
      <p>${question[2][0].toUpperCase() + question[2].slice(1)}. This cannot be taken back.</p>
      <div class="end"><button onClick=${() => setAsked(null)} disabled=${busy}>Cancel</button><button class=${asked === 'drop' ? 'danger' : 'primary'} disabled=${busy} autofocus onClick=${() => decide(asked)}>${question[1]}</button></div></${Dialog}>`}`;
}
