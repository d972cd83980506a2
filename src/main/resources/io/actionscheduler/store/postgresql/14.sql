-- The latest request of a command to read the settings again, and the answer of the scheduler.

CREATE TABLE scheduler_reload (
  asked_at BIGINT NOT NULL,
  done INTEGER, -- NULL until it is answered; 1 where the new settings are in force
  answer TEXT
);
