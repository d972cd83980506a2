// One action: past and planned fires in one view, its runs, why not, who edited.
import { html, useState, useLoad, useEach, replaceQuery, number, time, span, until, href, browserZone, useWidth, moments, later, localTime, Dialog } from './base.js';
import { call, get, job as path } from './api.js';
import { useReloadOn } from './live.js';
import { Mark, State, OUTCOMES, outcomeOf, scheduleText, shape, toneOf } from './words.js';
import { Runs } from './history.js';
import { Chart, Figures } from './charts.js';

const Editor = later(() => import('./editor.js'), 'Editor', true);
const LANES = 6;

/** Past and planned fires on a line of time; a click asks what was at that moment. */
function Timeline({ runs, next, disabled, pauses, asked, ask }) {
  const [box, width] = useWidth(1000);
  const now = Date.now();
  const past = runs.map((run) => ({ at: Date.parse(run.scheduled_at), outcome: outcomeOf(run) }));
  const planned = next.map((at) => ({ at: Date.parse(at), outcome: disabled ? 'paused' : 'planned' }));
  const all = [...past, ...planned].filter((one) => Number.isFinite(one.at));
  if (!all.length) return html`<div class="empty" ref=${box}><b>No fire so far, and none to come</b>The schedule has no time, or the action is new.</div>`;
  const first = Math.min(now - 1000, ...all.map((one) => one.at));
  const last = Math.max(now + 1000, ...all.map((one) => one.at));
  const edge = (last - first) * 0.015;
  const x = (at) => ((at - first + edge) / (last - first + 2 * edge)) * width;
  const at = (event) => {
    const area = event.currentTarget.getBoundingClientRect();
    return first - edge + ((event.clientX - area.left) / area.width) * (last - first + 2 * edge);
  };
  const lanes = []; // each mark goes to the lowest lane with room for it
  const marks = all.sort((one, other) => one.at - other.at).map((one) => {
    const free = lanes.findIndex((end) => end <= x(one.at));
    const lane = free >= 0 ? free : lanes.length < LANES ? lanes.length : LANES - 1;
    lanes[lane] = x(one.at) + 14;
    return { ...one, x: x(one.at) - 6.5, y: 85 - lane * 15 };
  });
  const bands = pauses.map(({ from, to }) => [Math.max(0, x(from)), Math.min(width, x(to || last + edge))]).filter(([begin, end]) => end > begin);
  const rows = moments(first / 1000, last / 1000, Math.floor(width / 90));
  return html`<div ref=${box}><svg class="timeline" width=${width} height="130" viewBox=${'0 0 ' + width + ' 130'} role="img" aria-label=${past.length + ' past and ' + planned.length + ' planned fires; they are listed below'} onClick=${(e) => ask(new Date(at(e)).toISOString())}>
    ${bands.map(([begin, end]) => html`<g class="pause"><title>disabled</title><rect x=${begin} y="6" width=${Math.max(2, end - begin)} height="97"/>${end - begin > 16 && html`<svg class="c-paused" x=${begin + 3} y="8" width="13" height="13" viewBox="0 0 13 13">${shape('paused')}</svg>`}</g>`)}
    <line x1="0" x2=${width} y1="103" y2="103" stroke="var(--line)" stroke-width="1.5"/>
    ${rows.map((one) => html`<line x1=${x(one.at * 1000)} x2=${x(one.at * 1000)} y1="103" y2="108" stroke="var(--line)"/><text x=${Math.min(width - 20, Math.max(20, x(one.at * 1000)))} y="123" text-anchor="middle">${one.text}</text>`)}
    <line x1=${x(now)} x2=${x(now)} y1="6" y2="108" stroke="var(--accent)" stroke-width="2"/>
    ${asked && html`<line x1=${x(Date.parse(asked))} x2=${x(Date.parse(asked))} y1="6" y2="108" stroke="var(--late)" stroke-width="2" stroke-dasharray="4 3"/>`}
    ${marks.map((one) => html`<svg class=${toneOf(one.outcome)} x=${one.x} y=${one.y} width="13" height="13" viewBox="0 0 13 13"><title>${OUTCOMES[one.outcome].word + ' ' + time(new Date(one.at).toISOString())}</title>${shape(one.outcome)}</svg>`)}
    <text x=${x(now) > width - 40 ? x(now) - 6 : x(now) + 6} y="15" text-anchor=${x(now) > width - 40 ? 'end' : 'start'}>now</text>
  </svg></div>`;
}

