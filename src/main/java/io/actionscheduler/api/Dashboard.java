package io.actionscheduler.api;

import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.Route;
import java.util.List;
import java.util.Map;

/** The page at {@code /}. */
final class Dashboard {
  private Dashboard() {}

  static List<Route> routes(String basePath) {
    return List.of(
        Route.of(Method.GET, "/")
            .open()
            .undescribed()
            .by(
                call ->
                    new Answer(303, Map.of("Location", basePath + "/docs"), new Answer.Nothing())));
  }
}
