package io.actionscheduler.api;

import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.config.Settings;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.EventLog;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.OpenApi;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Route;
import io.actionscheduler.http.Routes;
import io.actionscheduler.http.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts the table of routes together. */
final class RouteTable {
  private final Running running;
  private final String basePath;
  private final String version;
  private final List<Route> routes = new ArrayList<>();
  private Optional<BulkRoutes> bulks = Optional.empty(); // until the routes of jobs are added

  RouteTable(Running running, String basePath, String version) {
    this.running = running;
    this.basePath = basePath;
    this.version = version;
  }

  RouteTable with(List<Route> more) {
    routes.addAll(more);
    return this;
  }

  RouteTable withJobs(ManualRuns manual, EventRoutes events) {
    Settings settings = running.parts().settings();
    Jobs jobs = new Jobs(running, events);
    JobLists lists = new JobLists(running, jobs);
    BulkRoutes many = new BulkRoutes(jobs, lists, new BulkRecords(running.store()), basePath);
    bulks = Optional.of(many);
    JobView shapes = new JobView(settings.timezone(), settings.callback());
    return with(new JobRoutes(jobs, lists, shapes, basePath).all())
        .with(new JobEdits(jobs, shapes, basePath).all())
        .with(new RunRoutes(running, jobs, manual).all())
        .with(new ChangeRoutes(running, jobs).all())
        .with(new PlanRoutes(jobs, settings.timezone(), settings.catchUpMax()).all())
        .with(new BacklogRoutes(running).all())
        .with(new OutcomeRoutes(running).all())
        .with(new InsightRoutes(running, jobs).all())
        .with(many.all())
        .onceForEachKey(new MadeJobs(jobs, shapes, basePath));
  }

  /** Requests that create something are carried out once for each {@code Idempotency-Key}. */
  private RouteTable onceForEachKey(MadeJobs made) {
    Idempotency idempotency = new Idempotency(running, made);
    routes.stream()
        .filter(route -> route.method() == Method.POST && route.path().contains("jobs"))
        .forEach(route -> route.through(idempotency::once));
    return this;
  }

  /**
   * The routes that change many jobs, which have to be closed; there once the routes of jobs are.
   */
  Optional<BulkRoutes> bulks() {
    return bulks;
  }

  RouteTable withOverview(Overview overview, EventLog log) {
    routes.add(
        Route.of(Method.GET, "/api/v1/overview")
            .needs(Right.READ)
            .summary("The state of everything; at most a second old.")
            .gives(200, Overview.SHAPE)
            .by(call -> Answer.ok(overview.get(log.last()))));
    return this;
  }

  /** The whole table, with the route of its own description. */
  Routes complete() {
    return described(() -> new Routes(basePath, routes));
  }

  private Routes described(Supplier<Routes> made) {
    Description description = new Description();
    routes.add(
        Route.of(Method.GET, "/openapi.json")
            .open()
            .summary("This description.")
            .gives(200, Schemas.open())
            .by(call -> Answer.ok(description.document)));
    Routes table = made.get();
    description.document = OpenApi.of(table, version);
    return table;
  }

  /**
   * The table of a process of a cluster, which knows only a part of the actions: what would show or
   * change the others is refused.
   */
  Routes ofACluster() {
    return described(
        () ->
            new Routes(
                basePath,
                routes,
                () ->
                    Problem.of(
                        501,
                        "in a cluster, jobs and runs cannot be read or changed over HTTP yet, since"
                            + " each process knows only its own part of the actions; use the"
                            + " commands instead, such as \"action-scheduler actions\","
                            + " \"history\" and \"status\"; /openapi.json lists the paths that"
                            + " are available")));
  }

  /** The description is a route of the table that it describes, so it is set afterwards. */
  private static final class Description {
    private Map<String, Object> document = Map.of();
  }
}
