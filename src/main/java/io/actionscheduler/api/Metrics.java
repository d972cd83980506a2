package io.actionscheduler.api;

import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.engine.Status;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.events.Standing;
import io.actionscheduler.events.Webhooks;
import io.actionscheduler.fire.LateStarts;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.RunListener;
import io.actionscheduler.http.EventStreams;
import io.actionscheduler.store.ownership.ClusterState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The metrics for Prometheus. No label holds an action: there may be a million of them, and the
 * number of series must not grow with them.
 */
final class Metrics implements RunListener, AutoCloseable {
  private static final String PREFIX = "action_scheduler.";

  private static final Duration[] LATENESS =
      durations(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 15_000, 60_000, 600_000, 3_600_000);

  private static final Duration[] DURATIONS =
      durations(1, 5, 25, 100, 500, 1_000, 5_000, 30_000, 60_000, 300_000, 3_600_000);

  private final Running running;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final LateStarts starts;
  private final Timer lateness;
  private final MultiGauge sources = multi("source_up", "Whether a source can be read.");
  private final MultiGauge rejected = multi("rejected_actions", "Rows that cannot be understood.");
  private final MultiGauge looks =
      multi("source_sync_duration_seconds", "Duration of the last read.");
  private final MultiGauge callbacks = multi("callback_up", "Whether a target is available.");
  private volatile Optional<Status> engine = Optional.empty();

  /**
   * @param zoneData version of the time zone data in use
   */
  Metrics(Running running, Webhooks webhooks, String version, String zoneData) {
    this.running = running;
    this.starts = running.engine().lateStarts();
    // Their names break the rules of Prometheus; other series have the same values.
    registry
        .config()
        .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
        .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
    this.lateness =
        Timer.builder(PREFIX + "lateness")
            .description(
                "Time from the scheduled time of a fire to its first start; fires that were missed in a"
                    + " downtime, or waited for an unavailable target or a blackout, are not"
                    + " counted.")
            .serviceLevelObjectives(LATENESS)
            .register(registry);
    gauge("actions", "Actions in force.", Status::actions);
    gauge("schedules", "Distinct schedules in force.", Status::schedules);
    gauge("in_flight", "Batches that are being delivered.", Status::running);
    gauge("waiting", "Actions with a due fire that its callback has not taken.", Status::waiting);
    gauge("unrecorded", "Actions whose progress is not on disk yet.", Status::unrecorded);
    gauge("store_up", "Whether the store takes records.", one -> one.storeFailing() ? 0 : 1);
    gauge(
        "overdue_seconds",
        "How long the next fire has been due: more than seconds is a defect.",
        this::overdue);
    Gauge.builder(PREFIX + "ready", () -> running.health().isReady() ? 1 : 0)
        .description("Whether actions are in force.")
        .register(registry);
    Gauge.builder(PREFIX + "standby", () -> 0)
        .description("Whether this process waits to take over from another one.")
        .register(registry);
    Gauge.builder(PREFIX + "versions", () -> 1)
        .description("Versions of the program and of its time zone data.")
        .tags("version", version, "zone_data", zoneData)
        .register(registry);
    // The series exist from the start: Prometheus's rate() does not count a series' first value.
    Stream.of(Run.Status.values()).filter(Run.Status::isWithoutAttempt).forEach(this::missed);
    for (String callback : running.parts().settings().callbacks().keySet()) {
      fires("success", callback);
      fires("failed", callback);
      duration(callback);
    }
    for (Standing standing : webhooks.standings()) {
      webhook(webhooks, standing.name());
    }
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gc.bindTo(registry);
  }

  /** Shows how many clients follow the events. */
  void count(EventStreams streams) {
    Gauge.builder(PREFIX + "event_streams", streams, EventStreams::size)
        .description("Clients that follow the event stream.")
        .register(registry);
  }

  /** Shows the cluster that this process is in; no number while its state is unknown. */
  void show(ClusterWatch cluster) {
    cluster("processes", "Processes that run.", cluster, ClusterState::alive);
    cluster("shards", "Shards of this process.", cluster, one -> one.ofThisProcess().size());
    cluster(
        "shards_without_owner",
        "Shards that no process has: their actions do not fire.",
        cluster,
        one -> one.withoutOwner().size());
  }

  private void cluster(
      String name, String description, ClusterWatch cluster, ToDoubleFunction<ClusterState> value) {
    Gauge.builder(
            PREFIX + "cluster_" + name,
            () -> cluster.state().map(value::applyAsDouble).orElse(Double.NaN))
        .description(description)
        .register(registry);
  }

