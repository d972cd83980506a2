-- What became of every scheduled time: stretches of one outcome that are closed; the open ones
-- are in scheduler_progress. A version is a schedule that an action had until ended_at.

CREATE TABLE scheduler_ledger (
  action_number BIGINT NOT NULL,
  action_text TEXT NOT NULL,
  callback TEXT NOT NULL,
  begun_at BIGINT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  fires BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  PRIMARY KEY (action_number, action_text, callback, begun_at, first_at)
);

CREATE TABLE scheduler_version (
  action_number BIGINT NOT NULL,
  action_text TEXT NOT NULL,
  callback TEXT NOT NULL,
  begun_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  cron TEXT NOT NULL,
  zone TEXT NOT NULL,
  PRIMARY KEY (action_number, action_text, callback, begun_at)
);

-- Past fires in detail, in the order in which they ended.
CREATE TABLE scheduler_history (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  action_number BIGINT NOT NULL,
  action_text TEXT NOT NULL,
  callback TEXT NOT NULL,
  name TEXT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  fires BIGINT NOT NULL,
  request TEXT NOT NULL,
  cause TEXT NOT NULL,
  status TEXT NOT NULL,
  started_at BIGINT, -- NULL where there was no attempt
  finished_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  missed BIGINT NOT NULL,
  error TEXT NOT NULL,
  output TEXT NOT NULL
);

-- The last recording of the owner: one that comes again, its answer having been lost, is known.
CREATE TABLE scheduler_recorded (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  number BIGINT NOT NULL
);
INSERT INTO scheduler_recorded (id, number) VALUES (1, 0);
