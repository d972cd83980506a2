package io.actionscheduler.cluster.simulation;

/** A defect that is built in on purpose: the simulation must find each. */
enum Planted {
  NONE,
  /** The producer of the process before is not shut out. */
  NO_FENCE,
  /** What is committed is read before the producer before is shut out. */
  READ_BEFORE_FENCE,
  /** Writes to the database do not look at the token. */
  NO_TOKEN_CHECK,
  /** What was in the heap of a shard is still there when the shard comes back. */
  LANES_KEPT,
  /** A revoked shard is given free while something of it is under way. */
  DRAIN_SKIPPED,
  /** The database says that it has followed the topic further than it has. */
  OFFSET_TOO_HIGH,
  /** The database finds another shard for a row than Java does. */
  HASH_DIFFERS
}
