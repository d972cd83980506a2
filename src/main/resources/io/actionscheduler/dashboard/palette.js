// The palette: '/' opens it anywhere; it goes to views and finds actions by name.
import { html, useEffect, useRef, useState, useQuiet, go, Dialog } from './base.js';
import { get } from './api.js';

const VIEWS = [
  ['Overview', ['overview']], ['Actions', ['actions']], ['New action', ['actions'], { edit: 'new' }], ['Week: busiest minutes', ['week']],
  ['Outage simulator', ['outage']], ['Held backlog', ['backlog']], ['History', ['history']], ['History of failures', ['history'], { status: 'failed' }],
];

export function Palette({ close }) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const [found, setFound] = useState([]);
  const input = useRef(null);
  const quiet = useQuiet(text, 150);
  useEffect(() => { input.current.focus(); }, []);
  useEffect(() => {
    let dropped = false;
    if (quiet.trim()) {
      get('/api/v1/jobs', { q: quiet.trim(), size: 8 }).then((page) => dropped || setFound(page.jobs), () => dropped || setFound([]));
    } else {
      setFound([]);
    }
    return () => { dropped = true; };
  }, [quiet]);
  const wanted = text.trim().toLowerCase();
  const rows = [
    ...VIEWS.filter(([name]) => name.toLowerCase().includes(wanted)).map(([name, path, query]) => ({ name, kind: 'view', open: () => go(path, query) })),
    ...found.map((job) => ({ name: job.name || String(job.id), kind: 'action ' + job.id, open: () => go(['actions', String(job.id)]) })),
  ];
  const at = Math.min(chosen, Math.max(0, rows.length - 1));
  const key = (event) => {
    if (event.key === 'ArrowDown') { setChosen(Math.min(at + 1, rows.length - 1)); event.preventDefault(); }
    if (event.key === 'ArrowUp') { setChosen(Math.max(at - 1, 0)); event.preventDefault(); }
    if (event.key === 'Enter' && rows[at]) { rows[at].open(); close(); }
  };
  return html`<${Dialog} label="Go to" kind="narrow palette" close=${close}>
      <input ref=${input} role="combobox" aria-expanded="true" aria-controls="palette-list" aria-activedescendant=${rows.length ? 'palette-' + at : undefined} aria-label="Go to a view or find an action"
        placeholder="Go to a view, or find an action" value=${text} onInput=${(e) => { setText(e.target.value); setChosen(0); }} onKeyDown=${key}/>
      <ul id="palette-list" role="listbox" aria-label="Matches">${rows.map((row, i) => html`<li id=${'palette-' + i} role="option" aria-selected=${i === at} onClick=${() => { row.open(); close(); }}><span class="clip">${row.name}</span><span class="dim small nowrap">${row.kind}</span></li>`)}</ul>
      ${rows.length === 0 && html`<div class="empty">Nothing has this name.</div>`}
    </${Dialog}>`;
}
