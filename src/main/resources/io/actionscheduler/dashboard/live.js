// Tells listeners what happens, by the event stream: shared between tabs, and stopped while the page is hidden.
import { asset, base } from './first.js';
import { useEffect, useRef } from './base.js';

const listeners = new Map(); // with the action whose runs each wants, or ''
let port = null; // of the shared worker
let own = null; // a connection of this tab, where the browser has no shared workers
let followed = null; // what was asked for last

const address = base + '/api/v1/events';
const TYPES = ['run', 'edit', 'state', 'actions', 'missed'];

function tell(type, text) {
  let data = {};
  try {
    data = JSON.parse(text);
  } catch (e) {
    return; // not an event of the scheduler
  }
  listeners.forEach((_, listener) => listener(type, data));
}

/** Follows what is listened to, or nothing while nobody looks. */
function follow() {
  const runs = [...new Set([...listeners.values()].filter(Boolean))];
  const wanted = document.hidden || listeners.size === 0 ? null : runs.join(' ');
  if (wanted === followed) return;
  followed = wanted;
  if (window.SharedWorker) {
    if (!port && wanted === null) return;
    if (!port) {
      port = new SharedWorker(asset('stream.js'), { name: 'action-scheduler events' }).port;
      port.onmessage = ({ data }) => tell(data.type, data.data);
      port.start();
    }
    port.postMessage(wanted === null ? { kind: 'leave' } : { kind: 'follow', address: new URL(address, location.href).href, runs });
  } else {
    if (own) own.close();
    own = wanted === null ? null : new EventSource(address + (runs.length ? '' : '?types=actions,edit,state'), { withCredentials: true });
    if (own) TYPES.forEach((type) => own.addEventListener(type, (event) => tell(type, event.data)));
  }
}

document.addEventListener('visibilitychange', follow);
addEventListener('pagehide', () => {
  if (port) port.postMessage({ kind: 'leave' });
  if (own) own.close();
  followed = null;
});
addEventListener('pageshow', follow);

/** Calls `listener(type, data)` for each event while a view is shown; for runs, only for those of the action `runsOf`. */
export function useEvents(listener, runsOf = '') {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const mine = (type, data) => latest.current(type, data);
    listeners.set(mine, runsOf);
    setTimeout(follow, Math.max(0, 500 - performance.now())); // the first rows of a new page come first
    return () => { listeners.delete(mine); setTimeout(follow); }; // the next view listens by then
  }, [runsOf]);
}

/** Calls `reload` when events of a kind came or were missed, once for many, at most each `millis`. */
export function useReloadOn(matches, reload, millis = 1500, runsOf = '') {
  const waiting = useRef(null);
  useEffect(() => () => clearTimeout(waiting.current), []);
  useEvents((type, data) => {
    if (waiting.current === null && (type === 'missed' || matches(type, data))) {
      waiting.current = setTimeout(() => { waiting.current = null; reload(); }, millis);
    }
  }, runsOf);
}
