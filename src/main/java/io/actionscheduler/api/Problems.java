package io.actionscheduler.api;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.app.view.ZoneView;
import io.actionscheduler.engine.Status;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Verdict;
import io.actionscheduler.fire.Verified;
import io.actionscheduler.zone.Zones;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that is wrong now, each in words; the most serious first. */
final class Problems {
  private final Running running;
  private final Statistics statistics;
  private final List<Map<String, Object>> problems = new ArrayList<>();

  Problems(Running running, Statistics statistics) {
    this.running = requireNonNull(running, "running is null");
    this.statistics = requireNonNull(statistics, "statistics is null");
  }

  /**
   * All of them.
   *
   * @param status empty where the engine did not answer
   * @param verified the latest verification
   */
  List<Map<String, Object>> all(Optional<Status> status, Optional<Verified> verified, Instant now) {
    verified.filter(one -> !one.isGood()).ifPresent(this::addLost);
    addEngine(status);
    addSources();
    addFailing();
    statistics.late(now).ifPresent(this::addLate);
    addZones(now);
    return problems;
  }

  private void addLost(Verified verified) {
    problems.add(
        problem(
            "lost",
            "the latest verification found "
                + verified.count(Verdict.LOST)
                + " fires lost and "
                + verified.count(Verdict.DOUBLED)
                + " doubled; \"action-scheduler verify --last\" lists them",
            Map.of("at", JobView.utc(verified.at()))));
  }

  private void addEngine(Optional<Status> status) {
    if (status.isEmpty()) {
      problems.add(problem("engine", "the engine did not answer within a second", Map.of()));
    }
    status.ifPresent(
        known -> {
          known
              .unavailable()
              .forEach(
                  name ->
                      problems.add(
                          problem(
                              "callback_unavailable",
                              "the target of callback " + name + " is unavailable",
                              Map.of("callback", name))));
          known
              .hold()
              .ifPresent(
                  hold ->
                      problems.add(
                          problem(
                              "backlog_held",
                              known.held()
                                  + " actions have missed fires that wait for a decision; without"
                                  + " one they continue by the rules of their rows",
                              Map.of("until", JobView.utc(hold.until())))));
          if (known.storeFailing()) {
            problems.add(
                problem(
                    "store_failing",
                    "the internal store takes no records; they are held in memory",
                    Map.of()));
          }
        });
  }

  private void addSources() {
    for (SourceStatus source : running.health().sources()) {
      source
          .unavailableSince()
          .ifPresent(
              since ->
                  problems.add(
                      problem(
                          "source_unavailable",
                          "source " + source.name() + " cannot be read: " + source.problem(),
                          Map.of("source", source.name(), "since", JobView.utc(since)))));
      source
          .rejections()
          .forEach(
              rejection ->
                  problems.add(
                      problem(
                          "rejected",
                          rejection.message(),
                          Map.of("source", source.name(), "job_id", RunView.id(rejection.id())))));
    }
  }

  private void addFailing() {
    for (Run run : statistics.failing()) {
      problems.add(
          problem(
              "failing",
              run.actionName() + " failed: " + run.error(),
              Map.of(
                  "job_id", RunView.id(run.key().action()),
                  "callback", run.key().callback(),
                  "at", JobView.utc(run.finishedAt()))));
    }
  }

  private void addLate(Statistics.Late late) {
    problems.add(
        problem(
            "late",
            "%d of %d fires of the last five minutes started more than a second late, the worst of"
                    .formatted(late.late(), late.fires())
                + " them about %.0f s".formatted(late.worst()),
            Map.of()));
  }

  private void addZones(Instant now) {
    if (!Zones.isInstalled()) {
      return; // another source of zone data was chosen when the process was started
    }
    ZoneView zones = new ZoneView(Zones.inForce(), running.parts().settings().timezone());
    if (zones.isOutdated()) {
      problems.add(
          problem(
              "zone_data",
              zones.summary(now) + "; set timezones.data to newest, or update the older one",
              Map.of()));
    }
    Zones.inForce()
        .faults()
        .forEach(fault -> problems.add(problem("zone_data", fault.toString(), Map.of())));
  }

  private static Map<String, Object> problem(
      String kind, String message, Map<String, Object> members) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("kind", kind);
    problem.put("message", message);
    problem.putAll(members);
    return problem;
  }
}
