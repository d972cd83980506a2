// Calls of the public HTTP API. The page uses nothing else: whatever it does, a script can do.
import { address, base, taken } from './first.js';

export { base };

/** An error of the API, with the fields that were wrong. */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || 'the scheduler answered ' + status);
    this.status = status;
    this.problem = problem;
    this.fields = Object.fromEntries((problem.errors || []).map((one) => [String(one.pointer).replace(/^#\//, ''), one.detail]));
  }
}

const asked = new Set();
/** Calls `listener` when the API asks for a key. */
export function onKeyNeeded(listener) {
  asked.add(listener);
  return () => asked.delete(listener);
}

/** A request; gives the answer's value, with `etag` where it has one. */
export async function call(method, path, { body, headers = {}, query = {} } = {}) {
  const where = address(path, query);
  let answer;
  try {
    answer = await ((method === 'GET' && taken(where)) || fetch(base + where, {
      method,
      credentials: 'same-origin',
      headers: body === undefined ? headers : { 'Content-Type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    }));
  } catch (e) {
    throw new ApiError(0, { detail: 'The scheduler cannot be reached. It may have been stopped; this page tries again by itself.' });
  }
  const text = await answer.text();
  let value = {};
  try {
    value = text ? JSON.parse(text) : {};
  } catch (e) {
    value = { detail: text.slice(0, 300) };
  }
  if (answer.status === 401 && path !== '/api/v1/session') asked.forEach((listener) => listener());
  if (!answer.ok) throw new ApiError(answer.status, value);
  return { value, etag: answer.headers.get('ETag'), status: answer.status };
}

export const get = async (path, query) => (await call('GET', path, { query })).value;
export const post = async (path, body, query) => (await call('POST', path, { body, query })).value;
export const job = (id, rest = '') => '/api/v1/jobs/' + encodeURIComponent(id) + rest;
