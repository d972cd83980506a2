-- Fires that have been with their callback for some time; an owner begins with none.

CREATE TABLE scheduler_running (
  action_number BIGINT NOT NULL,
  action_text TEXT COLLATE "C" NOT NULL,
  callback TEXT COLLATE "C" NOT NULL,
  scheduled_at BIGINT NOT NULL,
  name TEXT NOT NULL,
  cause TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  missed BIGINT NOT NULL,
  PRIMARY KEY (action_number, action_text, callback, scheduled_at)
);
