package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.listOf;
import static io.actionscheduler.http.Schemas.text;

import io.actionscheduler.app.lifecycle.Reloads;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.ObjectSchema;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Route;
import java.util.Map;

/** Reads the settings again. */
final class ReloadRoute {
  private static final ObjectSchema RELOADED =
      new ObjectSchema("Reloaded").with("messages", listOf(text(), 1_000));

  private final Reloads reloads;

  ReloadRoute(Reloads reloads) {
    this.reloads = reloads;
  }

  Route route() {
    return Route.of(Method.POST, "/api/v1/reload")
        .needs(Right.WRITE)
        .summary(
            "Read the settings again: callbacks, retries, calendars, blackouts, alerts and the level of"
                + " the log change without a restart. 409 if they are wrong or need one: then nothing"
                + " has changed.")
        .gives(200, RELOADED)
        .by(this::reload);
  }

  private Answer reload(Call call) throws Problem, InterruptedException {
    Reloads.Outcome outcome = reloads.reload(call.client().name());
    if (!outcome.done()) {
      throw Problem.of(409, String.join("; ", outcome.lines()));
    }
    return Answer.ok(Map.of("messages", outcome.lines()));
  }
}
