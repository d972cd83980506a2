package io.actionscheduler.store;

import static io.actionscheduler.fire.HistoryStore.MOST_COUNTED;

import io.actionscheduler.db.KeptStatements;
import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.HistoryStore.Count;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.store.HistoryBlocks.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Finds records of the history, quickly among millions: first their numbers, by the index that fits
 * the filter, then only the rows of these numbers. docs/store.md explains how.
 */
final class HistorySearch {
  private static final int MOST_BLOCKS =
      128; // in one statement: of an action that is all there is, 20 MB

  private final Handle handle;
  private final Filter filter;
  private final String others;
  private final FillingBlock filling;
  private String columns = HistoryTable.COLUMNS;

  /** Which numbers are wanted, and in which order. */
  private enum Order {
    LATEST_FIRST("DESC"),
    OLDEST_FIRST("ASC");

    private final String sql;

    Order(String sql) {
      this.sql = sql;
    }
  }

  HistorySearch(Handle handle, Filter filter, FillingBlock filling) {
    this.filling = filling;
    this.handle = handle;
    this.filter = filter;
    this.others = conditions(filter);
  }

  /** Reads the records without their output. */
  HistorySearch withoutOutput() {
    columns = HistoryTable.WITHOUT_OUTPUT;
    return this;
  }

  /** The highest number in the history, 0 for none. */
  static long last(Handle handle) throws SQLException {
    return number(handle, "SELECT coalesce(max(id), 0) FROM scheduler_history");
  }

  /** All numbers of the history; low above high where there are none. */
  static Window all(Handle handle) throws SQLException {
    return new Window(first(handle), last(handle));
  }

  private static long first(Handle handle) throws SQLException {
    return number(handle, "SELECT coalesce(min(id), 1) FROM scheduler_history");
  }

