// What every module uses: Preact, the address, and times and numbers as people read them.
import { html, render, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from './preact.js';
import { readRoute } from './first.js';

export { readRoute, html, render, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState };

let zone = '';
/** The zone of this browser; asked for when it is first shown, since Intl starts slowly. */
export function browserZone() {
  zone = zone || Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  return zone;
}

/** A whole number with commas; not by Intl, whose start costs as much as drawing fifty rows. */
export const number = (value) => (value === null || value === undefined ? '–' : String(value).replace(/\B(?=(\d{3})+$)/g, ','));

function part(options, zone) {
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone, hourCycle: 'h23' });
  } catch (e) {
    return new Intl.DateTimeFormat('en-GB', { ...options, hourCycle: 'h23' }); // a zone that the browser lacks
  }
}
const formats = new Map();
function format(kind, options, zone) {
  const key = kind + zone;
  if (!formats.has(key)) formats.set(key, part(options, zone));
  return formats.get(key);
}

/** 27 Nov 2026, 14:02:31 in the browser's zone, or in another one. */
export function time(text, zone = browserZone()) {
  if (!text) return '–';
  return format('t', { day: '2-digit', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' }, zone).format(new Date(text));
}
export function clock(text, zone = browserZone()) {
  return text ? format('c', { hour: '2-digit', minute: '2-digit', second: '2-digit' }, zone).format(new Date(text)) : '–';
}
/** 27 Nov */
export function day(text, zone = browserZone()) {
  return format('d', { day: '2-digit', month: 'short' }, zone).format(new Date(text));
}
export function weekday(text, zone = browserZone()) {
  return format('w', { weekday: 'short', hour: '2-digit', minute: '2-digit' }, zone).format(new Date(text));
}

/** As a field for dates and times has it, in the browser's zone: 2026-11-27T14:02:31. */
export function localTime(text) {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? '' : new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 19);
}

/** A length of time in its largest fitting unit: 3 ms, 4.2 s, 12 min, 3 h. */
export function span(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  const s = Math.abs(seconds);
  if (s < 0.00005) return '0 ms';
  if (s < 0.9995) return (s * 1000).toFixed(s < 0.00995 ? 1 : 0) + ' ms';
  if (s < 60) return (s < 9.95 ? s.toFixed(1) : Math.round(s)) + ' s';
  if (s < 3600) return Math.floor(s / 60) + ' min' + (s % 60 >= 1 && s < 600 ? ' ' + Math.floor(s % 60) + ' s' : '');
  if (s < 172800) return Math.floor(s / 3600) + ' h' + (s % 3600 >= 60 && s < 36000 ? ' ' + Math.floor((s % 3600) / 60) + ' min' : '');
  return Math.floor(s / 86400) + ' days';
}
export function until(text, now = Date.now()) {
  const s = (new Date(text).getTime() - now) / 1000;
  return s < 0.5 ? 'now' : 'in ' + (s < 59.5 ? Math.ceil(s) + ' s' : span(s));
}

export function href(path, query = {}) {
  const kept = Object.entries(query).filter(([, value]) => value !== '' && value !== undefined && value !== null);
  const text = new URLSearchParams(kept).toString();
  return '#/' + path.map(encodeURIComponent).join('/') + (text ? '?' + text : '');
}
export function go(path, query) {
  location.hash = href(path, query);
}
/** Changes parameters of the present view without a new entry in the browser's history. */
export function replaceQuery(changes) {
  const { path, query } = readRoute();
  history.replaceState(null, '', href(path, { ...query, ...changes }));
  dispatchEvent(new HashChangeEvent('hashchange'));
}
export function useRoute() {
  const [route, setRoute] = useState(readRoute);
  useEffect(() => {
    const changed = () => setRoute(readRoute());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return route;
}

/** Runs `work` while the page is seen, at once and each `millis`. */
export function useEach(millis, work, inputs = []) {
  const latest = useRef(work);
  latest.current = work;
  useLayoutEffect(() => { // not behind the next paint: what is asked for is shown in it, if it has come
    let timer = null;
    const run = () => latest.current();
    const start = () => { if (timer === null) { run(); timer = setInterval(run, millis); } };
    const stop = () => { clearInterval(timer); timer = null; };
    const seen = () => (document.hidden ? stop() : start());
    seen();
    document.addEventListener('visibilitychange', seen);
    return () => { stop(); document.removeEventListener('visibilitychange', seen); };
  }, [millis, ...inputs]);
}

/** A value that follows `value` when it has been quiet for `millis`. */
export function useQuiet(value, millis) {
  const [quiet, setQuiet] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(value), millis);
    return () => clearTimeout(timer);
  }, [value, millis]);
  return quiet;
}

