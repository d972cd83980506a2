package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.flag;
import static io.actionscheduler.http.Schemas.listOf;
import static io.actionscheduler.http.Schemas.oneOf;
import static io.actionscheduler.http.Schemas.orNull;
import static io.actionscheduler.http.Schemas.text;

import io.actionscheduler.http.Answer;
import io.actionscheduler.http.ApiKeys;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.Client;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.ObjectSchema;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Route;
import io.actionscheduler.http.Sessions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signing in with a browser, which cannot send a header with every request. */
final class SessionRoutes {
  private static final String SESSION = "/api/v1/session";
  private static final ObjectSchema SIGN_IN =
      new ObjectSchema("SignIn").with("key", text(1, 1_000));
  private static final ObjectSchema STATE =
      new ObjectSchema("Session")
          .with("key_needed", flag())
          .with("signed_in", flag())
          .with("name", text())
          .with("rights", listOf(oneOf("read", "run", "write", "execute"), 4))
          .with("sources", listOf(text(), 10_000))
          .with("cluster", orNull(text()));

  private final ApiKeys keys;
  private final Sessions sessions;
  private final List<String> sources;
  private final Optional<String> cluster;

  /**
   * @param sources the names of the sources of actions, for clients that have rights
   * @param cluster its name, for those clients; a process of one has fewer routes
   */
  SessionRoutes(ApiKeys keys, Sessions sessions, List<String> sources, Optional<String> cluster) {
    this.keys = keys;
    this.sessions = sessions;
    this.sources = sources;
    this.cluster = cluster;
  }

  List<Route> all() {
    return List.of(
        Route.of(Method.GET, SESSION)
            .open()
            .summary("Who the client is, and what it may do.")
            .gives(200, STATE)
            .by(call -> Answer.ok(state(call.client()))),
        Route.of(Method.POST, SESSION)
            .open()
            .summary("Sign in: for twelve hours, a cookie stands for the key.")
            .takes(SIGN_IN)
            .gives(200, STATE)
            .by(this::signIn),
        Route.of(Method.DELETE, SESSION)
            .open()
            .summary("Sign out.")
            .gives(204, Shapes.NOTHING)
            .by(
                call ->
                    Answer.nothing()
                        .with("Set-Cookie", sessions.close(call.header("cookie").orElse("")))));
  }

  private Answer signIn(Call call) throws Problem {
    Client client =
        keys.find(call.body().get("key").toString())
            .orElseThrow(() -> Problem.of(401, "the key is unknown"));
    return Answer.ok(state(client)).with("Set-Cookie", sessions.open(client));
  }

  private Map<String, Object> state(Client client) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("key_needed", keys.areSet());
    state.put("signed_in", !client.rights().isEmpty());
    state.put("name", client.name());
    state.put("sources", client.rights().isEmpty() ? List.of() : sources);
    state.put("cluster", client.rights().isEmpty() ? null : cluster.orElse(null));
    state.put("rights", client.rights().stream().map(Object::toString).sorted().toList());
    return state;
  }
}
