package io.actionscheduler.app.alert;

import io.actionscheduler.app.alert.Alert.Kind;
import io.actionscheduler.app.alert.Alert.State;
import io.actionscheduler.config.Settings;
import io.actionscheduler.engine.Status;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.fire.LateStarts;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Verdict;
import io.actionscheduler.fire.Verified;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides which alerts to send: one when a fault begins, and one when it ends. It remembers the
 * faults of earlier calls and has no other effect. For one thread.
 */
final class AlertRules {
  private static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);
  private static final int NAMED = 5;

  private Settings.Alerts settings;
  private final Conditions conditions = new Conditions();
  private Optional<FailingActions> failing;
  private final LateFires late;
  private final List<Alert> changes = new ArrayList<>(); // from the present call
  private long deliveredBefore = -1;

  /**
   * @param starts which fires start late
   */
  AlertRules(Settings.Alerts settings, LateStarts starts) {
    this.settings = settings;
    this.late = new LateFires(starts);
    this.failing = settings.failuresInARow().map(FailingActions::new);
  }

  /**
   * Decides by other settings from now on. What was told before is not told again, unless its alert
   * was switched off meanwhile.
   */
  void use(Settings.Alerts next) {
    if (!next.failuresInARow().equals(settings.failuresInARow())) {
      failing = next.failuresInARow().map(FailingActions::new);
    }
    if (next.lateBy().isEmpty()) {
      late.clear();
      conditions.forget(Kind.LATE.toString());
    }
    if (next.overdueFor().isEmpty()) {
      conditions.forget(Kind.OVERDUE.toString());
    }
    if (next.unavailableFor().isEmpty()) {
      conditions.forget(Kind.CALLBACK_UNAVAILABLE.toString());
      conditions.forget(Kind.SOURCE_UNAVAILABLE.toString());
      conditions.forget(Kind.STORE_FAILING.toString());
    }
    settings = next;
  }

  /**
   * A run ended.
   *
   * @param steady now, on a monotonic clock
   */
  void ended(Run run, Duration steady) {
    failing.ifPresent(actions -> actions.ended(run));
    late.ended(run, settings.lateBy().orElse(NEVER), steady);
  }

  /** The alerts that follow from the state {@code seen}, compared with the state before it. */
  List<Alert> changes(Seen seen) {
    changes.clear();
    failing.ifPresent(actions -> changes.addAll(actions.changes(seen)));
    late(seen);
    settings.unavailableFor().ifPresent(patience -> unavailable(patience, seen));
    settings.overdueFor().ifPresent(patience -> overdue(patience, seen));
    seen.sources().forEach(source -> rejected(source, seen));
    seen.verified().ifPresent(verified -> verification(verified, seen));
    seen.engine().ifPresent(engine -> backlog(engine, seen));
    if (!settings.recovered()) {
      changes.removeIf(alert -> alert.state() == State.RECOVERED);
    }
    return List.copyOf(changes);
  }

  private void late(Seen seen) {
    late.each(seen.steady(), (latest, isFresh) -> late(latest, isFresh, seen));
  }

  private void late(LateFires.Late latest, boolean isFresh, Seen seen) {
    String callback = latest.run().key().callback();
    tell(
        Kind.LATE,
        "callback " + callback,
        isFresh,
        Duration.ZERO,
        seen,
        new Words(
            "fires of callback "
                + callback
                + " start late: "
                + FailingActions.label(latest.run())
                + " by "
                + seconds(latest.by()),
            "Raise its max_concurrent, or move actions to other minutes (the week map of"
                + " the dashboard shows the peaks)",
            "fires of callback " + callback + " start on time again"));
  }

  private void unavailable(Duration patience, Seen seen) {
    seen.engine().ifPresent(engine -> unavailable(engine, patience, seen));
    for (SourceStatus source : seen.sources()) {
      tell(
          Kind.SOURCE_UNAVAILABLE,
          "source " + source.name(),
          source.unavailableSince().isPresent(),
          patience,
          seen,
          new Words(
              "source " + source.name() + " cannot be read: " + source.problem(),
              "The actions that were read last are fired meanwhile; make the source available",
              "source " + source.name() + " can be read again"));
    }
  }

  private void rejected(SourceStatus source, Seen seen) {
    tell(
        Kind.ROWS_REJECTED,
        "source " + source.name(),
        source.rejected() > 0,
        Duration.ZERO,
        seen,
        new Words(
            source.rejected()
                + " rows of source "
                + source.name()
                + " cannot be understood and do not fire: "
                + source.rejections().stream()
                    .limit(NAMED)
                    .map(rejection -> rejection.message())
                    .collect(Collectors.joining("; ")),
            "\"validate\" lists all of them; correct them",
            "all rows of source " + source.name() + " are understood again"));
  }

  private void unavailable(Status engine, Duration patience, Seen seen) {
    // Callbacks that were unavailable before are included: they may be available again.
    List<String> names = new ArrayList<>(engine.unavailable());
    String prefix = key(Kind.CALLBACK_UNAVAILABLE, "callback ");
    for (String held : conditions.holding(prefix)) {
      String name = held.substring(prefix.length());
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    for (String name : names) {
      tell(
          Kind.CALLBACK_UNAVAILABLE,
          "callback " + name,
          engine.unavailable().contains(name),
          patience,
          seen,
          new Words(
              "the target of callback "
                  + name
                  + " has been unavailable for "
                  + seconds(patience)
                  + "; its fires wait",
              "The log has the reason; make the target available. What waits is delivered then",
              "the target of callback " + name + " is available again"));
    }
    tell(
        Kind.STORE_FAILING,
        "the internal store",
        engine.storeFailing(),
        patience,
        seen,
        new Words(
            "the internal store has taken no records for " + seconds(patience),
            "Actions continue to fire, and a crash now would repeat their fires: look at the"
                + " disk or the database of internal_db",
            "the internal store takes records again"));
  }

  private void overdue(Duration patience, Seen seen) {
    if (seen.blackout() || seen.engine().stream().anyMatch(one -> !one.unavailable().isEmpty())) {
      return; // fires may wait for that: what was told before stands until it is over
    }
    boolean silent =
        seen.engine()
            .map(
                engine ->
                    engine.delivered() == deliveredBefore
                        && (engine.waiting() > 0 || isPast(engine.nextFireAt(), seen.now())))
            .orElse(true);
    deliveredBefore = seen.engine().map(Status::delivered).orElse(deliveredBefore);
    tell(
        Kind.OVERDUE,
        "the scheduler",
        silent,
        patience,
        seen,
        new Words(
            seen.engine()
                    .map(engine -> engine.waiting() + " actions are due")
                    .orElse("the engine does not answer")
                + ", and nothing was delivered for "
                + seconds(patience),
            "Long fires may hold every place of a callback: raise its max_concurrent or limit their"
                + " time. If none is running, restart the scheduler",
            "what was due is fired again"));
  }

  private void backlog(Status engine, Seen seen) {
    tell(
        Kind.BACKLOG_HELD,
        "the backlog",
        engine.hold().isPresent(),
        Duration.ZERO,
        seen,
        new Words(
            "missed fires of "
                + engine.held()
                + (engine.held() == 1 ? " action" : " actions")
                + " are held until "
                + engine.hold().map(hold -> hold.until().toString()).orElse(""),
            "Deliver, merge or drop them in the dashboard, or with \"backlog decide\"; without a"
                + " decision by then they continue by the rules of their actions",
            "no missed fires are held any more"));
  }

  private static boolean isPast(Optional<Instant> next, Instant now) {
    return next.isPresent() && next.get().isBefore(now.minusSeconds(1));
  }

  private void verification(Verified verified, Seen seen) {
    tell(
        Kind.VERIFICATION_FAILED,
        "the ledger",
        !verified.isGood(),
        Duration.ZERO,
        seen,
        new Words(
            "the verification of "
                + verified.from()
                + " to "
                + verified.to()
                + " found "
                + verified.count(Verdict.LOST)
                + " lost fires, and "
                + verified.count(Verdict.DOUBLED)
                + " doubled ones",
            "\"verify --last\" names them; \"backfill\" delivers what is lost",
            "the last verification found every fire accounted for"));
  }

  /** The text of the alert that a fault began, its remedy, and the text of the alert of its end. */
  private record Words(String raised, String remedy, String recovered) {}

  private void tell(
      Kind kind, String subject, boolean holds, Duration patience, Seen seen, Words words) {
    switch (conditions.seen(key(kind, subject), holds, patience, seen.steady())) {
      case RAISED ->
          changes.add(
              new Alert(kind, State.RAISED, subject, seen.now(), words.raised(), words.remedy()));
      case RECOVERED ->
          changes.add(new Alert(kind, State.RECOVERED, subject, seen.now(), words.recovered(), ""));
      case NONE -> {
        // an alert was sent before, or the fault has not lasted long enough
      }
    }
  }

  private static String key(Kind kind, String subject) {
    return kind + " " + subject;
  }

  private static String seconds(Duration span) {
    return span.toSeconds() + " s";
  }
}
