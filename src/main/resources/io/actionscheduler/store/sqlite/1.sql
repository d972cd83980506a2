-- Times are microseconds since 1970 in UTC. An action's id is (action_number, ''), or
-- (9223372036854775807, action_text) where it is no number: so it sorts as ids do.

CREATE TABLE scheduler_owner (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  token INTEGER NOT NULL, -- grows with every owner; each write checks that it is still its own
  host TEXT NOT NULL,
  pid INTEGER NOT NULL,
  since INTEGER NOT NULL
);

CREATE TABLE scheduler_callback (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
);

-- Where few texts are shared by many actions, progress and snapshot hold their numbers. They are
-- found by digest, because an index takes no text of any length.
CREATE TABLE scheduler_schedule (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  cron TEXT NOT NULL,
  zone TEXT NOT NULL
);

CREATE TABLE scheduler_policy (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  policy TEXT NOT NULL -- JSON
);

CREATE TABLE scheduler_progress (
  action_number INTEGER NOT NULL,
  action_text TEXT NOT NULL,
  callback_id INTEGER NOT NULL,
  settled_until INTEGER NOT NULL,
  schedule_id INTEGER, -- NULL where the schedule stands for itself
  cron TEXT,
  zone TEXT,
  paused INTEGER NOT NULL,
  begun_at INTEGER NOT NULL, -- what is scheduled after it is accounted for
  outcome TEXT, -- of the latest stretch, which goes from first_at to settled_until
  first_at INTEGER NOT NULL,
  fires INTEGER NOT NULL,
  open_fire TEXT, -- JSON
  PRIMARY KEY (action_number, action_text, callback_id)
) WITHOUT ROWID;

CREATE TABLE scheduler_source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  read_at INTEGER
);

CREATE TABLE scheduler_action (
  source_id INTEGER NOT NULL,
  action_number INTEGER NOT NULL,
  action_text TEXT NOT NULL,
  schedule_id INTEGER, -- NULL where the schedule stands for itself
  cron TEXT,
  zone TEXT,
  policy_id INTEGER NOT NULL,
  body TEXT NOT NULL, -- JSON: name, command, parameters
  PRIMARY KEY (source_id, action_number, action_text)
) WITHOUT ROWID;
