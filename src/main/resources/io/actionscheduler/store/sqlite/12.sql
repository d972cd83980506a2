-- Callbacks whose targets are unavailable now, for whoever looks from outside; an owner begins with none.

CREATE TABLE scheduler_outage (
  callback TEXT NOT NULL PRIMARY KEY,
  since INTEGER NOT NULL,
  reason TEXT NOT NULL
) WITHOUT ROWID;
