// The editor of an action: it shows what a change will do while it is typed, by the API's dry run.
import { html, useEffect, useRef, useState, useQuiet, number, time, weekday, Dialog } from './base.js';
import { call, job as path, get } from './api.js';
import { scheduleText } from './words.js';

const FIELDS = ['name', 'command', 'schedule_expr', 'timezone', 'start_date', 'end_date', 'jitter', 'callback', 'parameters', 'owner_id', 'merge_missed', 'actuality_time', 'overlap', 'calendar', 'max_retries', 'retry_delay', 'backoff_factor', 'enabled'];

/** A job as the texts of a form. */
function toForm(job) {
  const { type = '', ...parameters } = job.payload || {};
  const retry = job.retry_policy || {};
  return {
    name: job.name || '', command: job.command || '', schedule_expr: scheduleText(job.schedule_expr || ''),
    timezone: job.timezone || '', start_date: job.start_date || '', end_date: job.end_date || '', jitter: job.jitter ?? '', callback: type, parameters: Object.keys(parameters).length ? JSON.stringify(parameters, null, 2) : '',
    owner_id: job.owner_id || '', merge_missed: job.merge_missed === null || job.merge_missed === undefined ? '' : String(job.merge_missed),
    actuality_time: job.actuality_time ?? '', overlap: job.overlap || '', calendar: job.calendar || '', enabled: job.enabled !== false,
    max_retries: retry.max_retries ?? '', retry_delay: retry.retry_delay ?? '', backoff_factor: retry.backoff_factor ?? '',
  };
}
const EMPTY = { name: '', command: '', schedule_expr: '', timezone: '', start_date: '', end_date: '', jitter: '', callback: '', parameters: '', owner_id: '', merge_missed: '', actuality_time: '', overlap: '', calendar: '', enabled: true, max_retries: '', retry_delay: '', backoff_factor: '' };

/** The body of a request for a form; for an edit only what differs from `before`. */
function toBody(form, before) {
  const changed = (...names) => !before || names.some((name) => String(form[name]) !== String(before[name]));
  const body = {};
  const put = (name, value) => { body[name] = value; };
  if (changed('name')) put('name', form.name);
  if (changed('command') && (before || form.command)) put('command', form.command);
  if (changed('schedule_expr')) {
    const text = form.schedule_expr.trim();
    put('schedule_expr', text.startsWith('{') ? JSON.parse(text) : text);
  }
  if (changed('timezone') && (before || form.timezone)) put('timezone', form.timezone || null);
  for (const name of ['start_date', 'end_date']) if (changed(name) && (before || form[name])) put(name, form[name].trim() || null);
  if (changed('jitter') && (before || form.jitter !== '')) put('jitter', form.jitter === '' ? null : Number(form.jitter));
  if (changed('callback', 'parameters')) {
    const parameters = form.parameters.trim() ? JSON.parse(form.parameters) : {};
    if (form.callback) put('payload', { type: form.callback, ...parameters });
    else if (Object.keys(parameters).length || before) put('parameters', parameters);
  }
  if (changed('owner_id') && (before || form.owner_id)) put('owner_id', form.owner_id || null);
  if (changed('merge_missed') && (before || form.merge_missed)) put('merge_missed', form.merge_missed === '' ? null : form.merge_missed === 'true');
  if (changed('actuality_time') && (before || form.actuality_time !== '')) put('actuality_time', form.actuality_time === '' ? null : Number(form.actuality_time));
  if (changed('overlap') && (before || form.overlap)) put('overlap', form.overlap || null);
  if (changed('calendar') && (before || form.calendar)) put('calendar', form.calendar.trim() || null);
  if (changed('max_retries', 'retry_delay', 'backoff_factor')) {
    const retry = {};
    for (const name of ['max_retries', 'retry_delay', 'backoff_factor']) if (form[name] !== '') retry[name] = Number(form[name]);
    if (Object.keys(retry).length || before) put('retry_policy', Object.keys(retry).length ? retry : null);
  }
  if (changed('enabled')) put('enabled', form.enabled);
  return body;
}

