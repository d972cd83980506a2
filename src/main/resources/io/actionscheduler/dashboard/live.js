// Tells listeners what happens, by the event stream: shared between tabs, and stopped while the page is hidden.
import { base } from './api.js';
import { useEffect, useRef } from './base.js';

const listeners = new Set();
let port = null; // of the shared worker
let own = null; // a connection of this tab, where the browser has no shared workers
let following = false;

const address = base + '/api/v1/events';
const TYPES = ['run', 'edit', 'state', 'actions', 'change'];

function tell(type, text) {
  let data = {};
  try {
    data = JSON.parse(text);
  } catch (e) {
    return; // not one of ours
  }
  listeners.forEach((listener) => listener(type, data));
}

function follow() {
  if (following || document.hidden) return;
  following = true;
  if (window.SharedWorker) {
    if (!port) {
      port = new SharedWorker(base + '/assets/stream.js', { name: 'action-scheduler events' }).port;
      port.onmessage = ({ data }) => { if (data.kind === 'event') tell(data.type, data.data); };
      port.start();
    }
    port.postMessage({ kind: 'follow', address: new URL(address, location.href).href });
  } else {
    own = new EventSource(address, { withCredentials: true });
    TYPES.forEach((type) => own.addEventListener(type, (event) => tell(type, event.data)));
  }
}

function leave() {
  if (!following) return;
  following = false;
  if (port) port.postMessage({ kind: 'leave' });
  if (own) { own.close(); own = null; }
}

document.addEventListener('visibilitychange', () => (document.hidden ? leave() : listeners.size && follow()));
addEventListener('pagehide', leave);

/** Calls `listener(type, data)` for each event while a view is shown. */
export function useEvents(listener) {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const mine = (type, data) => latest.current(type, data);
    listeners.add(mine);
    follow();
    return () => { listeners.delete(mine); if (listeners.size === 0) leave(); };
  }, []);
}

/** Calls `reload` when events of a kind came, once for many, at most each `millis`. */
export function useReloadOn(matches, reload, millis = 1500) {
  const waiting = useRef(null);
  useEffect(() => () => clearTimeout(waiting.current), []);
  useEvents((type, data) => {
    if (waiting.current === null && matches(type, data)) {
      waiting.current = setTimeout(() => { waiting.current = null; reload(); }, millis);
    }
  });
}