function Legend({ runs, disabled, pauses, asked, ask }) {
  const kinds = [...new Set([...runs.map(outcomeOf), ...(pauses.length || disabled ? ['paused'] : []), ...(disabled ? [] : ['planned'])])];
  return html`<div class="bar small dim" style=${{ margin: '6px 0 0' }}>${kinds.map((kind) => html`<span class="nowrap"><${Mark} outcome=${kind}/> ${OUTCOMES[kind].word}</span>`)}
    <label class="check push">Click a moment, or type it, to see what happened then <input type="datetime-local" step="1" value=${asked ? localTime(asked) : ''} onChange=${(e) => e.target.value && ask(new Date(e.target.value).toISOString())}/></label></div>`;
}

const VERDICTS = { delivered: 'success', coming: 'planned', pending: 'retrying', not_scheduled: 'unknown', not_there: 'unknown', lost: 'failed' };

function Answer({ one }) {
  const run = one.run || one.merged_into || one.overlapped;
  const said = one.words ? one.words[0].toUpperCase() + one.words.slice(1) + '.' : one.verdict;
  return html`<div class="note"><p style=${{ margin: 0 }}><${Mark} outcome=${VERDICTS[one.verdict] || one.verdict} title=${one.verdict}/> <b>${one.verdict.replaceAll('_', ' ')}</b>${one.callback ? html` <span class="dim">at ${one.callback}</span>` : ''}: ${said}</p>
    ${one.scheduled_at && html`<p class="small dim" style=${{ margin: '4px 0 0' }}>Scheduled for ${time(one.scheduled_at)}${one.schedule ? html`, by the schedule <span class="mono">${scheduleText(one.schedule)}</span> (${one.timezone})` : ''}.</p>`}
    ${run && html`<p class="small dim" style=${{ margin: '4px 0 0' }}>${one.merged_into ? 'Merged into the run' : one.overlapped ? 'Overlapped the run' : 'The run'} of ${time(run.scheduled_at)}: ${run.status}${run.started_at ? ', started ' + time(run.started_at) : ''}${run.error ? ', ' + run.error : ''}.</p>`}
    ${one.change && html`<p class="small dim" style=${{ margin: '4px 0 0' }}>Edit: ${one.change.kind} at ${time(one.change.at)} by ${one.change.editor} (${one.change.via.replaceAll('_', ' ')}).</p>`}
    ${(one.previous_scheduled_at || one.next_scheduled_at) && html`<p class="small dim" style=${{ margin: '4px 0 0' }}>Scheduled before: ${time(one.previous_scheduled_at)}; after: ${time(one.next_scheduled_at)}.</p>`}</div>`;
}

/** The outcome of a moment, in words. */
function Why({ id, at, close }) {
  const { value, error, loading } = useLoad(() => get(path(id, '/why'), { at }), [id, at]);
  return html`<section class="panel"><h2>What happened at ${time(at)}? <button class="link" onClick=${close}>close</button></h2>
    ${loading && !value && html`<p class="dim">Asking the ledger…</p>`}
    ${error && html`<p class="error">${error.message}</p>`}
    ${value && (value.answers || []).map((one) => html`<${Answer} one=${one}/>`)}
  </section>`;
}

/** When the action was disabled, by its edits: [{ from, to }] in milliseconds, `to` is null while it is. */
export function pausesOf(changes) {
  const found = [];
  let off = null;
  const isOff = (row) => !!row && row.enabled === false;
  changes.slice().reverse().filter((one) => one.before || one.after).forEach((one) => {
    const at = Date.parse(one.at);
    if (off === null && isOff(one.before)) off = 0; // from before the oldest edit that is known
    if (isOff(one.after) && off === null) off = at;
    if (!isOff(one.after) && off !== null) { found.push({ from: off, to: at }); off = null; }
  });
  return off === null ? found : [...found, { from: off, to: null }];
}

const COMING = [null, null, null, null, null]; // the place of times that are not there yet
const OF_ITSELF = ['id', 'created_at', 'updated_at'];
const shown = (value) => (typeof value === 'object' && value !== null && value.format ? scheduleText(value) : typeof value === 'string' ? value : JSON.stringify(value ?? null));