/** What the dry run says: fire times before and after, clock changes, the rule for missed fires, the peak. */
export function Preview({ preview, isNew }) {
  const { before, after, busiest_minute: busiest } = preview;
  const shown = after || before;
  if (!shown) return null;
  const old = new Set(before ? before.next : []);
  const now = new Set(after ? after.next : []);
  const same = isNew || (before && after && String(before.next) === String(after.next));
  return html`<div class="note">
    ${shown.in_words && html`<p><b>${shown.in_words}</b></p>`}
    ${after && after.never_fires && html`<p class="error">This schedule has no future time: the action never fires.</p>`}
    <div class="before-after">
      ${!same && before && html`<div><h2>Now</h2><ul class="times">${before.next.map((at) => html`<li class=${now.has(at) ? '' : 'dim'}><span>${weekday(at, before.zone).slice(0, 3)} ${time(at, before.zone)}</span></li>`)}</ul></div>`}
      ${after && html`<div><h2>${same ? 'Next ten fires' + (isNew ? '' : ', as before') : 'After'}</h2><ul class="times">${after.next.map((at) => html`<li><span>${old.has(at) || same ? '' : '+ '}${weekday(at, after.zone).slice(0, 3)} ${time(at, after.zone)}</span></li>`)}</ul></div>`}
    </div>
    <p class="small dim" style=${{ margin: '8px 0 0' }}>Times are in ${shown.zone}.
      ${(shown.clock_changes || []).map((change) => html` Clocks change on ${time(change.at, shown.zone)}, from ${change.offset_before} to ${change.offset_after}.`)}
      ${' '}Missed fires: ${shown.missed_fires}.
      ${busiest && busiest.after && html` The busiest minute ${busiest.before && busiest.before.fires === busiest.after.fires ? 'stays at' : 'becomes'} ${number(busiest.after.fires)} fires (${time(busiest.after.begin)}).`}</p>
  </div>`;
}

/** Both versions of a row that somebody else changed meanwhile. */
function Conflict({ problem, mine, take, overwrite }) {
  const note = useRef(null);
  useEffect(() => note.current.scrollIntoView({ block: 'nearest' }), []);
  const theirs = toForm(problem.current || {});
  const rows = FIELDS.filter((name) => String(mine[name]) !== String(theirs[name]));
  return html`<div class="note late" role="alert" ref=${note}><p><b>Somebody else changed this action meanwhile.</b> Compare both versions:</p>
    <div class="scroll" tabindex="0" role="group" aria-label="Table" style=${{ margin: '0 0 10px' }}><table class="fits"><thead><tr><th>Field</th><th>In the table now</th><th>Yours</th></tr></thead>
    <tbody>${rows.map((name) => html`<tr><td>${name}</td><td><pre>${String(theirs[name])}</pre></td><td><pre>${String(mine[name])}</pre></td></tr>`)}</tbody></table></div>
    <button type="button" onClick=${take}>Take theirs</button> <button type="button" class="danger" onClick=${overwrite}>Overwrite with mine</button></div>`;
}

