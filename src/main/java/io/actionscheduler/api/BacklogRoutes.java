package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.described;
import static io.actionscheduler.http.Schemas.flag;
import static io.actionscheduler.http.Schemas.listOf;
import static io.actionscheduler.http.Schemas.oneOf;
import static io.actionscheduler.http.Schemas.orNull;
import static io.actionscheduler.http.Schemas.text;
import static io.actionscheduler.http.Schemas.time;
import static io.actionscheduler.http.Schemas.whole;

import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.app.manual.BacklogDecisions;
import io.actionscheduler.app.view.BacklogList;
import io.actionscheduler.engine.HeldFires;
import io.actionscheduler.fire.BacklogDecision;
import io.actionscheduler.fire.BacklogHold;
import io.actionscheduler.fire.DecidedBacklog;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.ObjectSchema;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Route;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the missed fires that wait for an operator, and takes decisions on them. */
final class BacklogRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(BacklogRoutes.class);
  private static final int MOST = 1_000_000;

  private static final ObjectSchema ROW =
      counts(
          new ObjectSchema("HeldFires")
              .with("job_id", Shapes.ID)
              .with("name", text())
              .with("callback", text())
              .with("schedule_expr", text())
              .with("missed_fires", described("Its rule for missed fires, in words.", text()))
              .with("first", time())
              .with("last", time()));
  private static final ObjectSchema BACKLOG =
      counts(
          new ObjectSchema("Backlog")
              .with("held_at", orNull(time()))
              .with(
                  "until",
                  described(
                      "When fires without a decision continue by the rules of their rows; null"
                          + " where nothing is held.",
                      orNull(time())))
              .with("jobs_concerned", whole(0, MOST))
              .with("jobs", described("The jobs with most fires.", listOf(ROW, 1_000))));
  private static final ObjectSchema INPUT =
      new ObjectSchema("BacklogDecision")
          .with(
              "decision",
              described(
                  "deliver: each of them is delivered; merge: the last one is, for all of them;"
                      + " drop: none is; rule: they continue by the rule of the row, at once.",
                  oneOf("deliver", "merge", "drop", "rule")))
          .optional("job_ids", listOf(Shapes.ID, MOST))
          .optional("all", described("Instead of job_ids: everything that is held.", flag()));
  private static final ObjectSchema DECIDED =
      new ObjectSchema("BacklogDecided")
          .with("jobs", described("A fire counts once at each of its callbacks.", whole(0, MOST)))
          .with("fires", whole(0, Long.MAX_VALUE));

  private static ObjectSchema counts(ObjectSchema schema) {
    return schema
        .with("due", described("Fires that are held.", whole(0, Long.MAX_VALUE)))
        .with("delivered", described("By the rules of the rows.", whole(0, Long.MAX_VALUE)))
        .with("merged", whole(0, Long.MAX_VALUE))
        .with("expired", whole(0, Long.MAX_VALUE));
  }

  private final Running running;

  BacklogRoutes(Running running) {
    this.running = running;
  }

  List<Route> all() {
    return List.of(
        Route.of(Method.GET, "/api/v1/backlog")
            .needs(Right.READ)
            .summary("The missed fires of the start that wait for a decision (hold_backlog).")
            .parameter("size", whole(1, 1_000))
            .gives(200, BACKLOG)
            .by(this::list),
        Route.of(Method.POST, "/api/v1/backlog")
            .needs(Right.RUN)
            .summary("Decide what happens to missed fires that are held.")
            .takes(INPUT)
            .gives(200, DECIDED)
            .by(this::decide));
  }

  private BacklogList held() throws Problem, InterruptedException {
    Optional<BacklogHold> hold = answer(running.engine().status()).hold();
    List<HeldFires> held = hold.isEmpty() ? List.of() : answer(running.engine().backlog());
    return BacklogList.of(hold, held, running.parts().settings().catchUpMax(), now());
  }

  private static <T> T answer(CompletableFuture<T> future) throws Problem, InterruptedException {
    return Overview.soon(future)
        .orElseThrow(
            () ->
                Problem.of(503, "the engine did not answer within a second")
                    .header("Retry-After", "1"));
  }

  private Instant now() {
    return running.parts().clock().instant();
  }

  private Answer list(Call call) throws Problem, InterruptedException {
    BacklogList held = held();
    long size = call.whole("size").orElse(200L);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("held_at", held.hold().map(BacklogHold::heldAt).map(JobView::utc).orElse(null));
    body.put("until", held.hold().map(BacklogHold::until).map(JobView::utc).orElse(null));
    body.put("due", sum(held.rows(), row -> row.share().due()));
    body.put("delivered", sum(held.rows(), row -> row.share().delivered()));
    body.put("merged", sum(held.rows(), row -> row.share().merged()));
    body.put("expired", sum(held.rows(), row -> row.share().expired()));
    body.put("jobs_concerned", (long) held.rows().size());
    body.put("jobs", held.rows().stream().limit(size).map(this::shown).toList());
    return Answer.ok(body);
  }

  private static long sum(List<BacklogList.Row> rows, ToLongFunction<BacklogList.Row> count) {
    return rows.stream().mapToLong(count).sum();
  }

  private Map<String, Object> shown(BacklogList.Row row) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("job_id", RunView.id(row.key().action()));
    item.putAll(BacklogList.shown(row, row.fires().action().timing().zone()));
    return item;
  }

  private Answer decide(Call call) throws Problem, InterruptedException {
    boolean all = Boolean.TRUE.equals(call.body().get("all"));
    Optional<Set<String>> wanted =
        Optional.ofNullable((List<?>) call.body().get("job_ids"))
            .map(ids -> ids.stream().map(Object::toString).collect(Collectors.toSet()));
    if (all == wanted.isPresent()) {
      throw Problem.of(422, "job_ids: name the jobs, or set all to true instead");
    }
    String word = call.body().get("decision").toString();
    List<BacklogList.Row> rows =
        held().rows().stream()
            .filter(row -> all || wanted.orElseThrow().contains(row.key().action().text()))
            .toList();
    if (rows.isEmpty()) {
      throw Problem.of(
          409, "no fires of these jobs are held: they were decided already, or never held");
    }
    List<DecidedBacklog> decided =
        Jobs.store(
            () ->
                new BacklogDecisions(running.store(), running.parts().clock())
                    .keep(
                        BacklogDecision.valueOf(word.toUpperCase(Locale.ROOT)),
                        rows,
                        Jobs.editor(call)));
    // The decisions are stored already: an engine that is busy reads them from the store later.
    Overview.soon(running.engine().decide(decided));
    LOG.info("backlog: {} decided \"{}\" for {} jobs", call.client().name(), word, decided.size());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("jobs", (long) rows.size());
    body.put("fires", sum(rows, row -> row.share().due()));
    return Answer.ok(body);
  }
}
