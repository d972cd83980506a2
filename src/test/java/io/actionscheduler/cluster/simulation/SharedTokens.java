package io.actionscheduler.cluster.simulation;

/**
 * The tokens of shards in the simulation, so that they can be compared with those of the product.
 */
public interface SharedTokens {

  /** The next token of a shard. */
  long claim(int shard);

  /** Whether a write under {@code token} is accepted. */
  boolean isInForce(int shard, long token);

  /** Those of the simulation, where nothing is claimed. */
  static SharedTokens ofSimulation() {
    return new Tokens(true);
  }
}
