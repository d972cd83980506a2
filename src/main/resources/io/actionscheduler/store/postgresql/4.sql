-- What finds a page of the history among millions. The numbers of its records have no gaps: they are
-- counted on by whoever adds records, where a sequence loses those of a transaction that fails.
ALTER TABLE scheduler_history ALTER COLUMN id DROP IDENTITY;
ALTER TABLE scheduler_history DROP CONSTRAINT scheduler_history_pkey;
UPDATE scheduler_history AS h SET id = counted.number
FROM (
  SELECT id, max(id) OVER () - row_number() OVER (ORDER BY id DESC) + 1 AS number
  FROM scheduler_history
) AS counted
WHERE counted.id = h.id AND counted.number <> h.id;
ALTER TABLE scheduler_history ADD CONSTRAINT scheduler_history_pkey PRIMARY KEY (id);

-- A block is 16,384 records; script 9 has what finds those of one action.

-- Of what is rare; the rest is found by going through it.
CREATE INDEX scheduler_history_status ON scheduler_history (status, id) WHERE status <> 'SUCCESS';
CREATE INDEX scheduler_history_cause ON scheduler_history (cause, id) WHERE cause <> 'SCHEDULE';

-- The scheduled times of a block's records: one that is not here may hold any.
CREATE TABLE scheduler_history_block (
  block BIGINT PRIMARY KEY,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL
);
INSERT INTO scheduler_history_block (block, first_at, last_at)
SELECT id >> 14, min(first_at), max(last_at) FROM scheduler_history GROUP BY id >> 14;
