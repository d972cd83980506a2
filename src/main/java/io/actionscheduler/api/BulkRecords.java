package io.actionscheduler.api;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.view.SampleRows;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.KeptBulk;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the store has of changes of many jobs: that one began, and how it ended. What one did to
 * each job stands in the record of changes, which names it; so it can be told, and undone, where
 * the scheduler was killed in the middle.
 */
final class BulkRecords {
  private static final Logger LOG = LoggerFactory.getLogger(BulkRecords.class);
  private static final int PAGE = 1_000;

  private final Store store;

  BulkRecords(Store store) {
    this.store = requireNonNull(store, "store is null");
  }

  /** It begins. */
  void begin(Bulk bulk, Instant at) throws StoreException {
    store.keepBulk(new KeptBulk(bulk.id(), at, Json.write(bulk.shown(""))));
  }

  /** It has ended. */
  void end(Bulk bulk, Instant begunAt) {
    try {
      begin(bulk, begunAt);
    } catch (StoreException e) {
      LOG.warn(
          "how the change {} of many jobs ended is not recorded: {}", bulk.id(), e.getMessage());
    }
  }

  /** One of an earlier run of the program; empty where it is not known, or no longer. */
  Optional<Bulk> find(String id) throws StoreException {
    Optional<KeptBulk> kept = store.bulk(id);
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    Bulk bulk = Bulk.ended(id, read(kept.get().state()));
    for (Change change : changes(kept.get())) {
      bulk.changed(
          change.action().number().orElseThrow(),
          new Bulk.Step(row(change.before()), row(change.after())));
    }
    return Optional.of(bulk);
  }

  /** Those that it made, in the order in which it did. */
  private Deque<Change> changes(KeptBulk bulk) throws StoreException {
    Deque<Change> made = new ArrayDeque<>();
    long before = Long.MAX_VALUE;
    while (true) {
      List<Change> page = store.changes(Optional.empty(), before, PAGE);
      for (Change change : page) {
        if (change.request().equals(bulk.id())) {
          made.addFirst(change);
        }
      }
      if (page.size() < PAGE || page.get(PAGE - 1).at().isBefore(bulk.begunAt())) {
        return made;
      }
      before = page.get(PAGE - 1).number();
    }
  }

  private static Optional<ActionRow> row(String json) {
    return json.isEmpty()
        ? Optional.empty()
        : Optional.of(SampleRows.rows(List.of(read(json))).get(0));
  }

  @SuppressWarnings("unchecked") // the names of a JSON object are strings
  private static Map<String, Object> read(String json) {
    try {
      return (Map<String, Object>) Json.parse(json);
    } catch (InvalidJson e) {
      throw new IllegalStateException("a record of a change is not as this program writes it", e);
    }
  }
}
