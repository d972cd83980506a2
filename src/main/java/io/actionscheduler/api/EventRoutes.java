package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.text;

import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.RunListener;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.ContentSchema;
import io.actionscheduler.http.EventLog;
import io.actionscheduler.http.EventStreams;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Route;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The live stream: runs, edits, and the states of sources, targets and the store. */
final class EventRoutes implements RunListener {
  private static final Set<String> TYPES = Set.of("run", "edit", "state", "actions");

  private final EventLog log;
  private final EventStreams streams;
  private final ForeignChanges foreign;

  EventRoutes(EventLog log, EventStreams streams, ForeignChanges foreign) {
    this.foreign = foreign;
    this.log = log;
    this.streams = streams;
  }

  List<Route> all() {
    return List.of(
        Route.of(Method.GET, "/api/v1/events")
            .needs(Right.READ)
            .summary(
                "Server-sent events as they happen: run, edit, actions, state. Last-Event-ID"
                    + " continues where a connection was lost.")
            .parameter("types", text(1, 100))
            .parameter("last_event_id", text(1, 20))
            .gives(200, new ContentSchema("text/event-stream"))
            .by(this::follow));
  }

  private Answer follow(Call call) throws Problem {
    Set<String> types =
        call.text("types")
            .map(text -> Arrays.stream(text.split(",")).collect(Collectors.toSet()))
            .orElse(Set.of());
    for (String type : types) {
      if (!TYPES.contains(type)) {
        throw Problem.of(
            400, "types: \"" + type + "\" is unknown; known: run, edit, state, actions");
      }
    }
    if (!streams.hasRoom()) {
      throw Problem.of(503, "too many clients follow the events already")
          .header("Retry-After", "30");
    }
    String last = call.header("last-event-id").or(() -> call.text("last_event_id")).orElse("");
    long after = last.matches("[0-9]{1,18}") ? Long.parseLong(last) : -1;
    return new Answer(
        200, Map.of(), new Answer.Events(streams, new EventStreams.Wanted(after, types)));
  }

  @Override
  public void ended(Run run) {
    Run brief = run.withoutOutput(); // a thousand outputs of 64 KiB would be too much to hold
    log.add("run", () -> RunView.brief(brief));
  }

  /** Tells of an edit of a job. */
  void edited(Change change) {
    foreign.isOwn(change.action(), change.at());
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("job_id", RunView.id(change.action()));
    data.put("kind", change.kind().toString());
    data.put("editor", change.editor());
    log.add("edit", () -> data);
  }
}
