package io.actionscheduler.api;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Rejection;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.app.view.ActionSearch;
import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.engine.intake.SourceStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Jobs that REST services list: they are in memory alone. */
final class ServiceJobs {
  private final Running running;

  ServiceJobs(Running running) {
    this.running = requireNonNull(running, "running is null");
  }

  /** The job of that id; empty where no service has it. */
  Optional<ActionView> find(ActionId id, Instant now) {
    for (SourceStatus source : running.health().sources()) {
      for (Action action : source.actions()) {
        if (action.id().equals(id)) {
          return Optional.of(ActionView.listed(source.name(), action, running.calendars(), now));
        }
      }
      for (Rejection rejection : source.rejections()) {
        if (rejection.id().equals(id)) {
          return Optional.of(ActionView.rejected(source.name(), rejection));
        }
      }
    }
    return Optional.empty();
  }

  /** The jobs of these ids, in this order. */
  List<ActionView> views(SourceStatus source, List<ActionId> ids, Instant now) {
    Set<ActionId> wanted = new HashSet<>(ids);
    Map<ActionId, Action> actions = new HashMap<>();
    for (Action action : source.actions()) {
      if (wanted.contains(action.id())) {
        actions.put(action.id(), action);
      }
    }
    return ids.stream()
        .map(id -> ActionView.listed(source.name(), actions.get(id), running.calendars(), now))
        .toList();
  }

  /**
   * The entries of a service that cannot be understood, at most a thousand.
   *
   * @param text in what is wrong with them, which names them; in any letter case
   */
  static List<Rejection> rejected(SourceStatus source, Optional<String> text) {
    return source.rejections().stream()
        .filter(
            one -> text.stream().allMatch(wanted -> ActionSearch.contains(one.message(), wanted)))
        .toList();
  }

  List<ActionView> views(String source, List<Rejection> rejections) {
    return rejections.stream().map(one -> ActionView.rejected(source, one)).toList();
  }
}
