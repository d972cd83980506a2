package io.actionscheduler.api;

import io.actionscheduler.app.lifecycle.Companion;
import io.actionscheduler.app.lifecycle.Reloads;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.app.lifecycle.StandbyStatus;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.parts.SystemClock;
import io.actionscheduler.config.Settings;
import io.actionscheduler.dashboard.Dashboard;
import io.actionscheduler.events.Webhooks;
import io.actionscheduler.http.ApiKeys;
import io.actionscheduler.http.Door;
import io.actionscheduler.http.EventLog;
import io.actionscheduler.http.EventStreams;
import io.actionscheduler.http.HttpServer;
import io.actionscheduler.http.HttpSettings;
import io.actionscheduler.http.Route;
import io.actionscheduler.http.Routes;
import io.actionscheduler.http.Sessions;
import io.actionscheduler.http.WeakKey;
import io.actionscheduler.verify.ZoneData;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP API beside the scheduler, where {@code http.port} is set. */
public final class Api implements Companion.Started {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);

  private final ManualRuns manual;
  private final Metrics metrics;
  private final Webhooks webhooks;
  private final RunFeed runs;
  private final EventStreams streams;
  private final Optional<BulkRoutes> bulks; // empty in a cluster
  private final Optional<ClusterWatch> cluster;
  private final Routes routes;
  private final HttpServer server;
  private final StateWatch states;

  private Api(Running running, HttpSettings http, String version, Reloads reloads)
      throws IOException {
    EventLog log = new EventLog(running.parts().clock().instant());
    this.streams = new EventStreams(log, System::nanoTime);
    ForeignChanges foreign =
        new ForeignChanges(
            running.store(),
            running.parts().settings().trackChangesPeriod().plus(Duration.ofSeconds(10)));
    EventRoutes events = new EventRoutes(log, streams, foreign);
    Statistics statistics = new Statistics(running.engine().lateStarts());
    this.webhooks = new Webhooks(http.receivers(), running.parts().clock());
    this.metrics = new Metrics(running, webhooks, version, ZoneData.version());
    metrics.count(streams);
    this.runs = new RunFeed(List.of(statistics, metrics, events, new RunEvents(running, webhooks)));
    this.manual = new ManualRuns(running, runs);
    ApiKeys keys = new ApiKeys(http.keys());
    Sessions sessions =
        new Sessions(running.parts().clock(), http.basePath(), http.address().tls().isPresent());
    boolean inCluster = running.parts().settings().cluster().isPresent();
    this.cluster = inCluster ? Optional.of(new ClusterWatch(running.parts())) : Optional.empty();
    cluster.ifPresent(metrics::show);
    RouteTable table =
        new RouteTable(running, http.basePath(), version)
            .with(new HealthRoutes(running, metrics, webhooks, cluster).all())
            .with(sessionRoutes(running, keys, sessions).all())
            .with(events.all())
            .withOverview(new Overview(running, statistics, version, cluster), log)
            .with(new ClusterRoutes(running.parts()).all())
            .with(DocPages.routes())
            .with(Dashboard.routes(http.basePath()));
    this.routes =
        inCluster
            ? table.ofACluster()
            : table
                .withJobs(manual, events)
                .with(List.of(new ReloadRoute(reloads).route()))
                .complete();
    this.bulks = table.bulks();
    try {
      this.server = HttpServer.start(http, new Door(http, routes, keys, sessions));
    } catch (IOException e) {
      closeParts();
      throw e;
    }
    this.states = new StateWatch(running, webhooks, log, foreign);
    running.engine().tell(runs);
    runs.first(() -> statistics.recall(running.store()));
  }

  /**
   * The API as what runs beside the scheduler.
   *
   * @param version of the program
   * @param reloads read the settings again where a client asks for it
   */
  public static Companion of(String version, Reloads reloads) {
    return of(version, reloads, address -> {});
  }

  /**
   * As {@link #of(String, Reloads)}.
   *
   * @param listening receives the address at which the API listens
   */
  static Companion of(String version, Reloads reloads, Consumer<URI> listening) {
    return new Beside(version, reloads, listening);
  }

  /** The table of routes. */
  List<Route> routes() {
    return routes.all();
  }

  /**
   * Starts the HTTP server: with all routes while this process is the owner, with a few while it
   * stands by.
   */
  private record Beside(String version, Reloads reloads, Consumer<URI> listening)
      implements Companion {
    @Override
    public Started start(Running running) throws IOException {
      if (running.parts().settings().http().isEmpty()) {
        return NONE.start(running);
      }
      HttpSettings http = running.parts().settings().http().get();
      warnOfKeys(http);
      Api api = new Api(running, http, version, reloads);
      LOG.info(
          "HTTP API: {}{}/api/v1, {}",
          api.server.address(),
          http.basePath(),
          http.keys().isEmpty() ? "for this machine alone, without a key" : "with a key");
      listening.accept(api.server.address());
      return api;
    }

    @Override
    public Started standBy(Settings settings, Supplier<StandbyStatus> status) throws IOException {
      if (settings.http().isEmpty()) {
        return NONE.standBy(settings, status);
      }
      HttpSettings http = settings.http().get();
      Sessions sessions =
          new Sessions(new SystemClock(), http.basePath(), http.address().tls().isPresent());
      Routes routes = new StandbyRoutes(status, settings.timezone()).table(http.basePath());
      HttpServer server =
          HttpServer.start(http, new Door(http, routes, new ApiKeys(http.keys()), sessions));
      LOG.info("HTTP: {}{}/health/ready names the owner", server.address(), http.basePath());
      listening.accept(server.address());
      return server::close;
    }
  }

  private static SessionRoutes sessionRoutes(Running running, ApiKeys keys, Sessions sessions) {
    return new SessionRoutes(
        keys,
        sessions,
        Parts.sourcesOf(running.parts().settings()),
        running.parts().settings().cluster().map(Settings.Cluster::name));
  }

  private static void warnOfKeys(HttpSettings http) {
    for (HttpSettings.ApiKey key : http.keys()) {
      if (!key.secret().startsWith(HttpSettings.ApiKey.HASHED)
          && WeakKey.isWorthAWarning(key.secret())) {
        LOG.warn(
            "http: key \"{}\" is short or well known; make one with \"action-scheduler key new\"",
            key.name());
      }
    }
  }

  private void closeParts() {
    streams.close();
    runs.close();
    webhooks.close();
    bulks.ifPresent(BulkRoutes::close);
    metrics.close();
    manual.close();
    cluster.ifPresent(ClusterWatch::close);
  }

  @Override
  public void close() {
    states.close();
    streams.close(); // else they would keep the server waiting
    server.close();
    closeParts();
  }
}