function Changes({ all: { value, error } }) {
  if (error) return html`<p class="dim small">${error.message}</p>`;
  const changes = value ? value.changes || [] : [];
  if (!changes.length) return html`<div class="empty">${value ? 'No edit has been recorded.' : ' '}</div>`;
  const keys = (one) => [...new Set([...Object.keys(one.before || {}), ...Object.keys(one.after || {})])]
    .filter((key) => !OF_ITSELF.includes(key) && JSON.stringify((one.before || {})[key]) !== JSON.stringify((one.after || {})[key]));
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Table"><table class="fits cards edits"><thead><tr><th style=${{ width: '208px' }}>When</th><th style=${{ width: '170px' }}>Who</th><th>What</th></tr></thead><tbody>
    ${changes.map((one) => html`<tr><td>${time(one.at)}</td><td><span class="clip">${one.via === 'another_program' ? 'another program' : one.editor + ' (' + (one.via || '').replaceAll('_', ' ') + ')'}</span></td><td><b class="small">${one.kind}</b>
      ${keys(one).map((key) => html`<div class="small"><span class="dim">${key}:</span> <span class="mono">${one.before && one.after ? shown(one.before[key]) + ' → ' + shown(one.after[key]) : shown((one.after || one.before)[key])}</span></div>`)}</td></tr>`)}</tbody></table></div>`;
}

function Cadence({ id }) {
  const { value, error } = useLoad(() => get(path(id, '/cadence')), [id]);
  if (error) return null;
  const figure = (known) => (value ? known() : '\u00a0'); // its place, so that nothing below moves
  return html`<div class="tiles">
    <div class="tile"><div class="n">${figure(() => html`${number((value.outcomes || {}).delivered || 0)} <span class="dim small">of ${number(value.asked)}</span>`)}</div><div class="l">delivered of scheduled, last day</div></div>
    <div class="tile"><div class="n">${figure(() => span(value.median_duration))}</div><div class="l">median duration</div></div>
    <div class="tile"><div class="n">${figure(() => span(value.shortest_gap))}</div><div class="l">shortest gap between starts</div></div>
    ${value && value.outlasts_interval && html`<div class="tile"><div class="n"><span class="tag late">too slow</span></div><div class="l">runs outlast their interval</div></div>`}
  </div>`;
}

/** What the runs that are under way have printed so far, followed each second. */
function Printed({ id }) {
  const { value, reload } = useLoad(() => get(path(id, '/output')), [id]);
  useEach(1000, reload, [id]);
  return html`${((value || {}).running || []).map((run) => html`<section class="panel"><h2>Output of the run under way <span class="aside">${run.callback} · ${number(run.bytes)} bytes so far</span></h2>
    <pre class="note" role="log" tabindex="0" aria-label="Output so far">${run.logs || 'Nothing printed yet.'}</pre></section>`)}`;
}

export function ActionPage({ id, query, told, rights }) {
  const job = useLoad(() => get(path(id)), [id]);
  const runs = useLoad(() => get(path(id, '/runs'), { size: 100 }), [id]);
  const next = useLoad(() => get(path(id, '/next'), { count: 20 }), [id]);
  const [version, setVersion] = useState(0);
  const changes = useLoad(() => get(path(id, '/changes'), { size: 50 }), [id, version]);
  const reload = () => { job.reload(); runs.reload(); next.reload(); setVersion((old) => old + 1); };
  useReloadOn((type, data) => String(data.job_id) === String(id) || type === 'actions', reload, 1000, String(id));
  const running = (runs.value ? runs.value.runs : []).some((run) => run.status === 'running');
  useEach(running ? 1500 : 60000, () => running && runs.reload(), [running]);
  const [deleting, setDeleting] = useState(false);
  if (job.error && !job.value) return html`<div class="head"><div class="grow"><h1>Action ${id}</h1></div></div>${job.error.status === 404 ? html`<section class="panel"><div class="empty"><b>There is no action ${id}</b>It may have been deleted; its past fires are in the <a href=${href(['history'], { job_id: id })}>history</a>. <a href=${href(['actions'])}>All actions</a></div></section>` : html`<div class="note bad">${job.error.message}</div>`}`;
  if (!job.value) return html`<p class="loading" role="status">Loading…</p>`;
  const one = job.value;
  const list = runs.value ? runs.value.runs : [];
  const timed = list.filter((run) => run.duration !== null && run.duration !== undefined).slice().reverse();
  const act = (verb, what) => async () => {
    try { await call('POST', path(id, '/' + verb)); told(what); } catch (e) { told(e.message, true); }
    reload();
    if (verb === 'run') [1000, 3000, 8000, 20000].forEach((wait) => setTimeout(reload, wait)); // no event tells of the end of a fire by hand
  };
  const remove = async () => {
    try { await call('DELETE', path(id)); told('Action ' + id + ' is deleted.'); location.hash = href(['actions']); } catch (e) { told(e.message, true); setDeleting(false); }
  };
  const disabled = one.status === 'disabled';
  const pauses = pausesOf(changes.value ? changes.value.changes || [] : []);
  const elsewhere = typeof one.id === 'string' && one.id.includes(':');
  return html`
    <div class="head"><div class="grow"><h1>${one.name || 'Action ' + id}</h1><div class="sub"><${State} status=${one.status}/> <span class="mono">${scheduleText(one.schedule_expr)}</span> · ${one.timezone} · ${(one.payload || {}).type}${one.next_run_at ? ' · next ' + until(one.next_run_at) : ''}</div></div>
      <div class="do">${rights.includes('run') && html`<button onClick=${act('run', 'Action ' + id + ' fires now.')}>Fire now</button>
        ${elsewhere ? null : one.status === 'disabled' ? html`<button onClick=${act('resume', 'Action ' + id + ' is enabled.')}>Enable</button>` : html`<button onClick=${act('pause', 'Action ' + id + ' is disabled.')}>Disable</button>`}`}
      ${rights.includes('write') && !elsewhere && html`<button class="primary" onClick=${() => replaceQuery({ edit: id })}>Edit</button><button class="danger" onClick=${() => setDeleting(true)}>Delete</button>`}</div></div>
    ${elsewhere && html`<div class="note">This action comes from the REST service “${String(one.id).split(':')[0]}” and is edited there.</div>`}
    ${one.problem && html`<div class="note bad"><b>This row is rejected.</b> ${one.problem}</div>`}
    ${(one.warnings || []).map((text) => html`<div class="note late">${text}</div>`)}
    <section class="panel"><h2>Fires <span class="aside">${browserZone()}</span></h2>
      <div class="reserved">${(runs.value || runs.error) && (next.value || next.error) ? html`<${Timeline} runs=${list} next=${next.value ? next.value.next : []} disabled=${disabled} pauses=${pauses} asked=${query.at} ask=${(at) => replaceQuery({ at })}/><${Legend} runs=${list} disabled=${disabled} pauses=${pauses} asked=${query.at} ask=${(at) => replaceQuery({ at })}/>` : html`<p class="loading" role="status">Loading…</p>`}</div></section>
    ${query.at && html`<${Why} id=${id} at=${query.at} close=${() => replaceQuery({ at: '' })}/>`}
    ${running && html`<${Printed} id=${id}/>`}
    <${Cadence} id=${id}/>
    <div class="columns">
      <section class="panel"><h2>Duration <span class="aside">last ${number(timed.length)} runs</span></h2>
        ${timed.length > 1 ? html`<${Chart} label="Duration of the latest runs" times=${timed.map((run) => Date.parse(run.started_at) / 1000)} unit=${span} series=${[{ label: 'duration', colour: '--accent', values: timed.map((run) => run.duration) }]}/>
          <${Figures} caption="The same as a table" heads=${['Started', 'Duration']} rows=${() => timed.slice().reverse().map((run) => [time(run.started_at), span(run.duration)])}/>` : runs.value && html`<div class="empty"><b>Too few runs to draw</b>After two runs there is a chart here.</div>`}</section>
      <section class="panel"><h2>What it is</h2><dl class="pair"><dt>Id</dt><dd>${one.id}</dd><dt>Command</dt><dd><pre>${one.command}</pre></dd>
        <dt>Parameters</dt><dd><pre>${JSON.stringify(Object.fromEntries(Object.entries(one.payload || {}).filter(([key]) => key !== 'type')), null, 1)}</pre></dd>
        <dt>Owner</dt><dd>${one.owner_id || '–'}</dd><dt>Overlap</dt><dd>${one.overlap || 'queue'}</dd><dt>Next fires</dt><dd><ul class="times">${(next.value ? next.value.next : next.error ? [] : COMING).slice(0, 5).map((at) => html`<li>${at ? time(at, one.timezone) : '\u00a0'}</li>`)}</ul><span class="dim small">${one.timezone}</span></dd></dl></section>
    </div>
    <section class="panel"><h2>Runs <span class="aside">${browserZone()} · <a href=${href(['history'], { job_id: id })}>all</a></span></h2>
      ${runs.error && html`<div class="note bad">${runs.error.message}</div>`}
      ${list.length === 0 ? runs.value && html`<div class="empty"><b>No run is recorded yet</b>“Fire now” makes one.</div>` : html`<${Runs} runs=${list.slice(0, 20)}/>`}</section>
    <section class="panel"><h2>Edits <span class="aside">${browserZone()}</span></h2><${Changes} all=${changes}/></section>
    ${query.edit && html`<${Editor} id=${id} close=${() => { replaceQuery({ edit: '' }); reload(); }} told=${told} rights=${rights}/>`}
    ${deleting && html`<${Dialog} label="Delete" kind="narrow" close=${() => setDeleting(false)}><h2 class="title">Delete “${one.name || id}”?</h2><p>It does not fire any more. Its history is kept.</p><div class="end"><button onClick=${() => setDeleting(false)}>Cancel</button><button class="danger" onClick=${remove}>Delete</button></div></${Dialog}>`}`;
}
