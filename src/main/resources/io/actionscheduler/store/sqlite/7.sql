-- What the clock of a zone went by, by the name and version under which progress and ledger have the
-- zone: the data that it was from may be gone. Seconds: the offset in 1970, then each change with the
-- offset behind it.
CREATE TABLE scheduler_zone_law (
  zone TEXT PRIMARY KEY,
  version TEXT NOT NULL,
  law TEXT NOT NULL
);
