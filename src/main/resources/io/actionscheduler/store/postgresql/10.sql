-- When schedulers of this store ran, to tell of a missed fire that none did.

CREATE TABLE scheduler_session (
  begun_at BIGINT PRIMARY KEY,
  seen_at BIGINT NOT NULL
);
