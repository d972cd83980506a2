-- The latest verification of the ledger that a running scheduler made by itself.

CREATE TABLE scheduler_verified (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  verified_at INTEGER NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  zone_data TEXT NOT NULL,
  counts TEXT NOT NULL, -- JSON: scheduled times by verdict
  named TEXT NOT NULL -- JSON: what is lost or doubled
);
