package io.actionscheduler.move.apscheduler;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.move.LeftOut;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import io.actionscheduler.move.TableRow;
import io.actionscheduler.move.Tables;
import io.actionscheduler.move.apscheduler.Pickled.Constant;
import io.actionscheduler.move.apscheduler.Pickled.Dict;
import io.actionscheduler.move.apscheduler.Pickled.Text;
import io.actionscheduler.move.apscheduler.Pickled.Whole;
import io.actionscheduler.move.apscheduler.TriggerState.NotHad;
import io.actionscheduler.move.apscheduler.Triggers.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the SQLAlchemy job store of APScheduler 3. Its jobs are pickles, which are read as data: no
 * code of theirs runs.
 */
public final class JobStore {
  private static final long FRACTION = 999_999_999; // what next_run_time has beyond its second
  private static final String TABLE = "apscheduler_jobs";

  private final Optional<String> callback;
  private final List<Moved> actions = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /**
   * @param callback that calls the functions; empty: the default one of the settings
   */
  public JobStore(Optional<String> callback) {
    this.callback = requireNonNull(callback, "callback is null");
  }

  /**
   * All jobs of {@code tables}.
   *
   * @throws Tables.Unreadable when a table or a column that it needs is missing, or cannot be read
   */
  public Move read(Tables tables) throws Tables.Unreadable {
    List<TableRow> rows =
        tables.rowsOf("APScheduler 3", TABLE, List.of("id", "next_run_time", "job_state"));
    for (TableRow row : rows) {
      String id = row.textOr("id");
      try {
        job(id, row.number("next_run_time"), state(row));
      } catch (NotHad e) {
        leftOut.add(new LeftOut("job " + id, "", e.getMessage(), false));
      } catch (Pickle.Unreadable e) {
        leftOut.add(new LeftOut("job " + id, "", "not a pickle: " + e.getMessage(), true));
      }
    }
    return new Move(actions, leftOut, Map.of());
  }

  private static Pickled state(TableRow row) throws Pickle.Unreadable {
    return Pickle.read(
        row.bytes("job_state")
            .orElseThrow(() -> new Pickle.Unreadable("job_state is not a binary value")));
  }

  private void job(String id, Optional<Long> nextRun, Pickled state) throws NotHad {
    Optional<String> code = PlainValues.code(state);
    if (code.isPresent()) {
      leftOut.add(
          new LeftOut(
              "job " + id,
              code.get(),
              "its pickle would call this when it is loaded; it was read as data, and nothing ran."
                  + " Find out who wrote it, and remove the row",
              true));
      return;
    }
    if (!(state instanceof Dict job) || !(job.get("func").orElse(null) instanceof Text function)) {
      throw new NotHad("its pickle is not a job of APScheduler 3");
    }
    List<Trigger> triggers = Triggers.of(job.get("trigger").orElse(Constant.NONE));
    Map<String, Object> policy = policy(job, nextRun.isEmpty());
    Object arguments = PlainValues.of(job.get("args").orElse(Constant.NONE));
    Object named = PlainValues.of(job.get("kwargs").orElse(Constant.NONE));
    String name = name(id, job);
    for (int i = 0; i < triggers.size(); i++) {
      Trigger trigger = triggers.get(i);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", i == 0 ? name : name + " (" + (i + 1) + ")");
      row.put("command", function.value());
      row.put("cron", trigger.cron());
      row.put("timezone", trigger.zone().getId());
      callback.ifPresent(of -> row.put("callback", of));
      row.putAll(policy);
      Map<String, Object> parameters = new LinkedHashMap<>();
      if (arguments instanceof List<?> list && !list.isEmpty()) {
        parameters.put("args", arguments);
      }
      if (named instanceof Map<?, ?> map && !map.isEmpty()) {
        parameters.put("kwargs", named);
      }
      if (!parameters.isEmpty()) {
        row.put("parameters", parameters);
      }
      actions.add(new Moved("job " + id, row, trigger.there(), notes(nextRun, triggers)));
    }
  }

  /** The id as the name, unless APScheduler generated it. */
  private String name(String id, Dict job) {
    String base =
        id.matches("[0-9a-f]{32}") && job.get("name").orElse(null) instanceof Text text
            ? text.value()
            : id;
    String name = base;
    for (int i = 2; !names.add(name); i++) {
      name = base + " #" + i;
    }
    return name;
  }

  private static Map<String, Object> policy(Dict job, boolean isPaused) throws NotHad {
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("merge_missed", job.get("coalesce").orElse(Constant.TRUE) != Constant.FALSE);
    Optional<Pickled> grace = job.get("misfire_grace_time");
    policy.put("actuality_time", grace.isEmpty() ? -1L : TriggerState.number(grace.get()));
    Pickled instances = job.get("max_instances").orElse(Whole.of(1));
    policy.put("overlap", TriggerState.number(instances) > 1 ? "allow" : "skip");
    if (isPaused) {
      policy.put("enabled", false);
    }
    return policy;
  }

  private List<String> notes(Optional<Long> nextRun, List<Trigger> triggers) {
    List<String> notes = new ArrayList<>();
    if (callback.isEmpty()) {
      notes.add("runs by the default callback of the settings; --callback names another");
    }
    if (nextRun.isPresent()) {
      Instant at = Instant.ofEpochSecond(nextRun.get());
      boolean isDue =
          triggers.stream()
              .anyMatch(
                  of -> of.there().between(at.minusNanos(1), at.plusNanos(FRACTION)).length > 0);
      boolean hasJitter = triggers.stream().anyMatch(of -> of.cron().toString().contains("jitter"));
      if (!isDue && !hasJitter) {
        notes.add(
            "its next run, " + at + ", is not a time of its trigger: somebody moved it by hand");
      }
    }
    return notes;
  }
}