/** The width of an element in pixels, for drawings whose text keeps its size on a phone: [ref, width]. */
export function useWidth(guess) {
  const box = useRef(null);
  const [width, setWidth] = useState(guess);
  useLayoutEffect(() => {
    const look = () => setWidth(Math.max(240, Math.round(box.current.clientWidth)));
    look();
    const seen = new ResizeObserver(look);
    seen.observe(box.current);
    return () => seen.disconnect();
  }, []);
  return [box, width];
}

const STEPS = [60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 604800, 2592000, 7776000, 31536000];
/** Round moments between two, in seconds, `most` at most: each with a short text for an axis of time. */
export function moments(from, to, most) {
  const step = STEPS.find((one) => (to - from) / one <= most) || (to - from) / most;
  const ahead = new Date(from * 1000).getTimezoneOffset() * -60; // round by the clock of this browser
  const found = [];
  for (let at = Math.ceil((from + ahead) / step) * step - ahead; at <= to; at += step) {
    const text = new Date(at * 1000).toISOString();
    found.push({ at, text: step < 86400 && to - from < 129600 ? clock(text).slice(0, 5) : step < 86400 ? weekday(text) : day(text) });
  }
  return found;
}

/** What `load` gives, loaded again whenever `inputs` change; an answer that comes late is dropped. */
export function useLoad(load, inputs) {
  const [state, setState] = useState({ value: null, error: null, loading: true });
  const [again, setAgain] = useState(0);
  useLayoutEffect(() => {
    let dropped = false;
    setState((old) => (old.loading ? old : { ...old, loading: true }));
    load().then(
      (value) => dropped || setState({ value, error: null, loading: false }),
      (error) => dropped || setState((old) => ({ value: old.value, error, loading: false })));
    return () => { dropped = true; };
  }, [...inputs, again]);
  useEffect(() => { // what cannot be reached is tried again, as the message says
    if (!state.error || ![0, 503].includes(state.error.status)) return undefined;
    const timer = setTimeout(() => setAgain((n) => n + 1), 3000);
    return () => clearTimeout(timer);
  }, [state.error]);
  return { ...state, reload: useCallback(() => setAgain((n) => n + 1), []) };
}

/** A field whose text is taken when it is left, or at Enter; what was typed by then survives whatever the page shows meanwhile. */
export function Typed({ value, set, ...more }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return html`<input ...${more} value=${text} onInput=${(e) => setText(e.target.value)} onChange=${(e) => set(e.target.value.trim())}/>`;
}

/** A dialog before the page: the focus stays in it, Escape or a click beside it calls `close`, and whoever opened it has the focus again. */
export function Dialog({ label, close, kind = '', children }) {
  const box = useRef(null);
  const latest = useRef(close);
  latest.current = close;
  useLayoutEffect(() => {
    const opener = document.activeElement;
    box.current.showModal();
    return () => opener && opener.isConnected && opener.focus();
  }, []);
  const closed = () => { // a browser closes a dialog at the second Escape, whatever the page says
    latest.current(true);
    setTimeout(() => box.current && !box.current.open && box.current.showModal());
  };
  return html`<dialog class=${'dialog ' + kind} ref=${box} aria-label=${label} onCancel=${(e) => { e.preventDefault(); latest.current(); }} onClose=${closed} onClick=${(e) => e.target === box.current && latest.current()}>
    <div class="inside">${children}</div></dialog>`;
}

const parts = [];
/** A part of the page whose script is loaded when it is first shown, or when the page has nothing else to do. */
export function later(load, name, isDialog = false) {
  let part = null;
  const ready = () => load().then((module) => { part = module[name]; });
  parts.push(ready);
  return function Later(props) {
    const [state, setState] = useState(part ? 'here' : 'coming');
    useEffect(() => {
      let dropped = false;
      if (!part) ready().then(() => dropped || setState('here'), () => dropped || setState('lost'));
      return () => { dropped = true; };
    }, []);
    if (part) return html`<${part} ...${props}/>`;
    return state === 'lost'
      ? html`<div class="note bad" role="alert">This part of the page could not be loaded: the scheduler cannot be reached. Load the page again when it is back.</div>`
      : isDialog ? null : html`<p class="loading" role="status">Loading…</p>`; // a dialog takes no place in the page
  };
}
/** Loads the parts that were not shown yet, so that they are there when they are wanted. */
export function loadLater() {
  parts.splice(0).forEach((ready) => ready().catch(() => {})); // told when it is shown
}