export function Editor({ id, close, told, rights }) {
  const isNew = id === 'new';
  const [form, setForm] = useState(isNew ? EMPTY : null);
  const [before, setBefore] = useState(null);
  const [etag, setEtag] = useState(null);
  const [errors, setErrors] = useState({});
  const [error, setError] = useState(null);
  const [conflict, setConflict] = useState(null);
  const [preview, setPreview] = useState(null);
  const [saving, setSaving] = useState(false);
  const [leaving, setLeaving] = useState(false); // asked to, with changes that are not saved
  const [callbacks, setCallbacks] = useState([]);
  const first = useRef(null);
  const load = () => call('GET', path(id)).then((answer) => {
    const loaded = toForm(answer.value);
    setForm(loaded); setBefore(loaded); setEtag(answer.etag); setConflict(null);
  }, (e) => setError(e.message));
  useEffect(() => { if (!isNew) load(); }, [id]);
  useEffect(() => { get('/api/v1/callbacks').then((all) => setCallbacks(all.callbacks || []), () => setCallbacks([])); }, []);
  useEffect(() => { if (form && first.current) first.current.focus(); }, [form === null]);
  const quiet = useQuiet(form, 300);
  useEffect(() => {
    if (!quiet || (isNew && !quiet.schedule_expr.trim())) return undefined;
    let dropped = false;
    let body;
    try {
      body = toBody(isNew ? { ...quiet, name: quiet.name || 'new' } : quiet, before);
    } catch (e) {
      setErrors({ parameters: 'is not JSON: ' + e.message });
      return undefined;
    }
    call(isNew ? 'POST' : 'PATCH', isNew ? '/api/v1/jobs' : path(id), { body, query: { dry_run: 'true' } }).then(
      ({ value }) => { if (!dropped) { setPreview(value.preview); setErrors({}); setError(null); } },
      (e) => { if (!dropped) { setErrors(e.fields || {}); setError(Object.keys(e.fields || {}).length ? null : e.message); } });
    return () => { dropped = true; };
  }, [quiet, before]);
  if (!form) return html`<${Dialog} label="Edit action" kind="narrow" close=${() => close()}>${error ? html`<div class="note bad">${error}</div><button onClick=${() => close()}>Close</button>` : html`<p class="loading" role="status">Loading…</p>`}</${Dialog}>`;
  const set = (name) => (event) => setForm({ ...form, [name]: event.target.type === 'checkbox' ? event.target.checked : event.target.value });
  const faultOf = (name) => Object.entries(errors).filter(([field]) => field === name || field.startsWith(name + '/') || (name === 'callback' && /^(payload\/type|payload|job_type)$/.test(field)) || (name === 'parameters' && /^payload\/(?!type)/.test(field)) || (/^(max_retries|retry_delay|backoff_factor)$/.test(name) && field === 'retry_policy/' + name)).map(([, text]) => text).join(' ');
  const field = (name, label, more = {}) => {
    const id = 'e-' + name;
    const fault = faultOf(name);
    const common = { id, value: form[name], onInput: set(name), 'aria-invalid': !!fault, 'aria-describedby': fault ? id + '-fault' : undefined, class: more.mono ? 'mono' : '' };
    return html`<div class=${'field ' + (more.wide ? 'wide' : '')}><label for=${id}>${label}</label>
      ${more.area ? html`<textarea ...${common}></textarea>` : html`<input ...${common} ref=${more.first ? first : undefined} type=${more.type || 'text'} step=${more.type === 'number' ? 'any' : undefined} list=${more.list} placeholder=${more.hint}/>`}
      ${fault && html`<span class="error" id=${id + '-fault'}>${fault}</span>`}</div>`;
  };
  const save = async (overwrite) => {
    setSaving(true);
    setError(null);
    try {
      const body = toBody(form, before);
      const headers = isNew || overwrite || !etag ? {} : { 'If-Match': etag };
      const answer = await call(isNew ? 'POST' : 'PATCH', isNew ? '/api/v1/jobs' : path(id), { body, headers });
      told(isNew ? 'Action ' + answer.value.id + ' is created and scheduled.' : 'Action ' + id + ' is changed.');
      close(answer.value.id);
    } catch (e) {
      if (e.status === 412) setConflict(e.problem);
      else { setErrors(e.fields || {}); setError(e.message); }
    } finally {
      setSaving(false);
    }
  };
  const faulty = error || Object.keys(errors).length > 0;
  const leave = (anyway) => (anyway === true || leaving || JSON.stringify(form) === JSON.stringify(before || EMPTY) ? close() : setLeaving(true));
  return html`<${Dialog} key="form" label=${isNew ? 'New action' : 'Edit action ' + id} close=${leave} kind="wide">
    <form class="editor" onSubmit=${(e) => { e.preventDefault(); save(false); }}>
      <h2 class="title">${isNew ? 'New action' : 'Edit action ' + id}</h2>
      ${conflict && html`<${Conflict} problem=${conflict} mine=${form} take=${load} overwrite=${() => { setConflict(null); save(true); }}/>`}
      <div class="halves"><div class="form">
        ${field('name', 'Name', { first: true })}
        ${field('schedule_expr', 'Schedule', { mono: true, hint: '*/5 * * * *   ·   90s   ·   2026-12-31T23:59:59Z' })}
      </div>
      <div class="preview" aria-live="polite">
        ${!error && !preview && html`<div class="note dim">${faulty ? 'The next fires are shown here once what is marked is right.' : form.schedule_expr.trim() ? 'Working out the next fires…' : 'Type a schedule to see here what it means and when it fires.'}</div>`}
        ${error && html`<div class="note bad">${error}</div>`}
        ${preview && html`<div>${faulty && html`<p class="small dim">Before the fault:</p>`}<${Preview} preview=${preview} isNew=${isNew}/></div>`}
      </div>
      <div class="form">
        ${field('command', 'Command', { wide: true, area: true, mono: true })}
        ${field('callback', 'Callback', { list: 'callbacks', hint: 'the default callback' })}
        ${field('timezone', 'Time zone', { hint: 'the setting timezone', list: 'zones' })}
        ${field('start_date', 'Not before', { hint: '2026-12-01   ·   2026-12-01T08:00:00Z' })}
        ${field('end_date', 'Not after', { hint: 'no end' })}
        ${field('jitter', 'Random delay of at most (seconds)', { type: 'number', hint: 'none' })}
        ${field('parameters', 'Parameters (JSON)', { wide: true, area: true, mono: true })}
        <label class="field">Several missed fires<select value=${form.merge_missed} onChange=${set('merge_missed')}><option value="">as the settings say</option><option value="true">deliver only the latest</option><option value="false">deliver each</option></select></label>
        ${field('actuality_time', 'Missed fires expire after (seconds; negative: never)', { type: 'number', hint: 'as the settings say' })}
        <label class="field">While the previous fire runs<select value=${form.overlap} onChange=${set('overlap')}><option value="">wait (default)</option><option value="queue">wait</option><option value="skip">skip</option><option value="allow">run at the same time</option></select></label>
        ${field('calendar', 'Calendars', { hint: 'holidays   ·   only:office' })}
        ${field('owner_id', 'Owner')}
        ${field('max_retries', 'Retries at most', { type: 'number', hint: 'as the settings say' })}
        ${field('retry_delay', 'First retry after (seconds)', { type: 'number', hint: 'as the settings say' })}
        ${field('backoff_factor', 'Each further retry after that many times the wait', { type: 'number', hint: 'as the settings say' })}
        <label class="check"><input type="checkbox" checked=${form.enabled} onChange=${set('enabled')}/> enabled</label>
      </div></div>
      <datalist id="callbacks">${callbacks.map((one) => html`<option value=${one.name || one}/>`)}</datalist>
      <datalist id="zones">${(Intl.supportedValuesOf ? Intl.supportedValuesOf('timeZone') : []).map((zone) => html`<option value=${zone}/>`)}</datalist>
      <div class="end">${leaving && html`<span class="grow" role="alert">Your changes are not saved.</span><button type="button" onClick=${() => setLeaving(false)}>Keep editing</button>`}
        <button type="button" class=${leaving ? 'danger' : ''} onClick=${() => leave(false)}>${leaving ? 'Discard' : 'Cancel'}</button><button class="primary" disabled=${saving || !rights.includes('write')}>${isNew ? 'Create' : 'Save'}</button></div>
    </form></${Dialog}>`;
}
