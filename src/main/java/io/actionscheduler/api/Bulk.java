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
import java.util.Map;
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
  private int done;
  private boolean ended;

  /**
   * @param jobs the rows that matched when it was asked for
   */
  Bulk(String id, String operation, List<Long> jobs) {
    this.id = requireNonNull(id, "id is null");
    this.operation = requireNonNull(operation, "operation is null");
    this.jobs = List.copyOf(jobs);
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
            && !before.orElseThrow().get(column).equals(after.orElseThrow().get(column))) {
          changes.put(column, before.orElseThrow().get(column));
        }
      }
      return changes;
    }

    /** Whether {@code row}, which this added, is unchanged since then. */
    boolean isLeft(ActionRow row) {
      return Arrays.stream(Column.values())
          .filter(column -> column != Column.CREATED_AT && column != Column.UPDATED_AT)
          .allMatch(column -> row.get(column).equals(after.orElseThrow().get(column)));
    }

    /**
     * Whether the columns that this changed still have in {@code row} the values that this gave
     * them.
     */
    boolean holds(ActionRow row) {
      return undo().keySet().stream()
          .allMatch(column -> row.get(column).equals(after.orElseThrow().get(column)));
    }
  }

  /** A job was changed. */
  synchronized void changed(long job, Step step) {
    steps.put(job, step);
    done++;
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
    return ended;
  }

  /** A job was not changed. */
  synchronized void failed(long job, String problem) {
    Map<String, Object> failure = new LinkedHashMap<>();
    failure.put("job_id", job);
    failure.put("problem", problem);
    failures.add(failure);
    done++;
  }

  /** Marks the end: no further job is changed. */
  synchronized void end() {
    ended = true;
  }

  /** The rows as they were, in the form that {@code actions import} takes. */
  synchronized List<Map<String, Object>> undo() {
    return steps.values().stream()
        .flatMap(step -> step.before().stream())
        .map(ActionForm::of)
        .toList();
  }

  /** Its progress, as a JSON object. */
  synchronized Map<String, Object> shown(String basePath) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", id);
    shown.put("operation", operation);
    shown.put("status", !ended ? "running" : done < jobs.size() ? "stopped" : "done");
    shown.put("total", (long) jobs.size());
    shown.put("done", (long) done);
    shown.put("changed", (long) steps.size());
    shown.put("failed", (long) failures.size());
    shown.put("failures", failures.subList(0, Math.min(1_000, failures.size())));
    shown.put("undo", basePath + "/api/v1/bulk/" + id + "/undo");
    return shown;
  }
}
