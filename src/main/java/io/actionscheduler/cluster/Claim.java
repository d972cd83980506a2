package io.actionscheduler.cluster;

/**
 * A shard and the token under which this process may write for it. A later claim of the same shard
 * has a higher token.
 *
 * @param shard from 0
 * @param token 1 or more
 */
public record Claim(int shard, long token) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when the shard is negative or the token below 1
   */
  public Claim {
    if (shard < 0 || token < 1) {
      throw new IllegalArgumentException("shard " + shard + " with token " + token);
    }
  }
}
