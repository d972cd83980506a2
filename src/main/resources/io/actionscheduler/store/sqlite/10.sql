-- When schedulers of this store ran, to tell of a missed fire that none did.

CREATE TABLE scheduler_session (
  begun_at INTEGER PRIMARY KEY,
  seen_at INTEGER NOT NULL
);
