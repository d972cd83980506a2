package io.actionscheduler.engine.run;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.engine.target.NamedCallback;
import io.actionscheduler.engine.target.Turn;
import io.actionscheduler.fire.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Every named callback, with the actions that wait for it. Confined to the engine's thread, except
 * for {@link #has}. One that the settings no longer have stays here without being handed fires: a
 * call of it may still be under way.
 */
public final class Callbacks {
  private final Map<String, NamedCallback<Firing>> byName = new LinkedHashMap<>();
  private volatile Set<String> inForce = Set.of(); // the names of those that may be handed fires
  private final Retries retries = new Retries();

  /** Adds one of a new name. */
  public void add(NamedCallback<Firing> callback) {
    byName.put(callback.name(), callback);
    use(callback.name());
  }

  /** The callback of that name, which the settings had before; empty where they never did. */
  public Optional<NamedCallback<Firing>> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The one of that name, which has other settings now, may be handed fires. */
  public void use(String name) {
    Set<String> names = new HashSet<>(inForce);
    names.add(name);
    inForce = Set.copyOf(names);
  }

  /**
   * Hands that one no more fires, until {@link #use}. What waits for it and is not needed any more
   * is no longer queued.
   *
   * @return completes, on the engine's thread, once it has no call left
   */
  public CompletableFuture<Void> retire(String name) {
    Set<String> names = new HashSet<>(inForce);
    names.remove(name);
    inForce = Set.copyOf(names);
    NamedCallback<Firing> callback = named(name);
    List<Firing> needed = new ArrayList<>();
    for (Turn all : List.of(Turn.ALL_ON_TIME, Turn.ALL_LATE)) {
      while (callback.left(all) > 0) {
        Firing waiting = callback.take(all);
        waiting.dequeued();
        if (!waiting.isUnneeded()) {
          needed.add(waiting);
        }
      }
    }
    needed.forEach(this::queue);
    return callback.retire();
  }

  public Collection<NamedCallback<Firing>> all() {
    return byName.values();
  }

  /** Whether every one of {@code names} may be handed fires; from any thread. */
  public boolean has(Collection<String> names) {
    return inForce.containsAll(names);
  }

  /** The callback of that name, which is there. */
  public NamedCallback<Firing> named(String name) {
    return requireNonNull(byName.get(name), name);
  }

  /** How many actions wait for a callback. */
  public int waiting() {
    return all().stream().mapToInt(NamedCallback::waiting).sum();
  }

  /** How many fires wait for their next attempt. */
  public int retrying() {
    return retries.count();
  }

  /** {@code firing} waits for its next attempt. */
  void retryLater(Firing firing) {
    retries.add(firing);
  }

  /** How many calls are under way, fires by hand among them. */
  public int running() {
    return all().stream().mapToInt(one -> one.running() + one.lent()).sum();
  }

  /** Whether no call of the engine is under way. */
  public boolean areIdle() {
    return all().stream().allMatch(one -> one.running() == 0);
  }

  /** Those whose target is unavailable. */
  public List<Outage> outages() {
    return all().stream()
        .filter(one -> inForce.contains(one.name()))
        .flatMap(one -> one.outage().stream())
        .toList();
  }

  NamedCallback<Firing> of(Firing firing) {
    return byName.get(firing.callback());
  }

  /**
   * The name of the callback that receives the dead letters of {@code callback}; empty for none.
   */
  Optional<String> deadLettersOf(String callback) {
    return Optional.ofNullable(byName.get(callback)).flatMap(one -> one.settings().deadLetter());
  }

  /** Queues a fire that is on time or in retry. */
  void queue(Firing firing) {
    firing.enqueued();
    of(firing).queue(firing);
  }

  /** Queues {@code progress}, whose next fire, scheduled at {@code scheduledAt}, is late. */
  void queueLate(ActionProgress progress, Instant scheduledAt) {
    progress.enqueued();
    of(progress).queueLate(progress, expiry(progress, scheduledAt), scheduledAt);
  }

  private static Instant expiry(ActionProgress progress, Instant scheduledAt) {
    Optional<Duration> actuality = progress.action().policy().missed().actuality();
    return actuality
        .filter(age -> !progress.backlog().isOrdered(scheduledAt))
        .map(scheduledAt::plus)
        .orElse(Instant.MAX);
  }
}
