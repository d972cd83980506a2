package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.KeptTimings;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.ZoneLaw;
import io.actionscheduler.text.IsoTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Why an action did, or did not, fire at a moment: asked of the ledger, which knows of every
 * scheduled time, of the history for details, and of the record of changes.
 */
public final class WhyNot {
  /** A scheduled time that lies so little behind the moment asked for is the one that is meant. */
  private static final Duration MEANT = Duration.ofMinutes(1);

  private static final int LOOKED_AT = 100;

  private final Store store;
  private final KeptTimings timings;
  private final Instant now;

  /**
   * @param timings reads the schedules that the ledger was kept for
   */
  public WhyNot(Store store, KeptTimings timings, Instant now) {
    this.store = requireNonNull(store, "store is null");
    this.timings = requireNonNull(timings, "timings is null");
    this.now = requireNonNull(now, "now is null");
  }

  /**
   * The answer as JSON objects, one for each callback that the action had then.
   *
   * @param at a past moment; a scheduled time up to a minute later is meant
   */
  public List<Map<String, Object>> at(ActionId action, Instant at) throws StoreException {
    List<ScheduleVersion> versions =
        ScheduleVersion.of(store, action, at.minus(MEANT), at.plus(MEANT));
    Map<String, ScheduleVersion> then = new TreeMap<>();
    for (ScheduleVersion version : versions) {
      if (version.covers(at)) {
        then.put(version.key().callback(), version);
      }
    }
    List<Map<String, Object>> answers = new ArrayList<>();
    for (ScheduleVersion version : then.values()) {
      answers.add(answer(action, version, at));
    }
    if (answers.isEmpty()) {
      answers.add(outside(action, at));
    }
    return answers;
  }

  /** No schedule was in force then. */
  private Map<String, Object> outside(ActionId action, Instant at) throws StoreException {
    Map<String, Object> answer = new LinkedHashMap<>();
    List<ScheduleVersion> all = ScheduleVersion.of(store, action, Instant.EPOCH, now);
    Optional<Instant> first = all.stream().map(ScheduleVersion::begunAt).min(Instant::compareTo);
    if (first.isEmpty() || at.isBefore(first.get())) {
      answer.put("verdict", "unknown");
      answer.put(
          "words",
          first
              .map(begun -> "the ledger of this action begins at " + begun)
              .orElse("there is no ledger of this action"));
    } else {
      answer.put("verdict", "not_there");
      answer.put("words", "the action was removed before, or not at any callback then");
    }
    addChange(answer, action, at);
    return answer;
  }

  private Map<String, Object> answer(ActionId action, ScheduleVersion version, Instant at)
      throws StoreException {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("callback", version.key().callback());
    answer.put("schedule", version.cron());
    answer.put("timezone", ZoneLaw.name(version.zone()));
    Optional<Timing> timing = timings.read(version.cron(), version.zone());
    if (timing.isEmpty()) {
      answer.put("verdict", "unknown");
      answer.put("words", "the schedule that it had then cannot be understood any more");
      return answer;
    }
    Schedule schedule = timing.get().schedule();
    Optional<Instant> meant =
        schedule.next(at.minusNanos(1)).filter(time -> time.isBefore(at.plus(MEANT)));
    if (meant.isEmpty() || !version.covers(meant.get()) && version.endedAt().isPresent()) {
      answer.put("verdict", "not_scheduled");
      answer.put("words", "its schedule had no time then");
      answer.put("previous_scheduled_at", text(schedule.previous(at), timing.get()));
      answer.put("next_scheduled_at", text(schedule.next(at), timing.get()));
      addChange(answer, action, at);
      return answer;
    }
    answer.put("scheduled_at", text(meant, timing.get()));
    decided(answer, action, version, meant.get());
    return answer;
  }

  private void decided(
      Map<String, Object> answer, ActionId action, ScheduleVersion version, Instant scheduledAt)
      throws StoreException {
    Optional<Outcome> outcome = version.outcomeOf(scheduledAt);
    if (outcome.isPresent()) {
      answer.put("verdict", outcome.get().toString());
      explain(answer, action, outcome.get(), scheduledAt);
    } else if (scheduledAt.isAfter(now)) {
      answer.put("verdict", "coming");
      answer.put("words", "it is not due yet");
    } else if (scheduledAt.isAfter(version.settledUntil())) {
      answer.put("verdict", "pending");
      answer.put(
          "words",
          "it is due and not settled yet: under way, in retry, or its target is unavailable");
      addRun(answer, "run", runs(action, scheduledAt, scheduledAt).stream().findFirst());
    } else {
      answer.put("verdict", "lost");
      answer.put("words", "the ledger has no outcome for it, which is a defect; please report it");
    }
  }

