package io.actionscheduler.api;

import io.actionscheduler.app.lifecycle.Companion;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.config.Settings;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.ApiKeys;
import io.actionscheduler.http.Door;
import io.actionscheduler.http.HttpServer;
import io.actionscheduler.http.HttpSettings;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.ObjectSchema;
import io.actionscheduler.http.OpenApi;
import io.actionscheduler.http.Route;
import io.actionscheduler.http.Routes;
import io.actionscheduler.http.Schemas;
import io.actionscheduler.http.Sessions;
import io.actionscheduler.http.WeakKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP API beside the scheduler, where {@code http.port} is set. */
public final class Api {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private static final ObjectSchema HEALTH =
      new ObjectSchema("Health").with("status", Schemas.oneOf("ok"));

  private Api() {}

  /**
   * The API as what runs beside the scheduler.
   *
   * @param version of the program
   */
  public static Companion of(String version) {
    return running ->
        running.parts().settings().http().isPresent()
            ? start(running, running.parts().settings().http().get(), version)
            : Companion.NONE.start(running);
  }

  private static Companion.Started start(Running running, HttpSettings http, String version)
      throws IOException {
    warnOfKeys(http);
    ManualRuns manual = new ManualRuns(running.parts());
    Routes routes = new Routes(http.basePath(), routes(running, manual, http, version));
    Sessions sessions =
        new Sessions(running.parts().clock(), http.basePath(), http.address().tls().isPresent());
    HttpServer server =
        HttpServer.start(http, new Door(http, routes, new ApiKeys(http.keys()), sessions));
    LOG.info(
        "HTTP API: {}{}/api/v1, {}",
        server.address(),
        http.basePath(),
        http.keys().isEmpty() ? "for this machine alone, without a key" : "with a key");
    return () -> {
      server.close();
      manual.close();
    };
  }

  private static List<Route> routes(
      Running running, ManualRuns manual, HttpSettings http, String version) {
    Settings settings = running.parts().settings();
    Jobs jobs = new Jobs(running);
    JobView shapes = new JobView(settings.timezone(), settings.callback());
    List<Route> routes = new ArrayList<>();
    routes.addAll(new JobRoutes(jobs, shapes, settings.callback(), http.basePath()).all());
    routes.addAll(new JobEdits(jobs, shapes, http.basePath()).all());
    routes.addAll(new RunRoutes(running, jobs, manual).all());
    routes.add(
        Route.of(Method.GET, "/health")
            .open()
            .summary("Whether the process answers at all; touches nothing.")
            .gives(200, HEALTH)
            .by(call -> Answer.ok(Map.of("status", "ok"))));
    Document document = new Document();
    routes.add(
        Route.of(Method.GET, "/openapi.json")
            .open()
            .summary("This description.")
            .gives(200, Schemas.open())
            .by(call -> Answer.ok(document.value)));
    document.value = OpenApi.of(new Routes(http.basePath(), routes), version);
    return routes;
  }

  /** The description of a table of routes that it is in itself. */
  private static final class Document {
    private Map<String, Object> value = Map.of();
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
}
