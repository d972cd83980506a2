package io.actionscheduler.cluster.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the database holds: a token per shard, how far actions are, how far topics are followed. */
final class Tokens implements SharedTokens {
  private final boolean checked;
  private final Map<Integer, Long> tokens = new HashMap<>();
  private final Map<Integer, Long> settled = new HashMap<>();
  private final Map<Integer, Long> followed = new HashMap<>();
  private final List<String> broken = new ArrayList<>();

  /**
   * @param checked whether writes look at the token
   */
  Tokens(boolean checked) {
    this.checked = checked;
  }

  @Override
  public long claim(int shard) {
    return tokens.merge(shard, 1L, Long::sum);
  }

  @Override
  public boolean isInForce(int shard, long token) {
    return token == tokens.getOrDefault(shard, 0L);
  }

  /** Whether it was written: only under the token in force. Nothing in it may ever go back. */
  boolean write(int shard, long token, Map<Integer, Long> progress, long offset) {
    if (checked && !isInForce(shard, token)) {
      return false;
    }
    progress.forEach(
        (action, second) -> {
          Long before = settled.put(action, second);
          if (before != null && before > second) {
            broken.add("progress of action " + action + " went back to " + second);
          }
        });
    Long before = followed.put(shard, offset);
    if (before != null && before > offset) {
      broken.add("shard " + shard + " is followed up to " + offset + ", before that " + before);
    }
    return true;
  }

  Map<Integer, Long> settled() {
    return new HashMap<>(settled);
  }

  long followed(int shard) {
    return followed.getOrDefault(shard, 0L);
  }

  List<String> broken() {
    return broken;
  }
}
