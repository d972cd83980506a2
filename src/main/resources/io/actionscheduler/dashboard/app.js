// The shell: navigation, sign-in, theme, messages, and the view that the address names.
import { html, render, useEffect, useLayoutEffect, useRef, useState, useRoute, href, later, loadLater } from './base.js';
import { asset, forget } from './first.js';
import { base, call, get, onKeyNeeded } from './api.js';
import { Overview } from './overview.js';
import { Actions } from './actions.js';

const ActionPage = later(() => import('./action.js'), 'ActionPage');
const Week = later(() => import('./week.js'), 'Week');
const Outage = later(() => import('./outage.js'), 'Outage');
const Backlog = later(() => import('./backlog.js'), 'Backlog');
const History = later(() => import('./history.js'), 'History');
const Palette = later(() => import('./palette.js'), 'Palette', true);

const VIEWS = [
  ['overview', 'Overview', 'M3 10.5L10 4l7 6.5V17h-5v-4H8v4H3z'],
  ['actions', 'Actions', 'M4 5h12M4 10h12M4 15h12'],
  ['week', 'Week', 'M3 5h14v12H3zM3 9h14M7 3v4M13 3v4'],
  ['outage', 'Outage', 'M10 3l8 14H2zM10 8v4M10 14.4v.2'],
  ['history', 'History', 'M10 3a7 7 0 1 1-6.6 4.7M3 3v4.7h4.7M10 6.5V10l2.6 1.8'],
];

function Icon({ path }) {
  return html`<svg width="19" height="19" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${path}/></svg>`;
}

function SignIn({ done }) {
  const [key, setKey] = useState('');
  const [error, setError] = useState(null);
  const input = useRef(null);
  useEffect(() => input.current.focus(), []);
  const submit = (event) => {
    event.preventDefault();
    forget();
    call('POST', '/api/v1/session', { body: { key } }).then(({ value }) => done(value), (e) => setError(e.message));
  };
  return html`<main class="main" id="main"><form class="panel signin" onSubmit=${submit}><div class="brand"><img src=${asset('icon.svg')} alt=""/>action-scheduler</div>
    <h1>Sign in</h1><p class="dim">Use a key of the setting http.api_keys. This browser gets a session of twelve hours; the key itself is not kept.</p>
    <label class="field">API key<input ref=${input} type="password" autocomplete="current-password" value=${key} onInput=${(e) => setKey(e.target.value)}/></label>
    ${error && html`<p class="error" role="alert">${error}</p>`}
    <div class="end" style=${{ marginTop: '14px' }}><button class="primary" disabled=${!key}>Sign in</button></div></form></main>`;
}

function theme() {
  try { return localStorage.getItem('theme') || ''; } catch (e) { return ''; }
}
function applyTheme(name) {
  if (name) document.documentElement.dataset.theme = name; else delete document.documentElement.dataset.theme;
  try { localStorage.setItem('theme', name); } catch (e) { /* the choice holds for this tab alone */ }
  dispatchEvent(new Event('themechange'));
}

function View({ route, told, rights, sources, cluster }) {
  const [name = 'overview', id] = route.path;
  if (cluster && name !== 'overview') return html`<div class="empty"><b>In a cluster, this page has only the overview; use the commands for the rest</b><a href=${href(['overview'])}>Overview</a></div>`;
  const more = { query: route.query, told, rights };
  switch (name) {
    case 'overview': return html`<${Overview} pages=${!cluster}/>`;
    case 'actions': return id ? html`<${ActionPage} key=${id} id=${id} ...${more}/>` : html`<${Actions} sources=${sources} ...${more}/>`;
    case 'week': return html`<${Week} ...${more}/>`;
    case 'outage': return html`<${Outage} ...${more}/>`;
    case 'backlog': return html`<${Backlog} ...${more}/>`;
    case 'history': return html`<${History} ...${more}/>`;
    default: return html`<div class="empty"><b>There is no such page</b><a href=${href(['overview'])}>Overview</a></div>`;
  }
}

