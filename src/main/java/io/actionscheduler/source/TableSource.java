package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.ActionSource;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.action.SourceException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/** The rows of the action table. */
public final class TableSource implements ActionSource {
  /** Its name among the sources. */
  public static final String NAME = "table";

  private final ActionDatabase database;
  private final RowReader reader;
  private Snapshot given; // the last one that was made here; null before the first
  private KnownNames.Names names; // that rows could have when it was made

  /**
   * @param database stays open when the source is closed
   * @param reader used by this source alone
   */
  public TableSource(ActionDatabase database, RowReader reader) {
    this.database = requireNonNull(database, "database is null");
    this.reader = requireNonNull(reader, "reader is null");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Snapshot> poll(Snapshot last, Instant now) throws SourceException {
    KnownNames.Names known = reader.names();
    Optional<Snapshot> news =
        database
            .readIfChanged(
                last != given || known != names,
                rows -> {
                  SnapshotBuilder builder = new SnapshotBuilder(reader, last.actions());
                  try (Relay<ActionRow> relay = new Relay<>(builder::add)) {
                    rows.each(relay);
                    relay.finish();
                  }
                  Snapshot read = builder.finish(now);
                  // Perhaps only other tables of the database changed.
                  return last != given || builder.isNews(read, last) ? read : last;
                })
            .filter(read -> read != given);
    names = known;
    news.ifPresent(read -> given = read);
    return news;
  }

  @Override
  public Optional<Snapshot> look(Snapshot last, SortedSet<ActionId> ids) throws SourceException {
    if (last != given || given == null) {
      return Optional.empty();
    }
    Snapshot known = given;
    given = null; // until it is known: otherwise a poll would treat the rows as read
    Snapshot changed =
        database.<Snapshot, RuntimeException>read(
            handle -> SomeRows.read(handle, database, reader, known, ids));
    given = changed;
    return Optional.of(changed);
  }

  @Override
  public void close() {
    given = null; // a million actions
  }
}
