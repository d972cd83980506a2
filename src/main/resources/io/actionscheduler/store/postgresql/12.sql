-- Callbacks whose targets are unavailable now, for whoever looks from outside; an owner begins with none.

CREATE TABLE scheduler_outage (
  callback TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  since BIGINT NOT NULL,
  reason TEXT NOT NULL
);
