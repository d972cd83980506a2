-- Missed fires of a start that wait for an operator: that they do, and what was decided of them.

CREATE TABLE scheduler_hold (
  held_at INTEGER NOT NULL,
  held_until INTEGER NOT NULL
);

CREATE TABLE scheduler_decision (
  action_number INTEGER NOT NULL,
  action_text TEXT NOT NULL,
  callback TEXT NOT NULL,
  up_to INTEGER NOT NULL, -- the last scheduled time that it is about
  decision TEXT NOT NULL,
  decided_at INTEGER NOT NULL,
  PRIMARY KEY (action_number, action_text, callback, up_to)
) WITHOUT ROWID;
