package io.actionscheduler.api;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.CodeType;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.edit.Editor;
import io.actionscheduler.app.edit.TableEdits;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.app.view.AheadOfClock;
import io.actionscheduler.app.view.ChangePreview;
import io.actionscheduler.app.view.WhyNot;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Problem;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.ActionTable;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.source.RowReader;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and writes the rows of the table for routes; faults become problems. */
final class Jobs {
  private final Running running;
  private final EventRoutes events;
  private final ServiceJobs services;
  private final ThreadLocal<RowReader> readers; // a reader is for one thread

  /** A change of the table that is recorded with who made it. */
  @FunctionalInterface
  interface Editing<T> {
    T with(TableEdits table) throws SourceException, InvalidRow;
  }

  /** Work on the table. */
  @FunctionalInterface
  interface Work<T> {
    T with(ActionTable table) throws SourceException, InvalidRow, Problem;
  }

  Jobs(Running running, EventRoutes events) {
    this.events = requireNonNull(events, "events is null");
    this.running = requireNonNull(running, "running is null");
    this.services = new ServiceJobs(running);
    this.readers = ThreadLocal.withInitial(running.parts()::inForceReader);
  }

  Instant now() {
    return running.parts().clock().instant();
  }

  /** Does something with the table. */
  <T> T table(Map<String, Object> body, Work<T> work) throws Problem {
    ActionTable table =
        running
            .table()
            .orElseThrow(
                () ->
                    Problem.of(
                        409,
                        "actions_db is not set, so there is no table of jobs; edit the jobs of a"
                            + " REST service in that service"));
    try {
      return work.with(table);
    } catch (InvalidRow e) {
      throw RowFaults.one(e, body);
    } catch (SourceException e) {
      throw e.isMisconfigured() || e.isConflict()
          ? Problem.of(409, e.getMessage())
          : Problem.of(503, e.getMessage()).header("Retry-After", "5");
    }
  }

  /** Changes the table. */
  <T> T edit(Map<String, Object> body, Editing<T> editing) throws Problem {
    return table(
        body,
        table ->
            editing.with(
                new TableEdits(table, running.store(), running.parts().clock(), events::edited)));
  }

  /** Whoever sent {@code call}, for the record. */
  static Editor editor(Call call) {
    return new Editor(
        call.client().name(),
        call.client().signedIn() ? Change.Via.PAGE : Change.Via.API,
        call.requestId());
  }

  /**
   * Refuses a client that may not make or change a job which runs code.
   *
   * @param view the job, as it is or as it would be
   */
  void requireExecute(Call call, ActionView view) throws Problem {
    boolean code =
        view.action().stream()
            .flatMap(action -> action.policy().callbacks().stream())
            .map(running.parts().settings().callbacks()::get)
            .anyMatch(callback -> CodeType.isOne(callback.type()));
    if (code) {
      call.client().require(Right.EXECUTE);
    }
  }

  /** The number of a row; 409 for a job of a REST service, which is edited there. */
  static long number(String id) throws Problem {
    ActionId read = new ActionId(id);
    if (read.number().isEmpty()) {
      throw id.contains(":")
          ? Problem.of(409, "job " + shown(id) + " belongs to a REST service; edit it there")
          : notFound(id);
    }
    return read.number().getAsLong();
  }

  static Problem notFound(String id) {
    return Problem.of(404, "there is no job " + shown(id));
  }

  private static String shown(String id) {
    return id.length() > 60 ? id.substring(0, 60) + "…" : id;
  }

  /**
   * All actions of all sources with the fires that are left to them, disabled ones among them;
   * rejected ones have no schedule.
   */
  List<Action> inForce() {
    return running.health().sources().stream()
        .flatMap(source -> running.calendars().kept(source.actions(), now()).stream())
        .toList();
  }

  /** A row, and the action that it stands for now. */
  ActionView view(ActionRow row) {
    RowReader reader = readers.get();
    reader.settle(); // else each thread would hold the schedules of all jobs that it has shown
    return ActionView.of(row, reader, running.calendars(), now());
  }

