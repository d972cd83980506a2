package io.actionscheduler.app.manual;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.edit.Editor;
import io.actionscheduler.app.view.BacklogList;
import io.actionscheduler.fire.BacklogDecision;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.DecidedBacklog;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.text.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Stores decisions of an operator on held fires, with a record that names the operator. */
public final class BacklogDecisions {
  private static final int BATCH = 10_000;

  private final Store store;
  private final InstantSource clock;

  public BacklogDecisions(Store store, InstantSource clock) {
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Stores one decision on all of {@code rows}. A scheduler that runs reads it within some seconds.
   *
   * @return the stored decisions, in the order of the rows
   * @throws StoreException when the store cannot be written; the decisions on the first rows may be
   *     stored then, whole batches of them
   */
  public List<DecidedBacklog> keep(BacklogDecision decision, List<BacklogList.Row> rows, Editor by)
      throws StoreException {
    Instant now = clock.instant();
    List<DecidedBacklog> decided =
        rows.stream()
            .map(row -> new DecidedBacklog(row.key(), row.fires().upTo(), decision, now))
            .toList();
    for (int from = 0; from < rows.size(); from += BATCH) {
      int to = Math.min(from + BATCH, rows.size());
      store.keepDecisions(
          decided.subList(from, to),
          rows.subList(from, to).stream().map(row -> change(decision, row, by, now)).toList());
    }
    return decided;
  }

  private static Change change(
      BacklogDecision decision, BacklogList.Row row, Editor by, Instant now) {
    Map<String, Object> what = BacklogList.shown(row, ZoneOffset.UTC);
    what.put("decision", decision.toString());
    what.keySet().retainAll(List.of("decision", "callback", "first", "last", "due"));
    return new Change(
        0,
        row.key().action(),
        now,
        Change.Kind.DECIDED,
        by.name(),
        by.via(),
        by.request(),
        "",
        Json.write(what));
  }
}
