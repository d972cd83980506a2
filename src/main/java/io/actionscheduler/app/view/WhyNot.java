package io.actionscheduler.app.view;

import static io.actionscheduler.app.view.WhyMembers.addChange;
import static io.actionscheduler.app.view.WhyMembers.addOutage;
import static io.actionscheduler.app.view.WhyMembers.addReason;
import static io.actionscheduler.app.view.WhyMembers.addRun;
import static io.actionscheduler.app.view.WhyMembers.addTarget;
import static io.actionscheduler.app.view.WhyMembers.started;
import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.KeptTimings;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.ZoneLaw;
import io.actionscheduler.text.IsoTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Explains why an action did or did not fire at a moment, from the ledger, which has every
 * scheduled time, the history, which has details, and the record of changes.
 */
public final class WhyNot {
  /** A scheduled time up to this long after the given moment is the one that is meant. */
  private static final Duration MEANT = Duration.ofMinutes(1);

  /** The first probe of a target comes later. */
  private static final Duration PROMPT = Duration.ofMillis(500);

  private static final String NO_RECORD = "; the history has no record of it, or no longer has it";

  private final Store store;
  private final KeptTimings timings;
  private final Exclusions exclusions;
  private final Instant now;

  /** What the calendars and blackouts in force say of fires that are not settled. */
  @FunctionalInterface
  public interface Exclusions {
    /**
     * Why the fire of {@code action} at {@code at} is left out, in words; empty where it is not.
     *
     * @throws StoreException when the store cannot be read
     */
    Optional<String> reason(ActionId action, Instant at) throws StoreException;
  }

  /**
   * @param timings reads the schedules of the ledger
   */
  public WhyNot(Store store, KeptTimings timings, Exclusions exclusions, Instant now) {
    this.store = requireNonNull(store, "store is null");
    this.timings = requireNonNull(timings, "timings is null");
    this.exclusions = requireNonNull(exclusions, "exclusions is null");
    this.now = requireNonNull(now, "now is null");
  }

  /**
   * The answer as a JSON object: one of {@code answers} for each callback that the action had then.
   *
   * @param at a past moment; a scheduled time up to a minute later is meant
   * @throws StoreException when the store cannot be read
   */
  public Map<String, Object> form(ActionId action, Instant at) throws StoreException {
    Map<String, Object> form = new LinkedHashMap<>();
    Object id = action.number().isPresent() ? action.number().getAsLong() : action.text();
    form.put("job_id", id);
    form.put("at", IsoTime.utc(at));
    form.put("answers", at(action, at));
    return form;
  }

