-- Finds the latest run of an action that somebody asked for; the ledger tells of the scheduled ones.
CREATE INDEX scheduler_history_by_hand ON scheduler_history (action_number, action_text, id)
  WHERE cause IN ('MANUAL', 'BACKFILL');

-- When targets could not be reached, to tell of a fire that waited for one.
CREATE TABLE scheduler_past_outage (
  callback TEXT COLLATE "C" NOT NULL,
  begun_at BIGINT NOT NULL,
  ended_at BIGINT, -- NULL while it lasts
  reason TEXT NOT NULL,
  PRIMARY KEY (callback, begun_at)
);
CREATE INDEX scheduler_past_outage_begun ON scheduler_past_outage (begun_at);

-- Changes of many actions, each of which names its id as the request.
CREATE TABLE scheduler_bulk (
  id TEXT PRIMARY KEY,
  begun_at BIGINT NOT NULL,
  state TEXT NOT NULL -- JSON
);
