package io.actionscheduler.engine.run;

import io.actionscheduler.engine.target.NamedCallback;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Every named callback, with the actions that wait for it. The names never change. */
public final class Callbacks {
  private final Map<String, NamedCallback<Firing>> byName = new LinkedHashMap<>();

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
    Optional<Duration> actuality = progress.action().policy().missed().actuality();
    of(progress)
        .queueLate(progress, actuality.map(scheduledAt::plus).orElse(Instant.MAX), scheduledAt);
  }
}
