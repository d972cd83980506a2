// Asks for what the first view shows while the other scripts are still on their way. It imports nothing, so it runs first.
export const base = document.querySelector('meta[name=base]').content;
export const asset = (name) => new URL('./' + name, import.meta.url).href;
export const PAGE = 50;

/** A path with those parameters that have a value. */
export function address(path, query = {}) {
  const kept = Object.entries(query).filter(([, value]) => value !== '' && value !== undefined && value !== null);
  return path + (kept.length ? '?' + new URLSearchParams(kept) : '');
}

/** The address behind '#': a path and its parameters, so that a view can be sent to a colleague. */
export function readRoute() {
  const raw = location.hash.replace(/^#/, '') || '/';
  const [path, query = ''] = raw.split('?');
  return { path: path.split('/').filter(Boolean).map(decodeURIComponent), query: Object.fromEntries(new URLSearchParams(query)) };
}

/** What the list of actions asks for: its filter as the API has it, and its page. */
export function wanted(query) {
  const sort = query.sort || '';
  return {
    q: query.q, status: query.status, schedule: query.schedule, callback: query.callback, owner_id: query.owner, source: query.source,
    sort: sort.replace('-', ''), descending: sort.startsWith('-') ? 'true' : '', page: query.page || 1, size: PAGE,
  };
}

const asked = new Map();
function ask(where) {
  const answer = fetch(base + where, { credentials: 'same-origin' });
  answer.catch(() => {}); // told to whoever takes it
  asked.set(where, answer);
}

/** The answer that was asked for in advance, once; undefined where there is none. */
export function taken(where) {
  const answer = asked.get(where);
  asked.delete(where);
  return answer;
}
/** Forgets what was asked for: it was answered for somebody else. */
export const forget = () => asked.clear();

ask('/api/v1/session');
try {
  const { path, query } = readRoute();
  if (!path.length || path[0] === 'overview') ask('/api/v1/overview');
  if (path[0] === 'actions' && path.length === 1) ask(address('/api/v1/jobs', wanted(query)));
} catch (e) {
  // an address that cannot be read has no view either
}
setTimeout(forget, 10000); // what nobody took by then is out of date