  private void webhook(Webhooks webhooks, String name) {
    webhookEvents(webhooks, name, "delivered", Standing::delivered);
    webhookEvents(webhooks, name, "dropped", Standing::dropped);
    Gauge.builder(PREFIX + "webhook_waiting", () -> standing(webhooks, name).waiting())
        .description("Events that a webhook has not taken yet.")
        .tag("webhook", name)
        .register(registry);
    Gauge.builder(PREFIX + "webhook_up", () -> standing(webhooks, name).isOk() ? 1 : 0)
        .description("Whether a webhook takes events.")
        .tag("webhook", name)
        .register(registry);
  }

  private void webhookEvents(
      Webhooks webhooks, String name, String outcome, ToDoubleFunction<Standing> count) {
    FunctionCounter.builder(
            PREFIX + "webhook_events", webhooks, all -> count.applyAsDouble(standing(all, name)))
        .description("Events that a webhook took, and those that it will never get.")
        .tags("webhook", name, "outcome", outcome)
        .register(registry);
  }

  private static Standing standing(Webhooks webhooks, String name) {
    return webhooks.standings().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private MultiGauge multi(String name, String description) {
    return MultiGauge.builder(PREFIX + name).description(description).register(registry);
  }

  private void gauge(String name, String description, ToDoubleFunction<Status> value) {
    Gauge.builder(
            PREFIX + name,
            () -> engine.map(status -> value.applyAsDouble(status)).orElse(Double.NaN))
        .description(description)
        .register(registry);
  }

  private double overdue(Status status) {
    Instant now = running.parts().clock().instant();
    return status
        .nextFireAt()
        .map(next -> Math.max(0, Duration.between(next, now).toMillis() / 1000.0))
        .orElse(0.0);
  }

  @Override
  public void ended(Run run) {
    count(run);
    if (run.status().isWithoutAttempt()) {
      missed(run.status()).increment(run.fires().count());
    } else {
      timed(run, run.key().callback());
    }
  }

  @Override
  public void failed(Run run) {
    timed(run, run.key().callback());
  }

  @Override
  public void handedOver(Run run) {
    count(run); // its times are those of another callback
  }

  private void count(Run run) {
    fires(run.status().toString(), run.key().callback()).increment(run.fires().count());
  }

  private Counter fires(String status, String callback) {
    return Counter.builder(PREFIX + "fires")
        .description("Fires that ended.")
        .tags("status", status, "callback", callback)
        .register(registry);
  }

  private Counter missed(Run.Status outcome) {
    return Counter.builder(PREFIX + "missed")
        .description("Fires that ended without an attempt.")
        .tags("outcome", outcome.toString())
        .register(registry);
  }

  private void timed(Run run, String callback) {
    if (run.startedAt().isEmpty()) {
      return;
    }
    Instant startedAt = run.startedAt().get();
    starts.of(run).ifPresent(lateness::record);
    duration(callback).record(positive(Duration.between(startedAt, run.finishedAt())));
  }

  private Timer duration(String callback) {
    return Timer.builder(PREFIX + "callback.duration")
        .description("Time from the start of the last attempt of a fire to its end.")
        .serviceLevelObjectives(DURATIONS)
        .tag("callback", callback)
        .register(registry);
  }

  /** Where the clock was set back meanwhile, a duration may be negative. */
  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  /** All metrics in the text format of Prometheus. */
  String scrape() throws InterruptedException {
    engine = Overview.soon(running.engine().status());
    List<MultiGauge.Row<?>> up = new ArrayList<>();
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    List<MultiGauge.Row<?>> took = new ArrayList<>();
    for (SourceStatus source : running.health().sources()) {
      Tags tags = Tags.of(Tag.of("source", source.name()));
      up.add(MultiGauge.Row.of(tags, source.unavailableSince().isPresent() ? 0 : 1));
      rows.add(MultiGauge.Row.of(tags, source.rejected()));
      took.add(MultiGauge.Row.of(tags, source.took().toMillis() / 1000.0));
    }
    sources.register(up, true);
    rejected.register(rows, true);
    looks.register(took, true);
    engine.ifPresent(
        status -> {
          List<MultiGauge.Row<?>> targets = new ArrayList<>();
          for (String name : running.parts().settings().callbacks().keySet()) {
            Tags tags = Tags.of(Tag.of("callback", name));
            targets.add(MultiGauge.Row.of(tags, status.unavailable().contains(name) ? 0 : 1));
          }
          callbacks.register(targets, true);
        });
    return registry.scrape();
  }

  private static Duration[] durations(long... millis) {
    Duration[] durations = new Duration[millis.length];
    for (int i = 0; i < millis.length; i++) {
      durations[i] = Duration.ofMillis(millis[i]);
    }
    return durations;
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