  /** Asked before each search: without Jdbi, which takes many times as long as SQLite for it. */
  private static long number(Handle handle, String sql) throws SQLException {
    try (KeptStatements.Loan loan = KeptStatements.lend(handle, sql);
        ResultSet row = loan.statement().executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private boolean isAll() {
    return others.isEmpty() && filter.action().isEmpty();
  }

  List<Entry> before(long number, int most) throws SQLException {
    Window all = new Window(first(handle), Math.min(last(handle), number - 1));
    return entries(all, Order.LATEST_FIRST, most);
  }

  List<Entry> after(long number, int most) throws SQLException {
    Window all = new Window(Math.max(first(handle), number + 1), last(handle));
    return entries(all, Order.OLDEST_FIRST, most);
  }

  /**
   * The latest record in one block, of the one action that the filter names.
   *
   * @param last the number of the latest record of all
   */
  Optional<Entry> latestIn(long block, long last) throws SQLException {
    long low = block << HistoryBlocks.BITS;
    long high = Math.min(last, HistoryBlocks.last(block));
    List<Long> found =
        new ActionRecords(handle, filter, others, filling)
            .inBlocks(block, block, new Window(low, high), true, 1);
    return entries(found, Order.LATEST_FIRST).stream().findFirst();
  }

  private List<Entry> entries(Window all, Order order, int most) throws SQLException {
    if (!isAll()) {
      return entries(numbers(all, order, most), order);
    }
    return handle
        .createQuery(
            columns + " WHERE id BETWEEN :low AND :high ORDER BY id " + order.sql + " LIMIT :most")
        .bind("low", all.low())
        .bind("high", all.high())
        .bind("most", most)
        .map((row, context) -> HistoryTable.entry(row))
        .list();
  }

  List<Entry> page(long skip, int most) throws SQLException {
    if (isAll()) {
      return before(last(handle) + 1 - skip, most); // there are no gaps
    }
    if (skip > MOST_COUNTED) {
      return List.of();
    }
    Window all = all(handle);
    List<Long> found = numbers(all, Order.LATEST_FIRST, (int) skip + most);
    return entries(
        found.subList((int) Math.min(skip, found.size()), found.size()), Order.LATEST_FIRST);
  }

  Count count() throws SQLException {
    Window all = all(handle);
    if (isAll()) {
      return new Count(all.high() - all.low() + 1, true);
    }
    int found = numbers(all, Order.LATEST_FIRST, MOST_COUNTED + 1).size();
    return new Count(Math.min(found, MOST_COUNTED), found <= MOST_COUNTED);
  }

  private List<Long> numbers(Window all, Order order, int most) throws SQLException {
    if (all.low() > all.high()) {
      return List.of();
    }
    List<Window> windows =
        new ArrayList<>(HistoryBlocks.between(handle, all, filter.from(), filter.to()));
    if (order == Order.LATEST_FIRST) {
      Collections.reverse(windows);
    }
    List<Long> found = new ArrayList<>();
    for (Window window : windows) {
      if (found.size() < most) {
        found.addAll(
            filter.action().isPresent()
                ? ofAction(window, order, most - found.size())
                : select(candidates(order), window, most - found.size()));
      }
    }
    return found;
  }

  /** Searches the blocks from the end that is wanted, eight times as many in each round. */
  private List<Long> ofAction(Window window, Order order, int most) throws SQLException {
    ActionRecords search = new ActionRecords(handle, filter, others, filling);
    long low = HistoryBlocks.of(window.low());
    long high = HistoryBlocks.of(window.high());
    List<Long> found = new ArrayList<>();
    for (int blocks = 1; low <= high && found.size() < most; ) {
      boolean latest = order == Order.LATEST_FIRST;
      long from = latest ? Math.max(low, high - blocks + 1) : low;
      long to = latest ? high : Math.min(high, low + blocks - 1);
      found.addAll(search.inBlocks(from, to, window, latest, most - found.size()));
      low = latest ? low : to + 1;
      high = latest ? from - 1 : high;
      blocks = Math.min(8 * blocks, MOST_BLOCKS);
    }
    return found;
  }

  /** By what is rare, where only that is asked for; otherwise by going through all. */
  private String candidates(Order order) {
    if (!filter.statuses().isEmpty() && !filter.statuses().contains(Status.SUCCESS)) {
      return rare("status", Status.SUCCESS, filter.statuses(), order);
    }
    if (!filter.causes().isEmpty() && !filter.causes().contains(Cause.SCHEDULE)) {
      return rare("cause", Cause.SCHEDULE, filter.causes(), order);
    }
    return some("", order);
  }

  /** Searches each value separately: an index has the numbers in order only within one value. */
  private String rare(
      String column, Enum<?> common, Collection<? extends Enum<?>> values, Order order) {
    String each =
        values.stream()
            .map(
                value ->
                    "SELECT id FROM ("
                        + some(
                            // for SQLite, which needs the exact condition of its partial index
                            " AND %1$s <> '%2$s' AND %1$s = '%3$s'"
                                .formatted(column, common.name(), value.name()),
                            order)
                        + ") AS "
                        + value.name())
            .collect(Collectors.joining(" UNION ALL "));
    return each + " ORDER BY id " + order.sql + " LIMIT :most";
  }

  private String some(String condition, Order order) {
    return "SELECT id FROM scheduler_history WHERE id BETWEEN :low AND :high"
        + condition
        + others
        + " ORDER BY id "
        + order.sql
        + " LIMIT :most";
  }

  private List<Long> select(String sql, Window window, int most) {
    return handle
        .createQuery(sql)
        .bind("low", window.low())
        .bind("high", window.high())
        .bind("most", most)
        .mapTo(long.class)
        .list();
  }

  private List<Entry> entries(List<Long> numbers, Order order) throws SQLException {
    if (numbers.isEmpty()) {
      return List.of();
    }
    if (numbers.size() == 1) {
      return handle
          .createQuery(columns + " WHERE id = :number")
          .bind("number", numbers.get(0))
          .map((row, context) -> HistoryTable.entry(row))
          .list();
    }
    return HistoryTable.entries(handle, columns, numbers, " ORDER BY id " + order.sql);
  }

  /** All conditions except the one on the action; times are numbers, which need no binding. */
  private static String conditions(Filter filter) {
    StringBuilder where = new StringBuilder();
    if (!filter.statuses().isEmpty()) {
      where.append(" AND status IN (" + names(filter.statuses()) + ")");
    }
    if (!filter.causes().isEmpty()) {
      where.append(" AND cause IN (" + names(filter.causes()) + ")");
    }
    filter.from().ifPresent(from -> where.append(" AND last_at >= " + Micros.of(from)));
    filter.to().ifPresent(to -> where.append(" AND first_at < " + Micros.of(to)));
    return where.toString();
  }

  /** Names of constants as SQL texts; they contain nothing to escape. */
  private static String names(Collection<? extends Enum<?>> values) {
    return values.stream().map(value -> "'" + value.name() + "'").collect(Collectors.joining(", "));
  }
}