  ActionView find(String id) throws Problem {
    if (new ActionId(id).number().isEmpty()) {
      return services.find(new ActionId(id), now()).orElseThrow(() -> notFound(id));
    }
    long number = number(id);
    return view(table(Map.of(), table -> table.find(number)).orElseThrow(() -> notFound(id)));
  }

  /**
   * Progress of {@code ids} that is ahead of the clock; none is known while the engine has more
   * urgent things to do than to answer.
   */
  AheadOfClock ahead(Collection<ActionId> ids) throws InterruptedException {
    Map<ActionId, Instant> settled =
        Overview.soon(running.engine().ahead(ids, now())).orElse(Map.of());
    return AheadOfClock.of(settled, now()); // later than what was settled by then
  }

  /** The same views with the next times that progress allows. */
  List<ActionView> behindProgress(List<ActionView> views) throws InterruptedException {
    AheadOfClock ahead =
        ahead(views.stream().flatMap(view -> view.action().stream()).map(Action::id).toList());
    return views.stream().map(view -> view.behind(ahead, now())).toList();
  }

  /** The action of a row, or 409 where it cannot be understood. */
  static Action action(ActionView view) throws Problem {
    return view.action()
        .orElseThrow(() -> Problem.of(409, "the job is rejected: " + view.problem()));
  }

  /**
   * The action that a row would stand for that is not written yet; each fault names its place in
   * the body.
   */
  ActionView checked(ActionRow row, Map<String, Object> body) throws Problem {
    ActionRow numbered =
        row.get(Column.ID).isPresent() ? row : row.with(Column.ID, Optional.of("0"));
    try {
      readers.get().read(numbered);
      ActionView view = view(numbered);
      if (row.get(Column.ID).isEmpty() || CodeFaults.concern(body)) {
        CodeFaults.check(action(view), body, running.parts().settings());
      }
      return view;
    } catch (InvalidRow e) {
      throw RowFaults.all(e, numbered, readers.get(), body);
    }
  }

  /** Whether a write is to be shown, and not to be done. */
  static boolean isDryRun(Call call) {
    return call.isSet("dry_run");
  }

  /**
   * What a change would do.
   *
   * @param job as it would be; null where there is none any more
   */
  Answer preview(Optional<Action> before, Optional<Action> after, Map<String, Object> job) {
    Map<String, Object> preview = new LinkedHashMap<>();
    preview.put("dry_run", true);
    preview.put("job", job);
    boolean any = before.isPresent() || after.isPresent(); // false: both are rejected rows
    preview.put("preview", any ? new ChangePreview(inForce(), now()).of(before, after) : null);
    return Answer.ok(preview);
  }

  /** The latest run of a job, or empty where none is kept. */
  Optional<Run> last(ActionView view) throws Problem {
    return last(List.of(view)).values().stream().findFirst();
  }

  /** The latest run of each of some jobs of which one is kept. */
  Map<ActionId, Run> last(List<ActionView> views) throws Problem {
    List<ActionId> ids = views.stream().flatMap(view -> id(view).stream()).toList();
    Map<ActionId, Run> runs = new HashMap<>();
    store(() -> running.store().latestRuns(ids)).forEach((id, entry) -> runs.put(id, entry.run()));
    return runs;
  }

  /** The id of the row; empty where it has none. */
  static Optional<ActionId> id(ActionView view) {
    return view.row().get(Column.ID).map(ActionId::new);
  }

  /**
   * Throws 404 for a job that does not exist and never did. A deleted job has runs, changes or a
   * ledger.
   */
  void requireTrace(String id) throws Problem {
    ActionId action = new ActionId(id);
    if (store(() -> running.store().latestRuns(List.of(action))).isEmpty()
        && store(() -> running.store().changes(Optional.of(action), Long.MAX_VALUE, 1)).isEmpty()
        && store(() -> WhyNot.knowsNothingOf(running.store(), action, now()))) {
      find(id);
    }
  }

  /** Something that asks the store. */
  @FunctionalInterface
  interface Asking<T> {
    T ask() throws StoreException;
  }

  /** What the store says, or 503. */
  static <T> T store(Asking<T> asking) throws Problem {
    try {
      return asking.ask();
    } catch (StoreException e) {
      throw Problem.of(503, e.getMessage()).header("Retry-After", "5");
    }
  }
}
