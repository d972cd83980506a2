// All actions: search, filter, sort, page; edit one, or many at once.
import { html, useEffect, useState, useEach, useLoad, useQuiet, replaceQuery, number, until, time, href, go, later, Typed } from './base.js';
import { PAGE, wanted } from './first.js';
import { call, get, job as path } from './api.js';
import { useReloadOn } from './live.js';
import { Mark, State, outcomeOf, scheduleText } from './words.js';

const Editor = later(() => import('./editor.js'), 'Editor', true);
const Bulk = later(() => import('./bulk.js'), 'Bulk', true);
const SORTS = [['id', 'By id'], ['name', 'By name'], ['next_run_at', 'By next fire'], ['-updated_at', 'Latest edit first'], ['-created_at', 'Newest first']];

/** The latest outcomes of an action as marks, the latest at the right. */
export function Strip({ runs }) {
  if (!runs) return null; // not asked for yet
  if (!runs.length) return html`<span class="dim small">no fires yet</span>`;
  const latest = runs.slice(0, 20).reverse();
  return html`<span class="strip" role="img" aria-label=${'the last ' + latest.length + ' outcomes, the latest last: ' + latest.map(outcomeOf).join(', ')}>
    ${latest.map((run) => html`<${Mark} outcome=${outcomeOf(run)} title=${outcomeOf(run) + ' ' + time(run.scheduled_at)}/>`)}</span>`;
}

const TABLE = 'table';

/** The names of the callbacks, asked for behind the first rows. */
function useCallbacks(shown) {
  const [names, setNames] = useState([]);
  useEffect(() => {
    if (!shown || names.length) return;
    get('/api/v1/callbacks').then((known) => setNames(known.callbacks.map((one) => one.name)), () => {}); // the filter is then typed
  }, [!shown]);
  return names;
}

