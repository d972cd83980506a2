CREATE TABLE scheduler_cluster (
  id integer PRIMARY KEY CHECK (id = 1),
  version integer NOT NULL, -- of the tables of a cluster
  name text NOT NULL,
  shards integer NOT NULL,
  arithmetic integer NOT NULL -- version of the arithmetic that finds the shard of an action
);

-- A process from its start, or from the moment when it began again, to its end.
CREATE TABLE scheduler_member (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  host text NOT NULL,
  pid bigint NOT NULL,
  since timestamptz NOT NULL,
  lease_until timestamptz NOT NULL
);

CREATE TABLE scheduler_shard (
  shard integer PRIMARY KEY,
  token bigint NOT NULL, -- grows with every claim; each write for the shard checks it
  member bigint, -- who claimed it last; NULL where that one gave it back
  since timestamptz,
  read_at bigint -- when its rows were read last, in microseconds since 1970; NULL for never
);

-- The latest write of each process, so that one that comes again is recognised.
CREATE TABLE scheduler_written (
  member bigint PRIMARY KEY,
  number bigint NOT NULL
);
