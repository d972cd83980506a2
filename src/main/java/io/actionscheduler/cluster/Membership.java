package io.actionscheduler.cluster;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The group of the processes that share the shards: it says which process should have a shard. It
 * can be wrong, for some seconds or longer: the token of a shard decides which process can write.
 */
public interface Membership extends AutoCloseable {

  /**
   * What the group says. Called on one thread, on which the membership depends: every method has to
   * return at once, and what takes time is done on another thread.
   */
  interface Listener {

    /**
     * The group has just confirmed that this process is a member, and has these shards: those that
     * it had before as well. A fresh proof of membership.
     */
    void assigned(Set<Integer> shards);

    /**
     * The group takes these shards away. It gives them to others as soon as the result is complete,
     * or the membership has waited long enough; in the second case {@link #lost} follows.
     */
    CompletionStage<Void> revoked(Set<Integer> shards);

    /** This process had these shards and is no longer a member: others may have them by now. */
    void lost(Set<Integer> shards);
  }

  /**
   * Asks the group whether this process is still a member: if so, {@link Listener#assigned} is
   * called, otherwise {@link Listener#lost} and, once it is a member again, {@code assigned}.
   * Returns at once.
   */
  void prove();

  /** Why this process is not a member now, for people; empty while it is, or begins to be. */
  Optional<String> problem();

  /**
   * Has all shards revoked, waits for that as {@link Listener#revoked} says, and leaves the group,
   * so that others have the shards at once. Does nothing when called again.
   */
  @Override
  void close();
}
