package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.calendar.CalendarsInForce;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.RowReader;
import io.actionscheduler.source.TableSource;
import io.actionscheduler.source.rest.RestSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * All actions as their sources contain them now: the rows of the action table, and the entries of
 * REST services. For an unavailable service, its last known entries are shown, with a notice.
 */
public final class ActionList {
  private final Parts parts;
  private final BiConsumer<String, String> notices;

  /**
   * @param notices receives one line for each unavailable service
   */
  public ActionList(Parts parts, Consumer<String> notices) {
    this(parts, (service, notice) -> notices.accept(notice));
  }

  /**
   * @param notices receives the name of each unavailable service, and one line about it
   */
  public ActionList(Parts parts, BiConsumer<String, String> notices) {
    this.parts = requireNonNull(parts, "parts is null");
    this.notices = requireNonNull(notices, "notices is null");
  }

  /**
   * All of them: the table's in ascending order of their ids, then those of each service.
   *
   * @throws SourceException when the action table cannot be read; an unavailable REST service is a
   *     notice
   * @throws StoreException when the stored actions of an unavailable service cannot be read
   */
  public void each(Consumer<ActionView> view) throws SourceException, StoreException {
    if (parts.settings().actionsDb().isPresent()) {
      eachOfTable(view);
    }
    for (RestSource service : parts.restSources()) {
      eachOf(service, view);
    }
  }

  /**
   * The rows of the table alone.
   *
   * @throws SourceException when the action table cannot be read
   */
  public void eachOfTable(Consumer<ActionView> view) throws SourceException {
    Instant now = parts.clock().instant();
    RowReader reader = parts.inForceReader();
    List<ActionRow> rows = new ArrayList<>(); // the table is not locked while views are shown
    parts.table().each(rows::add);
    CalendarsInForce calendars = parts.calendars();
    rows.forEach(row -> view.accept(ActionView.of(row, reader, calendars, now)));
  }

  /**
   * The action of that id; empty when no source has it.
   *
   * @throws SourceException when the action table cannot be read, or the id is one of a table and
   *     the settings name none; an unavailable REST service is a notice
   * @throws StoreException when the stored actions of an unavailable service cannot be read
   */
  public Optional<ActionView> find(ActionId id) throws SourceException, StoreException {
    OptionalLong number = id.number();
    if (number.isPresent()) {
      CalendarsInForce calendars = parts.calendars();
      return parts
          .table()
          .find(number.getAsLong())
          .map(
              row -> ActionView.of(row, parts.inForceReader(), calendars, parts.clock().instant()));
    }
    List<ActionView> found = new ArrayList<>();
    for (RestSource service : parts.restSources()) {
      if (id.text().startsWith(service.name() + ":")) {
        eachOf(service, view -> addIf(view.id().equals(id.text()), view, found));
      }
    }
    return found.stream().findFirst();
  }

  private static void addIf(boolean wanted, ActionView view, List<ActionView> found) {
    if (wanted) {
      found.add(view);
    }
  }

  private void eachOf(RestSource service, Consumer<ActionView> view)
      throws SourceException, StoreException {
    Instant now = parts.clock().instant();
    CalendarsInForce calendars = parts.calendars();
    Snapshot nothing = Snapshot.empty(now);
    Snapshot listed;
    try {
      listed = service.poll(nothing, now).orElse(nothing);
    } catch (SourceException e) {
      kept(service.name(), e.getMessage(), now, calendars, view);
      return;
    }
    listed
        .actions()
        .forEach(action -> view.accept(ActionView.listed(service.name(), action, calendars, now)));
    listed.rejections().forEach(one -> view.accept(ActionView.rejected(service.name(), one)));
  }

  /** The latest entries that the scheduler read from a service, if they are stored. */
  private void kept(
      String source, String why, Instant now, CalendarsInForce calendars, Consumer<ActionView> view)
      throws StoreException {
    Store store = parts.store();
    Optional<Instant> readAt = store.snapshotReadAt(source);
    notices.accept(
        source,
        why
            + "; "
            + readAt
                .map(at -> "shown are the actions that it listed at " + at)
                .orElse("its actions are not shown"));
    if (readAt.isPresent()) {
      store.readSnapshot(
          source, action -> view.accept(ActionView.listed(source, action, calendars, now)));
    }
  }

  /** Whether {@code id} can only be one of the table's. */
  public static boolean isOfTable(ActionId id) {
    return id.number().isPresent();
  }

  /** The source that {@code id} belongs to, by its form. */
  public static String sourceOf(ActionId id) {
    return isOfTable(id) ? TableSource.NAME : id.text().split(":", 2)[0];
  }
}
