package io.actionscheduler.api;

import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.engine.Status;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.events.Standing;
import io.actionscheduler.events.Webhooks;
import io.actionscheduler.http.EventLog;
import io.actionscheduler.source.TableSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the states of sources, targets and the store once a second, and reports changes. */
final class StateWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StateWatch.class);

  private final Running running;
  private final Webhooks webhooks;
  private final EventLog log;
  private final ForeignChanges changes;
  private final Map<String, Boolean> available = new HashMap<>();
  private final Map<String, String> counts = new HashMap<>();
  private final ScheduledExecutorService thread = Daemons.timer("states");

  StateWatch(Running running, Webhooks webhooks, EventLog log, ForeignChanges changes) {
    this.changes = changes;
    this.running = running;
    this.webhooks = webhooks;
    this.log = log;
    thread.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      for (SourceStatus source : running.health().sources()) {
        boolean readable = source.unavailableSince().isEmpty();
        tell("source", source.name(), readable, source.problem());
        counted(source);
        if (source.name().equals(TableSource.NAME) && source.readAt().isPresent()) {
          changes.look(source.actions(), running.parts().clock().instant());
        }
      }
      for (Standing standing : webhooks.standings()) {
        tell("webhook", standing.name(), standing.isOk(), standing.problem());
      }
      Optional<Status> engine = Overview.soon(running.engine().status());
      if (engine.isPresent()) {
        tell("store", "internal_db", !engine.get().storeFailing(), "it takes no records");
        for (String name : running.parts().settings().callbacks().keySet()) {
          boolean there = !engine.get().unavailable().contains(name);
          tell("callback", name, there, "its target is unavailable");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the scheduler stops
    } catch (RuntimeException e) { // the next check may succeed
      LOG.error("a defect while checking states", e);
    }
  }

  private void tell(String part, String name, boolean isAvailable, String problem) {
    Boolean before = available.put(part + " " + name, isAvailable);
    if (before == null ? isAvailable : before == isAvailable) {
      return;
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("part", part);
    data.put("name", name);
    data.put("available", isAvailable);
    data.put("message", isAvailable ? "available again" : problem);
    log.add("state", () -> data);
  }

  private void counted(SourceStatus source) {
    String numbers = source.actions().size() + " " + source.rejected();
    if (source.readAt().isEmpty() || numbers.equals(counts.put(source.name(), numbers))) {
      return;
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("source", source.name());
    data.put("actions", (long) source.actions().size());
    data.put("rejected", (long) source.rejected());
    log.add("actions", () -> data);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
