package io.actionscheduler.api;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.view.ActionForm;
import io.actionscheduler.source.ActionRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A change of many jobs that is under way, or done. Safe for use by many threads. */
final class Bulk {
  /** As many jobs one bulk may change. */
  static final int MOST = 100_000;

  private final String id;
  private final String operation;
  private final List<Long> jobs;
  private final List<Map<String, Object>> failures = new ArrayList<>();
  private final List<Map<String, Object>> before = new ArrayList<>();
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

  /** A job was changed; {@code row} is how it was before. */
  synchronized void changed(ActionRow row) {
    before.add(ActionForm.of(row));
    done++;
  }

  /** A job was not changed. */
  synchronized void failed(long job, String problem) {
    Map<String, Object> failure = new LinkedHashMap<>();
    failure.put("job_id", job);
    failure.put("problem", problem);
    failures.add(failure);
    done++;
  }

  /** Nothing more is done. */
  synchronized void end() {
    ended = true;
  }

  /** The rows as they were, in the form that {@code actions import} takes. */
  synchronized List<Map<String, Object>> undo() {
    return List.copyOf(before);
  }

  /** How far it is, as a JSON object. */
  synchronized Map<String, Object> shown(String basePath) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", id);
    shown.put("operation", operation);
    shown.put("status", !ended ? "running" : done < jobs.size() ? "stopped" : "done");
    shown.put("total", (long) jobs.size());
    shown.put("done", (long) done);
    shown.put("changed", (long) before.size());
    shown.put("failed", (long) failures.size());
    shown.put("failures", failures.subList(0, Math.min(1_000, failures.size())));
    shown.put("undo", basePath + "/api/v1/bulk/" + id + "/undo");
    return shown;
  }
}
