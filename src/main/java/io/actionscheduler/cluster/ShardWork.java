package io.actionscheduler.cluster;

import java.util.concurrent.CompletionStage;

/**
 * What a process does for a shard, in the order of the methods. No method waits. A result that
 * fails makes this process drop the shard, and ask the group whether it is still a member.
 */
public interface ShardWork {

  /** Takes the next token of the shard: from then on its previous owner can write nothing. */
  CompletionStage<Long> takeToken(int shard);

  /**
   * Shuts out the producers of the previous owner, so that it can commit nothing. Only called after
   * the token was taken, in the same membership.
   */
  CompletionStage<Void> shutOut(Claim claim);

  /** Reads how far the actions of the shard are settled. */
  CompletionStage<Void> recall(Claim claim);

  /** Reads the rows of the shard, and schedules them. */
  CompletionStage<Void> open(Claim claim);

  /**
   * Starts no more fires of the shard, waits for those under way, some seconds at most, and records
   * them.
   */
  CompletionStage<Void> drain(Claim claim);

  /**
   * Forgets everything of the shard at once: whatever of it is still under way is not recorded.
   * Also called where nothing was begun.
   */
  void discard(int shard);

  /** Tells the database that the shard is free. Nothing depends on it. */
  void giveBack(Claim claim);
}
