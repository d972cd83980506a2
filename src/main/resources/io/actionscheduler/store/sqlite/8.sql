-- Fires that have been with their callback for some time; an owner begins with none.

CREATE TABLE scheduler_running (
  action_number INTEGER NOT NULL,
  action_text TEXT NOT NULL,
  callback TEXT NOT NULL,
  scheduled_at INTEGER NOT NULL,
  name TEXT NOT NULL,
  cause TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  missed INTEGER NOT NULL,
  PRIMARY KEY (action_number, action_text, callback, scheduled_at)
) WITHOUT ROWID;
