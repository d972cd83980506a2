// Many actions at once: first how many, then progress, then a result that can be undone at once, or later by a file.
import { html, useEffect, useState, number, Dialog } from './base.js';
import { call, get } from './api.js';

const WORDS = { pause: ['Disable', 'disabled'], resume: ['Enable', 'enabled'], delete: ['Delete', 'deleted'] };
const PATH = '/api/v1/jobs/bulk';

export function Bulk({ verb, ids, filter, close, told }) {
  const [count, setCount] = useState(null);
  const [result, setResult] = useState(null);
  const [error, setError] = useState(null);
  const [running, setRunning] = useState(false);
  const allowed = ['status', 'owner_id', 'callback', 'q', 'schedule'];
  const where = ids.length ? { ids } : Object.fromEntries(allowed.filter((key) => filter[key]).map((key) => [key, filter[key]]));
  const body = { operation: verb, filter: where };
  useEffect(() => { call('POST', PATH, { body, query: { dry_run: 'true' } }).then(({ value }) => setCount(value.matches), (e) => setError(e.message)); }, []);
  const follow = async (begin, done) => {
    setRunning(true);
    setError(null);
    try {
      let { value } = await begin();
      while (value.status === 'running') {
        setResult(value);
        await new Promise((done) => setTimeout(done, 400));
        value = await get('/api/v1/bulk/' + encodeURIComponent(value.id));
      }
      setResult(value);
      told(number(value.changed) + (value.changed === 1 ? ' action ' : ' actions ') + done + '.');
    } catch (e) {
      setError(e.message);
    }
    setRunning(false);
  };
  const run = () => follow(() => call('POST', PATH, { body }), WORDS[verb][1]);
  const undo = () => follow(() => call('POST', '/api/v1/bulk/' + encodeURIComponent(result.id) + '/undo'), 'put back');
  const undone = result && result.operation === 'undo';
  return html`<${Dialog} label=${WORDS[verb][0] + ' actions'} kind="narrow" close=${() => running || close()}>
    <h2 class="title">${WORDS[verb][0]} actions</h2>
    ${error && html`<div class="note bad">${error}</div>`}
    ${!result && html`<p>${count === null ? 'Counting…' : html`<b class="count">${number(count)}</b> ${count === 1 ? 'action' : 'actions'} ${ids.length ? 'were chosen' : 'match the filter'}.`}</p>`}
    ${result && html`<p role="status"><b class="count">${number(result.changed)}</b> of ${number(result.total)} ${undone ? 'put back as they were' : WORDS[verb][1]}${result.failed ? ', ' + number(result.failed) + ' not' : ''}.</p>
      <progress aria-label="Progress" style=${{ width: '100%' }} max=${result.total || 1} value=${result.done || 0}></progress>
      ${(result.failures || []).slice(0, 20).map((one) => html`<p class="error">${one.job_id}: ${one.problem}</p>`)}
      ${!undone && result.changed > 0 && !running && html`<p class="small dim">Undo puts each row back, unless somebody changed it meanwhile. For later, save the rows as they were: <code>action-scheduler actions import FILE</code> takes the file.</p>`}`}
    <div class="end">
      ${result && !undone && result.changed > 0 && !running && html`<a class="button" href=${result.undo} download="undo.json">Save the undo file</a><button onClick=${undo}>Undo</button>`}
      <button onClick=${close} disabled=${running}>${result ? 'Close' : 'Cancel'}</button>
      ${!result && html`<button class=${verb === 'delete' ? 'danger' : 'primary'} disabled=${!count || running} onClick=${run}>${WORDS[verb][0]} ${count === null ? '' : number(count)}</button>`}
    </div></${Dialog}>`;
}