export function Actions({ query, told, rights, sources }) {
  const [text, setText] = useState(query.q || '');
  const quiet = useQuiet(text, 200);
  useEffect(() => { if (quiet !== (query.q || '')) replaceQuery({ q: quiet, page: '' }); }, [quiet]);
  const [strips, setStrips] = useState(null);
  const [chosen, setChosen] = useState(new Set());
  const [bulk, setBulk] = useState(null);
  const page = Number(query.page || 1);
  const filter = wanted(query);
  const { value, error, loading, reload } = useLoad(() => get('/api/v1/jobs', filter), [JSON.stringify(filter)]);
  const callbacks = useCallbacks(value || error);
  const elsewhere = !!query.source && query.source !== TABLE; // a REST service: its actions are edited there
  useEffect(() => { if (!query.source && sources.length && !sources.includes(TABLE)) replaceQuery({ source: sources[0] }); }, [sources]);
  const filtered = query.q || query.status || query.schedule || query.callback || query.owner;
  useReloadOn((type) => type === 'edit' || type === 'actions', reload, 1000);
  useEach(5000, () => value && reload()); // times and outcomes
  const ids = value ? value.jobs.map((job) => job.id).join(',') : '';
  useEffect(() => {
    if (!ids) return undefined;
    let dropped = false;
    get('/api/v1/outcomes', { job_ids: ids, count: 20 }).then((all) => dropped || setStrips(all.outcomes), () => {});
    return () => { dropped = true; };
  }, [ids, value]);
  const clear = () => { setText(''); replaceQuery({ q: '', status: '', schedule: '', callback: '', owner: '', page: '' }); };
  const close = (created) => { replaceQuery({ edit: '' }); reload(); if (created && query.edit === 'new') go(['actions', String(created)]); };
  const act = (verb, id, what) => async () => {
    try {
      await call('POST', path(id, '/' + verb));
      told(what);
    } catch (e) {
      told(e.message, true);
    }
    reload();
  };
  const field = (key, id, label) => html`<label class="visually-hidden" for=${'a-' + id}>Filter by ${label.toLowerCase()}</label>
      <${Typed} id=${'a-' + id} placeholder=${label} size="6" list=${key === 'callback' ? 'a-callbacks' : undefined} value=${query[key] || ''} set=${(text) => replaceQuery({ [key]: text, page: '' })}/>`;
  const mayRun = rights.includes('run');
  const bulky = rights.includes('write') && !elsewhere; // may change many at once
  const pages = value ? Math.max(1, Math.ceil(value.total / PAGE)) : 1;
  const toggle = (id) => { const next = new Set(chosen); if (!next.delete(id)) next.add(id); setChosen(next); };
  const allChosen = value && value.jobs.length > 0 && value.jobs.every((job) => chosen.has(job.id));
  const toggleAll = () => { const next = new Set(chosen); value.jobs.forEach((job) => (allChosen ? next.delete(job.id) : next.add(job.id))); setChosen(next); };
  return html`
    <div class="head"><div class="grow"><h1>Actions</h1><div class="sub">${value ? (value.total_is_exact === false ? number(value.total) + '+' : number(value.total)) + (value.total === 1 ? ' action' : ' actions') + (filtered ? (value.total === 1 ? ' matches' : ' match') : '') : '\u00a0'}</div></div>
      ${rights.includes('write') && html`<button class="primary" onClick=${() => replaceQuery({ edit: 'new' })}>New action</button>`}</div>
    <div class="bar">
      <label class="visually-hidden" for="a-q">Search names and commands</label>
      <input id="a-q" type="search" placeholder="Search names and commands" value=${text} onInput=${(e) => setText(e.target.value)}/>
      <label class="visually-hidden" for="a-status">State</label>
      <select id="a-status" value=${query.status || ''} onChange=${(e) => replaceQuery({ status: e.target.value, page: '' })}><option value="">Any state</option><option value="fires">Active</option><option value="disabled">Disabled</option><option value="never">Never fires</option><option value="rejected">Rejected</option></select>
      ${field('schedule', 'schedule', 'Schedule')}${field('callback', 'callback', 'Callback')}${!elsewhere && field('owner', 'owner', 'Owner')}
      <datalist id="a-callbacks">${callbacks.map((name) => html`<option value=${name}/>`)}</datalist>
      ${sources.length > 1 && html`<label class="visually-hidden" for="a-source">Source</label>
        <select id="a-source" value=${query.source || TABLE} onChange=${(e) => replaceQuery({ source: e.target.value === TABLE && sources.includes(TABLE) ? '' : e.target.value, owner: '', page: '' })}>${sources.map((name) => html`<option value=${name}>${name === TABLE ? 'Action table' : name}</option>`)}</select>`}
      <label class="visually-hidden" for="a-sort">Sort by</label>
      <select id="a-sort" value=${query.sort || 'id'} onChange=${(e) => replaceQuery({ sort: e.target.value === 'id' ? '' : e.target.value, page: '' })}>${SORTS.filter(([key]) => !elsewhere || !key.endsWith('_at') || key === 'next_run_at').map(([key, word]) => html`<option value=${key}>${word}</option>`)}</select>
    </div>
    ${elsewhere && html`<div class="note">These actions come from the REST service “${query.source}” and are edited there.</div>`}
    ${bulky && (!value || value.total > 0) && html`<div class="bar many small">
      <span class="dim">${chosen.size ? number(chosen.size) + ' chosen' : 'All that match the filter'}:</span>
      ${['pause', 'resume', 'delete'].map((verb) => html`<button disabled=${!value || value.total === 0} onClick=${() => setBulk({ verb, ids: [...chosen], filter })}>${{ pause: 'Disable', resume: 'Enable', delete: 'Delete' }[verb]}…</button>`)}
      ${chosen.size > 0 && html`<button class="link" onClick=${() => setChosen(new Set())}>choose none</button>`}</div>`}
    <section class="panel">
      ${error && html`<div class="note bad">${error.message}</div>`}
      ${value && value.jobs.length === 0 && html`<div class="empty"><b>${filtered ? 'No action matches' : 'There are no actions yet'}</b>${filtered ? html`Change the search or the filter. <button class="link" onClick=${clear}>Show all</button>` : elsewhere ? 'The service lists none.' : rights.includes('write') ? html`<button class="primary" onClick=${() => replaceQuery({ edit: 'new' })}>Create the first one</button>` : 'Rows of the action table are shown here.'}</div>`}
      ${value && value.jobs.length > 0 && html`<div class="scroll" tabindex="0" role="group" aria-label="Table"><table class=${'jobs cards' + (bulky ? ' pick' : '')}><thead><tr>
        ${bulky && html`<th style=${{ width: '44px' }}><input type="checkbox" aria-label="Choose all on this page" checked=${allChosen} onChange=${toggleAll}/></th>`}
        <th>Action</th><th style=${{ width: '13%' }}>Schedule</th><th style=${{ width: '92px' }}>State</th><th style=${{ width: '118px' }} class="num">Next fire</th><th style=${{ width: '200px' }}>Last 20 outcomes</th><th style=${{ width: '206px' }}><span class="visually-hidden">Do</span></th></tr></thead>
        <tbody>${value.jobs.map((job) => html`<tr key=${job.id} class=${chosen.has(job.id) ? 'chosen' : ''}>
          ${bulky && html`<td class="choice"><input type="checkbox" aria-label=${'Choose action ' + job.id} checked=${chosen.has(job.id)} onChange=${() => toggle(job.id)}/></td>`}
          <td><a class="name clip" href=${href(['actions', String(job.id)])} title=${job.name}>${job.name || 'without a name'}</a>${job.problem ? html`<span class="error clip" title=${job.problem}>${job.problem}</span>` : html`<span class="dim small clip">${job.id} · ${(job.payload || {}).type}${job.owner_id ? ' · ' + job.owner_id : ''}</span>`}</td>
          <td class="schedule"><span class="mono clip" title=${scheduleText(job.schedule_expr)}>${scheduleText(job.schedule_expr)}</span><span class="dim small clip">${job.timezone}</span></td>
          <td class="state-of"><${State} status=${job.status}/></td>
          <td class="next num nowrap" onMouseOver=${(e) => { e.currentTarget.title = time(job.next_run_at); }}>${job.next_run_at ? until(job.next_run_at) : '–'}</td>
          <td class="latest"><${Strip} runs=${strips && (strips[job.id] || [])}/></td>
          <td class="hide-phone num nowrap">${mayRun && html`<button class="link" onClick=${act('run', job.id, 'Action ' + job.id + ' fires now.')}>Fire now</button>
            ${elsewhere ? null : job.status === 'disabled' ? html`<button class="link" onClick=${act('resume', job.id, 'Action ' + job.id + ' is enabled.')}>Enable</button>` : html`<button class="link" onClick=${act('pause', job.id, 'Action ' + job.id + ' is disabled.')}>Disable</button>`}`}
            ${rights.includes('write') && !elsewhere && html`<button class="link" onClick=${() => replaceQuery({ edit: String(job.id) })}>Edit</button>`}</td></tr>`)}</tbody></table></div>`}
      ${!value && loading && html`<p class="loading" role="status">Loading…</p>`}
    </section>
    ${value && value.total > 0 && html`<div class="bar"><span class="dim small">Page ${number(page)} of ${number(pages)}</span>
      <button class="push" disabled=${page <= 1} onClick=${() => replaceQuery({ page: page - 1 > 1 ? page - 1 : '' })}>Previous</button>
      <button disabled=${page >= pages} onClick=${() => replaceQuery({ page: page + 1 })}>Next</button></div>`}
    ${query.edit && html`<${Editor} id=${query.edit} close=${close} told=${told} rights=${rights}/>`}
    ${bulk && html`<${Bulk} ...${bulk} total=${value ? value.total : 0} close=${() => { setBulk(null); setChosen(new Set()); reload(); }} told=${told}/>`}`;
}
