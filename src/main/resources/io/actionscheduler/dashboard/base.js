// What every module uses: Preact, the address, and times and numbers as people read them.
import { html, render, useCallback, useEffect, useMemo, useRef, useState } from './preact.js';

export { html, render, useCallback, useEffect, useMemo, useRef, useState };

export const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

const numbers = new Intl.NumberFormat('en-US');
export const number = (value) => (value === null || value === undefined ? '–' : numbers.format(value));

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
export function time(text, zone = browserZone) {
  if (!text) return '–';
  return format('t', { day: '2-digit', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' }, zone).format(new Date(text));
}
export function clock(text, zone = browserZone) {
  return text ? format('c', { hour: '2-digit', minute: '2-digit', second: '2-digit' }, zone).format(new Date(text)) : '–';
}
export function weekday(text, zone = browserZone) {
  return format('w', { weekday: 'short', hour: '2-digit', minute: '2-digit' }, zone).format(new Date(text));
}

/** A length of time in its largest fitting unit: 3 ms, 4.2 s, 12 min, 3 h. */
export function span(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  const s = Math.abs(seconds);
  if (s < 0.00005) return '0 ms';
  if (s < 0.0995) return (s * 1000).toFixed(s < 0.00995 ? 1 : 0) + ' ms';
  if (s < 60) return (s < 9.95 ? s.toFixed(1) : Math.round(s)) + ' s';
  if (s < 3600) return Math.floor(s / 60) + ' min' + (s % 60 >= 1 && s < 600 ? ' ' + Math.floor(s % 60) + ' s' : '');
  if (s < 172800) return Math.floor(s / 3600) + ' h' + (s % 3600 >= 60 && s < 36000 ? ' ' + Math.floor((s % 3600) / 60) + ' min' : '');
  return Math.floor(s / 86400) + ' days';
}
export function until(text, now = Date.now()) {
  const s = (new Date(text).getTime() - now) / 1000;
  return s < 0.5 ? 'now' : 'in ' + (s < 59.5 ? Math.ceil(s) + ' s' : span(s));
}

/** The address behind '#': a path and its parameters, so that a view can be sent to a colleague. */
export function readRoute() {
  const raw = location.hash.replace(/^#/, '') || '/';
  const [path, query = ''] = raw.split('?');
  return { path: path.split('/').filter(Boolean).map(decodeURIComponent), query: Object.fromEntries(new URLSearchParams(query)) };
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
  useEffect(() => {
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

/** What `load` gives, loaded again whenever `inputs` change; an answer that comes late is dropped. */
export function useLoad(load, inputs) {
  const [state, setState] = useState({ value: null, error: null, loading: true });
  const [again, setAgain] = useState(0);
  useEffect(() => {
    let dropped = false;
    setState((old) => ({ ...old, loading: true }));
    load().then(
      (value) => dropped || setState({ value, error: null, loading: false }),
      (error) => dropped || setState((old) => ({ value: old.value, error, loading: false })));
    return () => { dropped = true; };
  }, [...inputs, again]);
  return { ...state, reload: useCallback(() => setAgain((n) => n + 1), []) };
}
