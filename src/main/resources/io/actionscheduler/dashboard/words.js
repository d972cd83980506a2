// Outcomes as words and marks: each has a shape of its own, so that colour is never needed to tell them apart.
import { html } from './base.js';

export const OUTCOMES = {
  success: { word: 'delivered', shape: 'disc' },
  late: { word: 'delivered late', shape: 'half' },
  merged: { word: 'merged', shape: 'square' },
  expired: { word: 'expired', shape: 'ring' },
  failed: { word: 'failed', shape: 'cross' },
  retrying: { word: 'waits for a retry', shape: 'triangle' },
  retried: { word: 'delivered after a retry', shape: 'cap' },
  skipped: { word: 'skipped', shape: 'dash' },
  dropped: { word: 'dropped by an operator', shape: 'frame' },
  excluded: { word: 'excluded by a calendar or blackout', shape: 'barred' },
  superseded: { word: 'superseded by an edit', shape: 'slash' },
  paused: { word: 'disabled', shape: 'bars' },
  running: { word: 'runs now', shape: 'play' },
  planned: { word: 'planned', shape: 'diamond' },
  unknown: { word: 'before the ledger began', shape: 'dot' },
};

/** The outcome of a run, in more detail than its status. */
export function outcomeOf(run) {
  if (run.status === 'success' && run.retry_count > 0) return 'retried';
  if (run.status === 'success' && run.cause === 'catch_up') return 'late';
  return OUTCOMES[run.status] ? run.status : 'unknown';
}

const SHAPES = {
  disc: html`<circle cx="6.5" cy="6.5" r="5" fill="currentColor"/>`,
  half: html`<circle cx="6.5" cy="6.5" r="4.6" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M6.5 1.5a5 5 0 0 1 0 10z" fill="currentColor"/>`,
  square: html`<rect x="2" y="2" width="9" height="9" rx="1.5" fill="currentColor"/>`,
  ring: html`<circle cx="6.5" cy="6.5" r="4.4" fill="none" stroke="currentColor" stroke-width="1.8"/>`,
  cross: html`<path d="M2.5 2.5l8 8m0-8l-8 8" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"/>`,
  triangle: html`<path d="M6.5 1.8L12 11H1z" fill="currentColor"/>`,
  cap: html`<path d="M6.5 2.4L11 10.4H2z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/>`,
  dash: html`<path d="M2 6.5h9" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"/>`,
  frame: html`<rect x="2.4" y="2.4" width="8.2" height="8.2" rx="1" fill="none" stroke="currentColor" stroke-width="1.6"/>`,
  barred: html`<circle cx="6.5" cy="6.5" r="4.6" fill="none" stroke="currentColor" stroke-width="1.4"/><path d="M3.4 9.6l6.2-6.2" stroke="currentColor" stroke-width="1.4"/>`,
  slash: html`<path d="M3 10.5l7-8" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"/>`,
  bars: html`<path d="M4.2 2.5v8M8.8 2.5v8" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"/>`,
  play: html`<path d="M3.5 2v9l7-4.5z" fill="currentColor"/>`,
  diamond: html`<path d="M6.5 1.4l5 5.1-5 5.1-5-5.1z" fill="none" stroke="currentColor" stroke-width="1.6"/>`,
  dot: html`<circle cx="6.5" cy="6.5" r="2" fill="currentColor"/>`,
};

export function shape(outcome) {
  return SHAPES[(OUTCOMES[outcome] || OUTCOMES.unknown).shape];
}
const tone = (outcome) => (outcome === 'late' || outcome === 'retried' ? 'c-late' : 'c-' + outcome);
export const toneOf = tone;

export function Mark({ outcome, title }) {
  const known = OUTCOMES[outcome] || OUTCOMES.unknown;
  return html`<svg class=${'mark ' + tone(outcome)} viewBox="0 0 13 13" role="img" aria-label=${title || known.word}><title>${title || known.word}</title>${SHAPES[known.shape]}</svg>`;
}

export function Outcome({ outcome }) {
  return html`<span class="outcome"><${Mark} outcome=${outcome}/><span class="hide-phone">${(OUTCOMES[outcome] || OUTCOMES.unknown).word}</span></span>`;
}

const STATES = { fires: ['active', 'good'], never: ['never fires', 'late'], disabled: ['disabled', ''], rejected: ['rejected', 'bad'] };
export function State({ status }) {
  const [word, kind] = STATES[status] || [status, ''];
  return html`<span class=${'tag ' + kind}>${word}</span>`;
}

/** A schedule as text: what the table holds, without the JSON around a plain crontab line or interval. */
export function scheduleText(expr) {
  let form = expr;
  try {
    if (typeof expr === 'string' && expr.startsWith('{')) form = JSON.parse(expr);
  } catch (e) {
    return expr;
  }
  if (typeof form === 'string') return form;
  const { value, every, start_date: _, ...more } = (form && form.params) || {}; // an interval keeps its phase there
  const plain = Object.keys(more).length === 0 && ((form.format === 'unix' && value) || (form.format === 'interval' && every));
  return plain || JSON.stringify(form);
}
