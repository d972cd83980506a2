-- Which records of a block are of which action. A plain index would be filled in the order in which
-- actions fire, and costs a herd more than its records do; this one is written once, in order, when a
-- block is full. Until then, and where indexed is 0, the block itself is read.
DROP INDEX IF EXISTS scheduler_history_action;
ALTER TABLE scheduler_history_block ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;

CREATE TABLE scheduler_history_piece (
  block INTEGER NOT NULL,
  kind INTEGER NOT NULL, -- 0: keys are the numbers of actions; 1: hashes of their texts
  first_key INTEGER NOT NULL,
  first_place INTEGER NOT NULL, -- within the block
  entries BLOB NOT NULL, -- key (8 bytes), place and whether it went well (2 bytes); ascending
  UNIQUE (block, kind, first_key, first_place)
);
