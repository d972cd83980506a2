// The first page: whether everything fired, in one sentence, and if not, what is wrong.
import { html, useState, useEach, number, clock, time, span, until, href, browserZone } from './base.js';
import { get } from './api.js';
import { useReloadOn } from './live.js';
import { Chart, Figures } from './charts.js';
import { Mark } from './words.js';

const PROBLEMS = {
  shards_without_owner: 'Cluster', backlog_held: 'Backlog held', callback_unavailable: 'Target unavailable', source_unavailable: 'Source unavailable', store_failing: 'Store',
  rejected: 'Row rejected', failing: 'Failing', engine: 'Engine', lost: 'Lost', late: 'Late', overdue: 'Overdue', zone_data: 'Time zone data',
};

const MILD = ['backlog_held', 'late', 'zone_data'];

function sum(fires) {
  return Object.values(fires || {}).reduce((a, b) => a + b, 0);
}

/** The state of everything, in one sentence. */
export function sentence(all) {
  const done = all.since_start || {};
  const engine = all.engine || { waiting: 0 };
  const parts = [number(done.success || 0) + ' delivered', number(done.merged || 0) + ' merged'];
  for (const other of ['failed', 'expired', 'skipped', 'dropped']) {
    if (done[other]) parts.push(number(done[other]) + ' ' + other);
  }
  const verified = all.verified;
  parts.push(verified ? number(verified.counts.lost) + ' lost (verified ' + clock(verified.at).slice(0, 5) + ')' : 'not verified yet');
  if (all.engine && all.engine.actions === 0) return 'There are no actions yet: nothing is due';
  const begin = !all.engine ? 'The engine does not answer: '
    : engine.held ? number(engine.held) + (engine.held === 1 ? ' action has' : ' actions have') + ' missed fires that wait for a decision: '
    : engine.waiting ? number(engine.waiting) + (engine.waiting === 1 ? ' action waits with a fire that is due: ' : ' actions wait with fires that are due: ')
    : 'Everything due until ' + clock(all.now) + ' is accounted for: ';
  return begin + parts.join(', ');
}

