-- What failed for good and waits to be handed to the callback for such fires.

CREATE TABLE scheduler_dead_letter (
  action_number BIGINT NOT NULL,
  action_text TEXT COLLATE "C" NOT NULL,
  callback TEXT COLLATE "C" NOT NULL, -- at which it failed
  scheduled_at BIGINT NOT NULL,
  fire TEXT NOT NULL, -- JSON
  PRIMARY KEY (action_number, action_text, callback, scheduled_at)
);
