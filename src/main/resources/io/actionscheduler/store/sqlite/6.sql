-- What failed for good and waits to be handed to the callback for such fires.

CREATE TABLE scheduler_dead_letter (
  action_number INTEGER NOT NULL,
  action_text TEXT NOT NULL,
  callback TEXT NOT NULL, -- at which it failed
  scheduled_at INTEGER NOT NULL,
  fire TEXT NOT NULL, -- JSON
  PRIMARY KEY (action_number, action_text, callback, scheduled_at)
) WITHOUT ROWID;
