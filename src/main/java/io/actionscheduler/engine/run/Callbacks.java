package io.actionscheduler.engine.run;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.engine.target.NamedCallback;
import io.actionscheduler.fire.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every named callback, with the actions that wait for it. The names never change. */
public final class Callbacks {
  private final Map<String, NamedCallback<Firing>> byName = new LinkedHashMap<>();
  private final Retries retries = new Retries();

  public void add(NamedCallback<Firing> callback) {
    byName.put(callback.name(), callback);
  }

  public Collection<NamedCallback<Firing>> all() {
    return byName.values();
  }

  /** Whether every one of {@code names} is there. */
  public boolean has(Collection<String> names) {
    return byName.keySet().containsAll(names);
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
    return all().stream().flatMap(one -> one.outage().stream()).toList();
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
