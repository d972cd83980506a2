package io.actionscheduler.api;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.view.ActionForm;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A change of many jobs that is under way, or done. Safe for use by many threads. */
final class Bulk {
  /** The most jobs that one bulk may change. */
  static final int MOST = 100_000;

  private final String id;
  private final String operation;
  private final List<Long> jobs;
  private final List<Map<String, Object>> failures = new ArrayList<>();
  private final Map<Long, Step> steps = new LinkedHashMap<>(); // by job, as they were done
  private final int total;
  private int failed;
  private Progress progress = Progress.RUNNING;

  /** How it stands. */
  enum Progress {
    RUNNING,
    DONE,
    /** The scheduler stopped in an orderly way before the rest. */
    STOPPED,
    /** The scheduler ended before the rest, and before it could tell so. */
    INTERRUPTED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param jobs the rows that matched when it was asked for
   */
  Bulk(String id, String operation, List<Long> jobs) {
    this.id = requireNonNull(id, "id is null");
    this.operation = requireNonNull(operation, "operation is null");
    this.jobs = List.copyOf(jobs);
    this.total = jobs.size();
  }

  /** One of an earlier run of the program, before its steps are added. */
  static Bulk ended(String id, Map<?, ?> state) {
    return new Bulk(id, state);
  }

  private Bulk(String id, Map<?, ?> state) {
    this.id = requireNonNull(id, "id is null");
    this.operation = state.get("operation").toString();
    this.jobs = List.of();
    this.total = ((Long) state.get("total")).intValue();
    this.failed = ((Long) state.get("failed")).intValue();
    for (Object failure : (List<?>) state.get("failures")) {
      Map<String, Object> copy = new LinkedHashMap<>();
      ((Map<?, ?>) failure).forEach((name, value) -> copy.put(name.toString(), value));
      failures.add(copy);
    }
    Progress told = Progress.valueOf(state.get("status").toString().toUpperCase(Locale.ROOT));
    this.progress = told == Progress.RUNNING ? Progress.INTERRUPTED : told;
  }

  String id() {
    return id;
  }

  List<Long> jobs() {
    return jobs;
  }

  /**
   * What was done to one job.
   *
   * @param before empty where it was added
   * @param after empty where it was deleted
   */
  record Step(Optional<ActionRow> before, Optional<ActionRow> after) {
    Step {
      requireNonNull(before, "before is null");
      requireNonNull(after, "after is null");
    }

    /** The changed columns with the values that they had before; setting them undoes the change. */
    Map<Column, Optional<String>> undo() {
      Map<Column, Optional<String>> changes = new EnumMap<>(Column.class);
      for (Column column : Column.values()) {
        if (column != Column.UPDATED_AT
            && !isSame(column, before.orElseThrow(), after.orElseThrow())) {
          changes.put(column, before.orElseThrow().get(column));
        }
      }
      return changes;
    }

    /** What was done: added, changed or deleted. */
    String result() {
      return after.isEmpty() ? "deleted" : before.isEmpty() ? "added" : "changed";
    }

    /** By what it means: {@code 1} and {@code true} are one flag. */
    private static boolean isSame(Column column, ActionRow one, ActionRow other) {
      return one.get(column).equals(other.get(column))
          || Objects.equals(
              ActionForm.complete(one).get(column.sqlName()),
              ActionForm.complete(other).get(column.sqlName()));
    }

    /** Whether {@code row}, which this added, is as it was then. */
    boolean isLeft(ActionRow row) {
      return Arrays.stream(Column.values())
          .filter(column -> column != Column.CREATED_AT && column != Column.UPDATED_AT)
          .allMatch(column -> isSame(column, row, after.orElseThrow()));
    }

    /**
     * Whether the columns that this changed still have in {@code row} the values that this gave
     * them.
     */
    boolean holds(ActionRow row) {
      return undo().keySet().stream().allMatch(column -> isSame(column, row, after.orElseThrow()));
    }
  }

  /** A job was changed. */
  synchronized void changed(long job, Step step) {
    steps.put(job, step);
  }

  /** What was done to {@code job}; empty for nothing. */
  synchronized Optional<Step> step(long job) {
    return Optional.ofNullable(steps.get(job));
  }

  /** The jobs that were changed. */
  synchronized List<Long> changedJobs() {
    return List.copyOf(steps.keySet());
  }

  synchronized boolean isEnded() {
    return progress != Progress.RUNNING;
  }

  /** A job was not changed. */
  synchronized void failed(long job, String problem) {
    Map<String, Object> failure = new LinkedHashMap<>();
    failure.put("job_id", job);
    failure.put("problem", problem);
    failures.add(failure);
    failed++;
  }

  /** Marks the end: no further job is changed. */
  synchronized void end() {
    progress = done() < total ? Progress.STOPPED : Progress.DONE;
  }

  private int done() {
    return steps.size() + failed;
  }

  /** The rows as they were, in the form that {@code actions import} takes. */
  synchronized List<Map<String, Object>> undo() {
    return steps.values().stream()
        .flatMap(step -> step.before().stream())
        .map(ActionForm::of)
        .toList();
  }

  /**
   * The result of each job so far, as JSON objects: first the changed jobs, in the order of the
   * changes; then those that could not be changed.
   */
  synchronized List<Map<String, Object>> results() {
    List<Map<String, Object>> results = new ArrayList<>();
    steps.forEach((job, step) -> results.add(result(job, step.result())));
    for (Map<String, Object> failure : failures) {
      Map<String, Object> result = result(failure.get("job_id"), "failed");
      result.put("problem", failure.get("problem"));
      results.add(result);
    }
    return results;
  }

  private static Map<String, Object> result(Object job, String word) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("job_id", job);
    result.put("result", word);
    return result;
  }

  /** Its progress, as a JSON object. */
  synchronized Map<String, Object> shown(String basePath) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", id);
    shown.put("operation", operation);
    shown.put("status", progress.toString());
    shown.put("total", (long) total);
    shown.put("done", (long) done());
    shown.put("changed", (long) steps.size());
    shown.put("failed", (long) failed);
    shown.put("failures", failures.subList(0, Math.min(1_000, failures.size())));
    shown.put("results", basePath + "/api/v1/bulk/" + id + "/results");
    shown.put("undo", basePath + "/api/v1/bulk/" + id + "/undo");
    return shown;
  }
}
