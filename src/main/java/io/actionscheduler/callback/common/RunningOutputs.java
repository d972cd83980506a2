package io.actionscheduler.callback.common;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.FireId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The output so far of running fires, so that it can be followed. A fire is here while its process
 * runs; afterwards its output is in the history. Thread-safe.
 */
public final class RunningOutputs {
  private final Map<Key, KeptOutput> running = new ConcurrentHashMap<>();

  private record Key(FireId fire, String callback) {}

  /**
   * Lets the output of {@code fire} be followed until the returned handle is closed. A second
   * attempt replaces the first.
   *
   * @param callback the name of the callback that the fire is delivered to
   */
  public Following follow(FireId fire, String callback, KeptOutput output) {
    Key key = new Key(requireNonNull(fire, "fire is null"), callback);
    running.put(key, requireNonNull(output, "output is null"));
    return () -> running.remove(key, output);
  }

  /** What {@code fire} has written so far at {@code callback}; empty when it is not under way. */
  public Optional<KeptOutput> of(FireId fire, String callback) {
    return Optional.ofNullable(running.get(new Key(fire, callback)));
  }

  /** What the fires of {@code action} that are under way have written so far, the oldest first. */
  public List<Followed> of(ActionId action) {
    return running.entrySet().stream()
        .filter(entry -> entry.getKey().fire().action().equals(action))
        .map(
            entry ->
                new Followed(entry.getKey().fire(), entry.getKey().callback(), entry.getValue()))
        .sorted(Comparator.comparing(followed -> followed.fire().scheduledAt()))
        .toList();
  }

  /** The output of one fire at one callback. */
  public record Followed(FireId fire, String callback, KeptOutput output) {}

  /** Ends the following of one output. */
  @FunctionalInterface
  public interface Following extends AutoCloseable {
    @Override
    void close();
  }
}
