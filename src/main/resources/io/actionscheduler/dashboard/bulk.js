// Many actions at once: first how many, then progress, then a result, and an undo.
import { html, useEffect, useState, number } from './base.js';
import { post, get } from './api.js';

const WORDS = { pause: ['Disable', 'disabled'], resume: ['Enable', 'enabled'], delete: ['Delete', 'deleted'] };

export function Bulk({ verb, ids, filter, close, told }) {
  const [count, setCount] = useState(null);
  const [result, setResult] = useState(null);
  const [error, setError] = useState(null);
  const [running, setRunning] = useState(false);
  const where = ids.length ? { ids } : Object.fromEntries(Object.entries(filter).filter(([key, value]) => value && key !== 'sort'));
  useEffect(() => { post('/api/v1/jobs/bulk', { action: verb, filter: where, dry_run: true }).then((answer) => setCount(answer.matched), (e) => setError(e.message)); }, []);
  const follow = async (answer) => {
    let state = answer;
    while (state.status === 'running' && state.id !== undefined) {
      setResult(state);
      await new Promise((done) => setTimeout(done, 400));
      state = await get('/api/v1/jobs/bulk/' + encodeURIComponent(state.id));
    }
    setResult(state);
    return state;
  };
  const run = async () => {
    setRunning(true);
    try {
      const state = await follow(await post('/api/v1/jobs/bulk', { action: verb, filter: where }));
      told(number(state.changed) + ' actions ' + WORDS[verb][1] + '.');
    } catch (e) {
      setError(e.message);
    }
    setRunning(false);
  };
  const undo = async () => {
    setRunning(true);
    try {
      await follow(await post('/api/v1/jobs/bulk', result.undo));
      told('The change is undone.');
      close();
    } catch (e) {
      setError(e.message);
    }
    setRunning(false);
  };
  const save = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([JSON.stringify(result.undo, null, 2)], { type: 'application/json' }));
    link.download = 'undo.json';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const failed = result ? (result.results || []).filter((one) => one.error) : [];
  return html`<div class="overlay"><div class="dialog narrow" role="dialog" aria-modal="true" aria-label=${WORDS[verb][0] + ' actions'}>
    <h2 class="title">${WORDS[verb][0]} actions</h2>
    ${error && html`<div class="note bad">${error}</div>`}
    ${!result && html`<p>${count === null ? 'Counting…' : html`<b class="count">${number(count)}</b> ${count === 1 ? 'action' : 'actions'} ${ids.length ? 'were chosen' : 'match the filter'}.`}</p>`}
    ${result && html`<p role="status"><b class="count">${number(result.changed)}</b> of ${number(result.matched)} ${WORDS[verb][1]}${failed.length ? ', ' + number(failed.length) + ' not' : ''}.</p>
      <progress style=${{ width: '100%' }} max=${result.matched || 1} value=${(result.changed || 0) + failed.length}></progress>
      ${failed.slice(0, 20).map((one) => html`<p class="error">${one.id}: ${one.error}</p>`)}`}
    <div class="end">
      ${result && result.undo && html`<button onClick=${save}>Save the undo file</button><button onClick=${undo} disabled=${running}>Undo</button>`}
      <button onClick=${close} disabled=${running}>${result ? 'Close' : 'Cancel'}</button>
      ${!result && html`<button class=${verb === 'delete' ? 'danger' : 'primary'} disabled=${!count || running} onClick=${run}>${WORDS[verb][0]} ${count === null ? '' : number(count)}</button>`}
    </div></div></div>`;
}