  private void explain(
      Map<String, Object> answer, ActionId action, Outcome outcome, Instant scheduledAt)
      throws StoreException {
    Optional<Entry> own = runs(action, scheduledAt, scheduledAt).stream().findFirst();
    switch (outcome) {
      case DELIVERED -> {
        answer.put("words", "it was delivered");
        addRun(answer, "run", own);
      }
      case FAILED -> {
        answer.put("words", "it was refused for good, or until its retries were used up");
        addRun(answer, "run", own);
      }
      case MERGED -> {
        answer.put("words", "it was missed, and delivered as part of a later fire");
        addRun(answer, "merged_into", mergedInto(action, scheduledAt));
      }
      case EXPIRED -> {
        answer.put("words", "it was missed, and too old when it could have started");
        addRun(answer, "next_run", runs(action, scheduledAt, now).stream().findFirst());
      }
      case SKIPPED -> {
        answer.put("words", "the fire before it was still running (overlap: skip)");
        addRun(answer, "overlapped", running(action, scheduledAt));
      }
      case PAUSED -> {
        answer.put("words", "the action was disabled");
        addChange(answer, action, scheduledAt);
      }
      case SUPERSEDED -> {
        answer.put("words", "its schedule was changed, or the action removed, before it started");
        addChange(answer, action, now);
      }
    }
  }

  /**
   * The runs with an attempt of what was scheduled from {@code from} to {@code to}, oldest first.
   */
  private List<Entry> runs(ActionId action, Instant from, Instant to) throws StoreException {
    Filter filter =
        new Filter(
            Optional.of(action),
            EnumSet.of(Run.Status.SUCCESS, Run.Status.FAILED, Run.Status.RETRYING),
            Set.of(),
            Optional.of(from),
            Optional.of(to.plusNanos(1_000)));
    return store.historyAfter(filter, 0, LOOKED_AT).stream()
        .filter(entry -> entry.run().request().isEmpty())
        .toList();
  }

  private Optional<Entry> mergedInto(ActionId action, Instant scheduledAt) throws StoreException {
    return runs(action, scheduledAt, now).stream()
        .filter(entry -> entry.run().missedCount() > 0)
        .filter(entry -> entry.run().fires().first().isAfter(scheduledAt))
        .findFirst();
  }

  private Optional<Entry> running(ActionId action, Instant at) throws StoreException {
    return runs(action, at.minus(Duration.ofDays(1)), at).stream()
        .filter(entry -> entry.run().startedAt().filter(start -> !start.isAfter(at)).isPresent())
        .filter(entry -> !entry.run().finishedAt().isBefore(at))
        .findFirst();
  }

  private static void addRun(Map<String, Object> answer, String member, Optional<Entry> entry) {
    entry.ifPresent(
        found -> {
          Map<String, Object> run = new LinkedHashMap<>();
          run.put("id", found.number());
          run.put("status", found.run().status().toString());
          run.put("scheduled_at", found.run().fires().first().toString());
          run.put("started_at", found.run().startedAt().map(Instant::toString).orElse(null));
          run.put("finished_at", found.run().finishedAt().toString());
          run.put("error", found.run().error().isEmpty() ? null : found.run().error());
          answer.put(member, run);
        });
  }

  /** The last change before {@code at}, which may be what is behind it. */
  private void addChange(Map<String, Object> answer, ActionId action, Instant at)
      throws StoreException {
    for (Change change : store.changes(Optional.of(action), Long.MAX_VALUE, LOOKED_AT)) {
      if (!change.at().isAfter(at)) {
        Map<String, Object> edit = new LinkedHashMap<>();
        edit.put("id", change.number());
        edit.put("at", change.at().toString());
        edit.put("kind", change.kind().toString());
        edit.put("editor", change.editor());
        edit.put("via", change.via().toString());
        answer.put("change", edit);
        return;
      }
    }
  }

  private static String text(Optional<Instant> at, Timing timing) {
    return at.map(time -> IsoTime.text(time, timing.zone())).orElse(null);
  }
}