function Countdown({ next, none, pages }) {
  const [now, setNow] = useState(Date.now());
  useEach(1000, () => setNow(Date.now()));
  if (!next.length && !pages) return html`<div class="empty"><b>No action of this process fires any more</b></div>`;
  if (!next.length) {
    return html`<div class="empty"><b>${none ? 'Nothing fires yet' : 'Nothing fires any more'}</b>${none ? html`<a href=${href(['actions'], { edit: 'new' })}>Create the first action</a>` : html`Add an action, or enable one: <a href=${href(['actions'])}>Actions</a>`}</div>`;
  }
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Table"><table class="fits"><thead><tr><th>Action</th><th class="num" style=${{ width: '104px' }}>At</th><th class="num" style=${{ width: '124px' }}>Due</th></tr></thead>
    <tbody>${next.map((one) => html`<tr><td>${pages ? html`<a class="name clip" href=${href(['actions', String(one.job_id)])}>${one.name || one.job_id}</a>` : html`<span class="name clip">${one.name || one.job_id}</span>`}</td>
    <td class="num">${clock(one.at)}</td><td class="num nowrap">${until(one.at, now)}</td></tr>`)}</tbody></table></div>`;
}

function Problem({ one, pages }) {
  const [link, word] = !pages ? [] : one.job_id !== undefined ? [href(['actions', String(one.job_id)]), 'show'] : one.kind === 'backlog_held' ? [href(['backlog']), 'decide'] : one.callback ? [href(['actions'], { callback: one.callback }), 'its actions'] : [];
  const mild = MILD.includes(one.kind);
  return html`<li class=${mild ? 'mild' : ''}><${Mark} outcome=${mild ? 'retrying' : 'failed'} title=${mild ? 'look at this' : 'wrong'}/><div class="grow"><span class="what">${PROBLEMS[one.kind] || one.kind}</span>${' '}
    ${one.message}${one.since ? html` <span class="dim">since ${time(one.since)}</span>` : ''}${one.until ? html` <span class="dim">until ${time(one.until)}</span>` : ''}${link ? html` <a href=${link}>${word}</a>` : ''}</div></li>`;
}

const MOST = 5; // of one kind
const REST = {
  rejected: (one) => href(['actions'], { status: 'rejected', source: one.source === 'table' ? '' : one.source }),
  failing: () => href(['history'], { status: 'failed' }),
};

/** All problems, of each kind the first few, and how many more there are. */
function Problems({ problems, pages }) {
  const kinds = [...new Set(problems.map((one) => one.kind))].map((kind) => problems.filter((one) => one.kind === kind));
  return html`<ul class="problems">${kinds.map((all) => html`${all.slice(0, MOST).map((one) => html`<${Problem} one=${one} pages=${pages}/>`)}
    ${all.length > MOST && html`<li class="more">and ${number(all.length - MOST)} more of this kind${pages && REST[all[0].kind] ? html`: <a href=${REST[all[0].kind](all[0])}>show all</a>` : ''}</li>`}`)}</ul>`;
}

/** The processes that share the actions, and their shards. */
function Cluster({ cluster }) {
  return html`<section class="panel"><h2>Cluster ${cluster.name} <span class="aside">${cluster.last_taken ? 'latest takeover of a shard ' + time(cluster.last_taken) : 'no shard was taken yet'}</span></h2>
    <p class="dim small">All other numbers of this page are those of the process that answers: each process has its own part of the actions.</p>
    <div class="scroll" tabindex="0" role="group" aria-label="Table"><table class="fits"><thead><tr><th>Process</th><th class="num" style=${{ width: '88px' }}>Shards</th><th class="num" style=${{ width: '190px' }}>Since</th><th style=${{ width: '104px' }}>State</th></tr></thead><tbody>
      ${cluster.members.map((one) => html`<tr><td class="name">${one.host}, pid ${one.pid}</td><td class="num">${number(one.shards)}</td><td class="num nowrap">${time(one.since)}</td>
        <td>${one.alive ? html`<span class="tag good">alive</span>` : html`<span class="tag bad">ended</span>`}</td></tr>`)}</tbody></table></div>
    <${Figures} caption="Each shard" heads=${['Shard', 'Process', 'Token', 'Since']}
      rows=${() => cluster.shards.map((one) => [one.shard, owner(cluster, one), number(one.token), time(one.since)])}/>
  </section>`;
}

function owner(cluster, shard) {
  const member = cluster.members.find((one) => one.member === shard.member);
  return member ? member.host + ', pid ' + member.pid : 'none';
}

/** @param pages whether the view of an action is there: not in a cluster, where a process knows only its own part */
export function Overview({ pages }) {
  const [all, setAll] = useState(null);
  const [error, setError] = useState(null);
  const load = () => get('/api/v1/overview').then((value) => { setAll(value); setError(null); }, setError);
  useEach(3000, load);
  useReloadOn(() => true, load, 500);
  if (!all) return error ? html`<div class="note bad">${error.message}</div>` : html`<p class="loading" role="status">Loading…</p>`;
  const engine = all.engine || {};
  const problems = all.problems || [];
  const mild = problems.every((one) => MILD.includes(one.kind));
  const well = problems.length === 0 && !(all.verified && !all.verified.good);
  const minutes = all.minutes || [];
  const times = minutes.map((one) => Date.parse(one.at) / 1000);
  const value = (one, key) => (one[key] === undefined ? null : one[key]);
  return html`
    <div class="head"><div class="grow"><h1>Overview</h1><div class="sub">${all.environment} · version ${all.version} · times in ${browserZone()}</div></div></div>
    ${error && html`<div class="note bad">${error.message}</div>`}
    <section class=${'panel state ' + (well ? '' : mild ? 'late' : 'bad')} aria-live="polite">
      <p class="sentence">${sentence(all)}</p>
      ${problems.length > 0 && html`<${Problems} problems=${problems} pages=${pages}/>`}
      ${well && html`<p class="dim small" style=${{ margin: '6px 0 0' }}>Nothing is wrong: all targets and sources are available, no action fails, no row is rejected.</p>`}
    </section>
    <div class="tiles">
      <div class="tile"><div class="n">${number(engine.actions)}</div><div class="l">actions</div></div>
      <div class="tile"><div class="n">${number(engine.schedules)}</div><div class="l">schedules</div></div>
      <div class="tile"><div class="n">${number(minutes.length ? sum(minutes[minutes.length - 1].fires) : 0)}</div><div class="l">fires this minute</div></div>
      <div class="tile"><div class="n">${number(engine.running)}</div><div class="l">in flight</div></div>
      <div class="tile"><div class="n">${number(engine.retrying)}</div><div class="l">in retry</div></div>
      <div class="tile"><div class="n">${number(engine.waiting)}</div><div class="l">actions waiting</div></div>
      <div class="tile"><div class="n">${number(engine.unrecorded)}</div><div class="l">not yet on disk</div></div>
    </div>
    ${all.cluster && html`<${Cluster} cluster=${all.cluster}/>`}
    <div class="columns">
      <section class="panel"><h2>Fires per minute <span class="aside">last hour</span></h2>
        <${Chart} label="Fires per minute in the last hour" times=${times} whole=${true} unit=${(v) => number(Math.round(v))}
          series=${[
            { label: 'delivered', colour: '--accent', bars: true, values: minutes.map((m) => m.fires.success || 0) },
            { label: 'failed', colour: '--bad', bars: true, values: minutes.map((m) => m.fires.failed || 0) }]}/>
        <${Figures} caption="The same as a table" heads=${['Minute', 'Delivered', 'Failed', 'Merged', 'Expired']}
          rows=${() => minutes.slice().reverse().map((m) => [clock(m.at), number(m.fires.success || 0), number(m.fires.failed || 0), number(m.fires.merged || 0), number(m.fires.expired || 0)])}/>
      </section>
      <section class="panel"><h2>Lateness <span class="aside">from the scheduled time to the start</span></h2>
        <${Chart} label="Lateness of fires in the last hour, median and 99th percentile" times=${times} unit=${span}
          series=${[
            { label: 'p50', colour: '--accent', values: minutes.map((m) => value(m, 'lateness_p50')) },
            { label: 'p99', colour: '--late', values: minutes.map((m) => value(m, 'lateness_p99')) }]}/>
        <${Figures} caption="The same as a table" heads=${['Minute', 'p50', 'p99']}
          rows=${() => minutes.slice().reverse().map((m) => [clock(m.at), span(m.lateness_p50), span(m.lateness_p99)])}/>
      </section>
    </div>
    <div class="columns">
      <section class="panel"><h2>Next fires <span class="aside">${browserZone()}</span></h2><${Countdown} next=${all.next || []} none=${engine.actions === 0} pages=${pages}/></section>
      <section class="panel"><h2>Sources</h2>
        ${(all.sources || []).length === 0 ? html`<div class="empty"><b>No source has been read yet</b></div>` : html`
        <div class="scroll" tabindex="0" role="group" aria-label="Table"><table class="fits"><thead><tr><th>Source</th><th class="num" style=${{ width: '88px' }}>Actions</th><th class="num" style=${{ width: '92px' }}>Rejected</th><th style=${{ width: '128px' }}>State</th></tr></thead><tbody>
        ${all.sources.map((one) => html`<tr><td class="name">${one.name}</td><td class="num">${number(one.actions)}</td><td class="num">${number(one.rejected)}</td>
          <td>${one.unavailable_since ? html`<span class="tag bad">unavailable</span>` : html`<span class="tag good">available</span>`}</td></tr>`)}</tbody></table></div>`}
      </section>
    </div>`;
}