  private List<Map<String, Object>> at(ActionId action, Instant at) throws StoreException {
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
      answers.add(answer(version, at));
    }
    if (answers.isEmpty()) {
      answers.add(outside(action, at));
    }
    return answers;
  }

  /**
   * Whether the ledger has nothing of {@code action}, neither of one that is there nor of one that
   * was removed.
   *
   * @throws StoreException when the store cannot be read
   */
  public static boolean knowsNothingOf(Store store, ActionId action, Instant now)
      throws StoreException {
    return ScheduleVersion.withLastStretch(store, action, Instant.EPOCH, now).isEmpty();
  }

  /** The answer where no schedule was in force. */
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
    addChange(answer, new WhyEvidence(store, action, "", now).changeBefore(at));
    return answer;
  }

  private Map<String, Object> answer(ScheduleVersion version, Instant at) throws StoreException {
    WhyEvidence evidence =
        new WhyEvidence(store, version.key().action(), version.key().callback(), now);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("callback", version.key().callback());
    answer.put("schedule", version.cron());
    answer.put("timezone", ZoneLaw.name(version.zone()));
    Optional<Timing> timing = timings.read(version.cron(), version.zone());
    if (timing.isEmpty()) {
      answer.put("verdict", "unknown");
      answer.put("words", "the schedule that it had then can no longer be understood");
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
      addChange(answer, evidence.changeBefore(at));
      return answer;
    }
    answer.put("scheduled_at", text(meant, timing.get()));
    decided(answer, evidence, version, meant.get());
    return answer;
  }

  private void decided(
      Map<String, Object> answer,
      WhyEvidence evidence,
      ScheduleVersion version,
      Instant scheduledAt)
      throws StoreException {
    Optional<Outcome> outcome = version.outcomeOf(scheduledAt);
    if (outcome.isPresent()) {
      answer.put("verdict", outcome.get().toString());
      explain(answer, evidence, outcome.get(), scheduledAt);
    } else if (scheduledAt.isAfter(now)) {
      answer.put("verdict", "coming");
      answer.put("words", "it is not due yet");
      addExclusion(answer, version.key().action(), scheduledAt);
    } else if (scheduledAt.isAfter(version.settledUntil()) && version.paused()) {
      answer.put("verdict", Outcome.PAUSED.toString()); // settled once it is enabled again
      explain(answer, evidence, Outcome.PAUSED, scheduledAt);
    } else if (scheduledAt.isAfter(version.settledUntil())) {
      answer.put("verdict", "pending");
      answer.put(
          "words",
          "it is due and not settled yet: it runs, is in retry, its target is unavailable, or a"
              + " blackout holds it up");
      addExclusion(answer, version.key().action(), scheduledAt);
      addRun(answer, "run", evidence.runOf(scheduledAt));
      addOutage(answer, evidence.outageAt(scheduledAt));
      addTarget(answer, evidence, scheduledAt, now);
    } else {
      answer.put("verdict", "lost");
      answer.put("words", "the ledger has no outcome for it, which is a defect; please report it");
    }
  }

  /** Fires are settled in their order: an earlier one may not have ended. */
  private void addExclusion(Map<String, Object> answer, ActionId action, Instant scheduledAt)
      throws StoreException {
    Optional<String> reason = exclusions.reason(action, scheduledAt);
    if (reason.isPresent()) {
      answer.put("words", "it will be recorded as excluded, when its turn comes");
      answer.put("reason", reason.get());
    }
  }

  private static void explain(
      Map<String, Object> answer, WhyEvidence evidence, Outcome outcome, Instant scheduledAt)
      throws StoreException {
    switch (outcome) {
      case DELIVERED -> {
        Optional<Entry> run = evidence.runOf(scheduledAt);
        answer.put("words", "it was delivered" + (run.isEmpty() ? NO_RECORD : ""));
        addRun(answer, "run", run);
        addOutage(answer, evidence.outageAt(scheduledAt));
        Instant started = started(run, scheduledAt);
        if (started.isAfter(scheduledAt.plus(PROMPT))) { // else it waited for nothing
          addTarget(answer, evidence, scheduledAt, started);
        }
      }
      case FAILED -> {
        Optional<Entry> run = evidence.runOf(scheduledAt);
        Optional<String> waits =
            run.isEmpty() ? evidence.deadLetterOf(scheduledAt) : Optional.empty();
        answer.put(
            "words",
            "it failed permanently: it was refused for good, or until its retries were used up"
                + waits
                    .map(error -> "; its dead letter waits for its callback")
                    .orElse(run.isEmpty() ? NO_RECORD : ""));
        waits.ifPresent(error -> answer.put("reason", error));
        addRun(answer, "run", run);
      }
      case MERGED -> {
        answer.put("words", "it was missed, and delivered as part of a later fire");
        Optional<Entry> run = evidence.mergedInto(scheduledAt);
        addRun(answer, "merged_into", run);
        addReason(answer, evidence.recordOf(Status.MERGED, scheduledAt));
        addOutage(answer, evidence.outageAt(scheduledAt));
        addTarget(answer, evidence, scheduledAt, started(run, scheduledAt));
      }
      case EXPIRED -> {
        answer.put("words", "it was missed, and too old when it could have started");
        Optional<Entry> run = evidence.runBehind(scheduledAt);
        addRun(answer, "next_run", run);
        addReason(answer, evidence.recordOf(Status.EXPIRED, scheduledAt));
        addOutage(answer, evidence.outageAt(scheduledAt));
        Instant until = run.isEmpty() ? evidence.now() : started(run, scheduledAt);
        addTarget(answer, evidence, scheduledAt, until);
      }
      case SKIPPED -> {
        answer.put("words", "the fire before it was still running (overlap: skip)");
        addRun(answer, "overlapped", evidence.underWay(scheduledAt));
      }
      case PAUSED -> {
        answer.put("words", "the action was disabled");
        addChange(answer, evidence.pauseBefore(scheduledAt));
      }
      case DROPPED -> {
        answer.put("words", "it was missed, held at the start, and dropped by an operator");
        addChange(answer, evidence.changeBehind(scheduledAt));
      }
      case EXCLUDED -> {
        answer.put(
            "words", "its calendars, or a blackout, excluded it: it was not to be delivered");
        addReason(answer, evidence.recordOf(Status.EXCLUDED, scheduledAt));
      }
      case SUPERSEDED -> {
        answer.put("words", "its schedule was changed, or the action removed, before it started");
        addChange(answer, evidence.changeBehind(scheduledAt));
      }
    }
  }

  private static String text(Optional<Instant> at, Timing timing) {
    return at.map(time -> IsoTime.text(time, timing.zone())).orElse(null);
  }
}