function App() {
  const route = useRoute();
  const [session, setSession] = useState(null);
  const [error, setError] = useState(null);
  const [palette, setPalette] = useState(false);
  const [toasts, setToasts] = useState([]);
  const [shade, setShade] = useState(theme());
  const load = () => get('/api/v1/session').then((value) => { setSession(value); setError(null); }, (e) => setError(e.message));
  useLayoutEffect(() => { load(); return onKeyNeeded(() => setSession((old) => (old ? { ...old, signed_in: false, key_needed: true, rights: [] } : old))); }, []);
  useEffect(() => {
    if (!error) return undefined;
    const timer = setInterval(load, 3000);
    return () => clearInterval(timer);
  }, [error]);
  const inCluster = !!session && !!session.cluster;
  useEffect(() => {
    if (inCluster) return undefined; // no view to go to
    const key = (event) => {
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement ? document.activeElement.tagName : '');
      if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) { event.preventDefault(); setPalette(true); }
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); setPalette(true); }
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  }, [inCluster]);
  useEffect(() => {
    if (!session) return undefined;
    const timer = setTimeout(() => (window.requestIdleCallback || setTimeout)(loadLater), 1000);
    return () => clearTimeout(timer);
  }, [session !== null]);
  const current = route.path[0] || 'overview';
  useEffect(() => { document.title = (VIEWS.find(([name]) => name === current) || [null, current === 'backlog' ? 'Held backlog' : 'action-scheduler'])[1] + (route.path[1] ? ' ' + route.path[1] : '') + ' · action-scheduler'; }, [current, route.path[1]]);
  const told = (text, bad) => {
    const toast = { text, bad, key: Math.random() };
    setToasts((old) => [...old.slice(-3), toast]);
    setTimeout(() => setToasts((old) => old.filter((one) => one !== toast)), bad ? 9000 : 4500);
  };
  if (!session) return html`<p class="loading" role="status">${error || 'Loading…'}</p>`;
  if (session.key_needed && !session.signed_in) return html`<${SignIn} done=${setSession}/>`;
  const signOut = () => call('DELETE', '/api/v1/session').then(load, load);
  const shades = { '': 'Theme: system', light: 'Theme: light', dark: 'Theme: dark' };
  const nextShade = { '': 'dark', dark: 'light', light: '' };
  const views = session.cluster ? VIEWS.filter(([name]) => name === 'overview') : VIEWS; // a process of a cluster knows only its own part of the rest
  const foot = html`${!session.cluster && html`<button onClick=${() => setPalette(true)}>Go to… <kbd>/</kbd></button>`}
    <button onClick=${() => { const next = nextShade[shade]; setShade(next); applyTheme(next); }}>${shades[shade]}</button>
    <a href=${base + '/docs'}>HTTP API</a>
    ${session.key_needed && html`<span>Signed in as ${session.name} (${session.rights.join(', ')})</span><button onClick=${signOut}>Sign out</button>`}`;
  return html`<a class="skip" href="#main" onClick=${(e) => { e.preventDefault(); document.getElementById('main').focus(); }}>To the content</a>
    <div class="shell"><nav class="side" aria-label="Views"><a class="brand" href=${href(['overview'])}><img src=${asset('icon.svg')} alt=""/>action-scheduler</a>
      ${views.map(([name, word, icon]) => html`<a class="nav" href=${href([name])} aria-current=${current === name || current === 'backlog' && name === 'outage' ? 'page' : undefined}><${Icon} path=${icon}/>${word}</a>`)}
      <div class="foot">${foot}</div></nav>
    <main class="main" id="main" tabindex="-1"><div class="view"><${View} route=${route} told=${told} rights=${session.rights} sources=${session.sources} cluster=${session.cluster}/></div><div class="foot phone">${foot}</div></main></div>
    ${palette && html`<${Palette} close=${() => setPalette(false)}/>`}
    <div class="toasts" role="status" aria-live="polite">${toasts.map((one) => html`<div key=${one.key} class=${'toast ' + (one.bad ? 'bad' : '')}>${one.text}</div>`)}</div>`;
}

applyTheme(theme());
const place = document.getElementById('app');
place.textContent = '';
render(html`<${App}/>`, place);
