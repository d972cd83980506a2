package io.actionscheduler.api;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.ById;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.app.view.Trouble;
import io.actionscheduler.app.view.Trouble.Kind;
import io.actionscheduler.app.view.ZoneView;
import io.actionscheduler.engine.Status;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.fire.Verified;
import io.actionscheduler.store.ownership.ClusterState;
import io.actionscheduler.zone.Zones;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Everything that is wrong now, each in words; the most serious first. */
final class Problems {
  private final Running running;
  private final Statistics statistics;
  private final Optional<ClusterState> cluster;
  private final List<SourceStatus> sources;
  private final List<Map<String, Object>> problems = new ArrayList<>();

  /**
   * @param cluster empty where this process is in none, and where its state is unknown
   */
  Problems(Running running, Statistics statistics, Optional<ClusterState> cluster) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.sources = running.health().sources();
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
    verified.filter(one -> !one.isGood()).map(Trouble::lost).ifPresent(this::add);
    cluster.flatMap(Trouble::withoutOwner).ifPresent(this::add);
    addEngine(status);
    addSources();
    statistics.failing().stream()
        .filter(run -> mayFire(run.key().action()))
        .map(Trouble::failing)
        .forEach(this::add);
    statistics.late(now).ifPresent(this::addLate);
    addZones(now);
    return problems;
  }

  private void addEngine(Optional<Status> status) {
    if (status.isEmpty()) {
      add(Trouble.of(Kind.ENGINE, "the engine did not answer within a second"));
    }
    status.ifPresent(
        known -> {
          known
              .outages()
              .forEach(
                  outage ->
                      add(Trouble.unavailable(outage.callback(), outage.since(), outage.reason())));
          known.hold().ifPresent(hold -> add(Trouble.held(known.held(), hold)));
          if (known.storeFailing()) {
            add(
                Trouble.of(
                    Kind.STORE_FAILING,
                    "the internal store takes no records; they are held in memory"));
          }
        });
  }

  private void addSources() {
    for (SourceStatus source : sources) {
      source
          .unavailableSince()
          .ifPresent(
              since ->
                  add(Trouble.unreadable(source.name(), Optional.of(since), source.problem())));
      source.rejections().forEach(one -> add(Trouble.rejected(source.name(), one)));
    }
  }

  /** Whether a failure of that action still matters: it is enabled, and a source has it. */
  private boolean mayFire(ActionId id) {
    return sources.stream()
        .flatMap(source -> ById.find(source.actions(), id).stream())
        .anyMatch(action -> action.policy().enabled());
  }

  private void addLate(Statistics.Late late) {
    add(
        Trouble.of(
            Kind.LATE,
            "%d of %d fires of the last five minutes started more than a second late, the worst of"
                    .formatted(late.late(), late.fires())
                + String.format(Locale.ROOT, " them by %.1f s", late.worst())));
  }

  private void addZones(Instant now) {
    if (!Zones.isInstalled()) {
      return; // another source of zone data was chosen when the process was started
    }
    ZoneView zones = new ZoneView(Zones.inForce(), running.parts().settings().timezone());
    if (zones.isOutdated()) {
      add(
          Trouble.of(
              Kind.ZONE_DATA,
              zones.summary(now) + "; set timezones.data to newest, or update the older one"));
    }
    Zones.inForce().faults().forEach(fault -> add(Trouble.of(Kind.ZONE_DATA, fault.toString())));
  }

  private void add(Trouble trouble) {
    problems.add(trouble.form());
  }
}
