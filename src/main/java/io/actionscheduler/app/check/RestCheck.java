package io.actionscheduler.app.check;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.check.TableProblem.Kind;
import io.actionscheduler.source.rest.RestSource;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Checks every entry that REST services list, without firing any. */
final class RestCheck {
  private final Instant now;
  private final Consumer<TableProblem> found;

  /**
   * @param found receives each problem
   */
  RestCheck(Instant now, Consumer<TableProblem> found) {
    this.now = requireNonNull(now, "now is null");
    this.found = requireNonNull(found, "found is null");
  }

  /** Checks the entries of all; gives the number of entries. */
  long run(List<RestSource> sources) throws SourceException {
    long entries = 0;
    for (RestSource source : sources) {
      Snapshot read = source.poll(Snapshot.empty(now), now).orElse(Snapshot.empty(now));
      read.rejections().forEach(one -> tell(Kind.REJECTED, one.id().text(), one.message()));
      read.actions().forEach(this::check);
      entries += read.actions().size() + read.rejections().size();
    }
    return entries;
  }

  private void check(Action action) {
    TableCheck.neverFires(action, action.timing().written(), now)
        .ifPresent(
            problem -> tell(Kind.NEVER_FIRES, action.id().text(), action.label() + ": " + problem));
  }

  private void tell(Kind kind, String action, String message) {
    found.accept(new TableProblem(kind, action, message));
  }
}
