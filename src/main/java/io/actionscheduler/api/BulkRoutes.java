package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.flag;
import static io.actionscheduler.http.Schemas.listOf;
import static io.actionscheduler.http.Schemas.open;

import io.actionscheduler.app.edit.Editor;
import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Route;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.ActionTable.Edited;
import io.actionscheduler.source.Column;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes many jobs at once. It first says how many match. Then it changes them one after the other
 * on a thread of its own, so that nothing else waits, each row in a transaction of its own and with
 * its own result.
 */
final class BulkRoutes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BulkRoutes.class);
  private static final int KEPT = 5;

  private final Jobs jobs;
  private final JobLists lists;
  private final BulkRecords records;
  private final String basePath;
  private final Map<String, Bulk> bulks = new LinkedHashMap<>(); // the oldest first
  private final ExecutorService thread = Daemons.worker("bulk");

  BulkRoutes(Jobs jobs, JobLists lists, BulkRecords records, String basePath) {
    this.records = records;
    this.jobs = jobs;
    this.lists = lists;
    this.basePath = basePath;
  }

  List<Route> all() {
    return List.of(
        Route.of(Method.POST, "/api/v1/jobs/bulk")
            .needs(Right.WRITE)
            .summary("Change many jobs; with dry_run only say how many match.")
            .takes(BulkShapes.INPUT)
            .parameter("dry_run", flag())
            .gives(200, BulkShapes.MATCHES)
            .gives(202, BulkShapes.STATE)
            .by(this::start),
        Route.of(Method.GET, "/api/v1/bulk/{id}")
            .needs(Right.READ)
            .summary("Progress of a change of many jobs; the latest hundred are kept.")
            .gives(200, BulkShapes.STATE)
            .by(call -> Answer.ok(find(call).shown(basePath))),
        Route.of(Method.GET, "/api/v1/bulk/{id}/results")
            .needs(Right.READ)
            .summary(
                "The result of each job so far. After a restart of the scheduler, only the first"
                    + " thousand failures are listed.")
            .gives(200, listOf(BulkShapes.RESULT, Bulk.MOST))
            .by(call -> Answer.ok(find(call).results())),
        Route.of(Method.GET, "/api/v1/bulk/{id}/undo")
            .needs(Right.READ)
            .summary("The changed rows as they were before: a file for actions import.")
            .gives(200, listOf(open(), Bulk.MOST))
            .by(
                call ->
                    Answer.ok(find(call).undo())
                        .with("Content-Disposition", "attachment; filename=\"undo.json\"")),
        Route.of(Method.POST, "/api/v1/bulk/{id}/undo")
            .needs(Right.WRITE)
            .summary(
                "Put the rows back as they were, each unless somebody changed it meanwhile; this is"
                    + " such a change itself, and may be undone.")
            .gives(202, BulkShapes.STATE)
            .by(this::undo));
  }

  private Bulk find(Call call) throws Problem {
    String id = call.path("id");
    Optional<Bulk> known;
    synchronized (bulks) {
      known = Optional.ofNullable(bulks.get(id));
    }
    return (known.isPresent() ? known : Jobs.store(() -> records.find(id)))
        .orElseThrow(() -> Problem.of(404, "there is no such change, or it is known no longer"));
  }

  private Answer start(Call call) throws Problem {
    String operation = call.body().get("operation").toString();
    Map<Column, Optional<String>> changes = changes(call, operation);
    @SuppressWarnings("unchecked") // the schema lets nothing else through
    List<Long> found = lists.ids((Map<String, Object>) call.body().get("filter"));
    if (found.size() > Bulk.MOST) {
      throw Problem.of(
          422, "filter: " + found.size() + " jobs match; allowed are " + Bulk.MOST + " at a time");
    }
    if (Jobs.isDryRun(call)) {
      Map<String, Object> matches = new LinkedHashMap<>();
      matches.put("dry_run", true);
      matches.put("matches", (long) found.size());
      return Answer.ok(matches);
    }
    return begin(operation, found, call, (job, by) -> changed(job, call, changes, by));
  }

  /** The work on one job. */
  @FunctionalInterface
  private interface Work {
    Bulk.Step on(long job, Editor by) throws Problem;
  }

  private Answer begin(String operation, List<Long> found, Call call, Work work) throws Problem {
    Bulk bulk = new Bulk(UUID.randomUUID().toString(), operation, found);
    Instant begunAt = jobs.now();
    Jobs.store(
        () -> {
          records.begin(bulk, begunAt);
          return bulk;
        });
    synchronized (bulks) {
      bulks.put(bulk.id(), bulk);
      bulks.values().removeIf(one -> bulks.size() > KEPT && one.isEnded());
    }
    LOG.info("{} of {} jobs begins, asked by {}", operation, found.size(), call.client().name());
    // The records of its changes name it, and not the request, whose id may come again.
    Editor by = new Editor(call.client().name(), Jobs.editor(call).via(), bulk.id());
    thread.execute(
        () -> {
          run(bulk, work, by);
          Thread.interrupted(); // a stop: its end is recorded nevertheless
          records.end(bulk, begunAt);
        });
    return Answer.json(202, bulk.shown(basePath))
        .with("Location", basePath + "/api/v1/bulk/" + bulk.id());
  }

  private Answer undo(Call call) throws Problem {
    Bulk bulk = find(call);
    if (!bulk.isEnded()) {
      throw Problem.of(409, "the change is still under way; undo it once it has ended");
    }
    return begin(
        "undo",
        bulk.changedJobs(),
        call,
        (job, by) -> undone(job, bulk.step(job).orElseThrow(), call, by));
  }

  private Bulk.Step undone(long job, Bulk.Step step, Call call, Editor by) throws Problem {
    if (step.before().isPresent()) {
      jobs.requireExecute(call, jobs.view(step.before().get()));
    }
    if (step.after().isEmpty()) {
      jobs.edit(Map.of(), table -> table.add(step.before().orElseThrow(), by));
    } else if (step.before().isEmpty()) {
      done(job, jobs.edit(Map.of(), table -> table.remove(job, step::isLeft, by)));
    } else {
      done(job, jobs.edit(Map.of(), table -> table.edit(job, step::holds, step.undo(), by)));
    }
    return new Bulk.Step(step.after(), step.before());
  }

  private static Edited done(long job, Optional<Edited> edited) throws Problem {
    Edited known = edited.orElseThrow(() -> Jobs.notFound(Long.toString(job)));
    if (!known.isDone()) {
      throw Problem.of(409, "somebody changed it meanwhile; it was left as it is");
    }
    return known;
  }

  /** What is changed in each row; empty where rows are deleted. */
  @SuppressWarnings("unchecked") // the schema lets nothing else through
  private Map<Column, Optional<String>> changes(Call call, String operation) throws Problem {
    Object set = call.body().get("set");
    if (operation.equals("set") == (set == null || ((Map<?, ?>) set).isEmpty())) {
      throw Problem.of(422, "set: goes with the operation set, and names what is changed");
    }
    return switch (operation) {
      case "pause" -> Map.of(Column.ENABLED, Optional.of("false"));
      case "resume" -> Map.of(Column.ENABLED, Optional.of("true"));
      case "set" -> JobInput.read((Map<String, Object>) set, jobs.now());
      default -> Map.of(); // delete: the schema lets nothing else through
    };
  }

  private void run(Bulk bulk, Work work, Editor by) {
    try {
      for (long job : bulk.jobs()) {
        if (Thread.currentThread().isInterrupted()) {
          return; // the scheduler stops
        }
        try {
          bulk.changed(job, work.on(job, by));
        } catch (Problem e) {
          bulk.failed(job, e.getMessage());
        }
      }
    } catch (RuntimeException e) {
      LOG.error("a defect while changing many jobs", e);
    } finally {
      bulk.end();
    }
  }

  private Bulk.Step changed(long job, Call call, Map<Column, Optional<String>> changes, Editor by)
      throws Problem {
    ActionView view = jobs.find(Long.toString(job));
    if (!isPauseOrResume(changes)) {
      jobs.requireExecute(call, view);
    }
    ActionRow after = view.row();
    for (Map.Entry<Column, Optional<String>> change : changes.entrySet()) {
      after = after.with(change.getKey(), change.getValue());
    }
    if (!changes.isEmpty() && !isPauseOrResume(changes)) {
      jobs.requireExecute(call, jobs.checked(after, set(call)));
    }
    Optional<Edited> edited =
        changes.isEmpty()
            ? jobs.edit(Map.of(), table -> table.remove(job, row -> true, by))
            : jobs.edit(Map.of(), table -> table.edit(job, row -> true, changes, by));
    Edited known = done(job, edited);
    return new Bulk.Step(
        Optional.of(known.before()),
        changes.isEmpty() ? Optional.empty() : Optional.of(known.after()));
  }

  @SuppressWarnings("unchecked") // the schema has checked it
  private static Map<String, Object> set(Call call) {
    return (Map<String, Object>) call.body().getOrDefault("set", Map.of());
  }

  private static boolean isPauseOrResume(Map<Column, Optional<String>> changes) {
    return changes.size() == 1 && changes.containsKey(Column.ENABLED);
  }

  /** Ends the change that is under way, after its current row, and waits until that is recorded. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      thread.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
