-- What finds a page of the history among millions. The numbers of its records have no gaps. A block
-- is 16,384 of them; script 9 has what finds the records of one action.

-- Of what is rare; the rest is found by going through it.
CREATE INDEX scheduler_history_status ON scheduler_history (status) WHERE status <> 'SUCCESS';
CREATE INDEX scheduler_history_cause ON scheduler_history (cause) WHERE cause <> 'SCHEDULE';

-- The scheduled times of a block's records: one that is not here may hold any.
CREATE TABLE scheduler_history_block (
  block INTEGER PRIMARY KEY,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL
);
INSERT INTO scheduler_history_block (block, first_at, last_at)
SELECT id >> 14, min(first_at), max(last_at) FROM scheduler_history GROUP BY id >> 14;
