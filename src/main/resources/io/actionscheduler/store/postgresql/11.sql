-- Missed fires of a start that wait for an operator: that they do, and what was decided of them.

CREATE TABLE scheduler_hold (
  held_at BIGINT NOT NULL,
  held_until BIGINT NOT NULL
);

CREATE TABLE scheduler_decision (
  action_number BIGINT NOT NULL,
  action_text TEXT COLLATE "C" NOT NULL,
  callback TEXT COLLATE "C" NOT NULL,
  up_to BIGINT NOT NULL, -- the last scheduled time that it is about
  decision TEXT NOT NULL,
  decided_at BIGINT NOT NULL,
  PRIMARY KEY (action_number, action_text, callback, up_to)
);
