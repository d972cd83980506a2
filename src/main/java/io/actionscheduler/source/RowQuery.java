package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Which rows are wanted, and in which order. A condition on a column that the table does not have
 * is false for every row.
 *
 * @param bounds which of the matching rows
 */
public record RowQuery(Conditions conditions, Order order, Bounds bounds) {

  /**
   * The conditions for rows.
   *
   * @param name exactly
   * @param callback a callback's name; rows that name none count as {@code usual}
   * @param usual the callback of rows that name none
   * @param text in name or command, in any letter case
   */
  public record Conditions(
      Optional<String> owner,
      Optional<String> name,
      Optional<String> callback,
      String usual,
      Optional<String> text) {
    public Conditions {
      requireNonNull(owner, "owner is null");
      requireNonNull(name, "name is null");
      requireNonNull(callback, "callback is null");
      requireNonNull(usual, "usual is null");
      requireNonNull(text, "text is null");
    }
  }

  /** By which column; ties go by id. */
  public record Order(Column column, boolean descending) {
    public static final Order BY_ID = new Order(Column.ID, false);
  }

  /**
   * Which part of the result.
   *
   * @param after in the order of ids: only rows with a larger id; empty for all
   */
  public record Bounds(int limit, long offset, Optional<Long> after) {
    public static final Bounds NONE = new Bounds(Integer.MAX_VALUE, 0, Optional.empty());
  }

  public RowQuery {
    requireNonNull(conditions, "conditions is null");
    requireNonNull(order, "order is null");
    requireNonNull(bounds, "bounds is null");
  }

  /** Its column, or the id where the table lacks that column. */
  private String by(TableColumns table) {
    String direction = order.descending() ? " DESC" : "";
    return order.column() == Column.ID || !table.has(order.column())
        ? "id" + direction
        : order.column() + direction + ", id" + direction;
  }

  /** The ids of the rows, in order. */
  List<Long> ids(Handle handle, TableColumns table, TableSql sql) {
    List<String> where = where(table, sql);
    bounds.after().ifPresent(id -> where.add("id > :after"));
    Query query =
        handle.createQuery(
            "SELECT id FROM action"
                + clause(where)
                + " ORDER BY "
                + by(table)
                + " LIMIT :limit OFFSET :offset");
    bounds.after().ifPresent(id -> query.bind("after", id));
    return bind(query, table)
        .bind("limit", bounds.limit())
        .bind("offset", bounds.offset())
        .mapTo(Long.class)
        .list();
  }

  long count(Handle handle, TableColumns table, TableSql sql) {
    String where = clause(where(table, sql));
    return bind(handle.createQuery("SELECT count(*) FROM action" + where), table)
        .mapTo(Long.class)
        .one();
  }

  /**
   * Which of {@code ids} have rows that meet the conditions, in order; the bounds do not matter.
   */
  List<Long> among(Handle handle, TableColumns table, TableSql sql, List<Long> ids) {
    List<String> where = where(table, sql);
    where.add(sql.isAmong());
    Query query =
        handle.createQuery("SELECT id FROM action" + clause(where) + " ORDER BY " + by(table));
    return bind(query, table).bind("ids", ids.toString()).mapTo(Long.class).list();
  }

  private static String clause(List<String> where) {
    return where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where);
  }

  private List<String> where(TableColumns table, TableSql sql) {
    List<String> where = new ArrayList<>();
    if (!table.allHaveIds()) { // without conditions SQLite counts rows in half the time
      where.add("id IS NOT NULL");
    }
    if (conditions.owner().isPresent()) {
      where.add(table.has(Column.OWNER_ID) ? "owner_id = :owner" : "1 = 0");
    }
    if (conditions.name().isPresent()) {
      where.add("name = :name");
    }
    if (conditions.callback().isPresent()) {
      boolean usual = conditions.callback().get().equals(conditions.usual());
      if (table.has(Column.CALLBACK)) {
        where.add(
            "(',' || replace(replace(replace(replace(callback, ' ', ''), '\"', ''), '[', ''), ']', '')"
                + " || ',' LIKE :callback ESCAPE '!'"
                + (usual ? " OR callback IS NULL)" : ")"));
      } else if (!usual) {
        where.add("1 = 0");
      }
    }
    if (conditions.text().isPresent()) {
      where.add("(" + sql.isLike("name") + " OR " + sql.isLike("command") + ")");
    }
    return where;
  }

  private Query bind(Query query, TableColumns table) {
    if (table.has(Column.OWNER_ID)) {
      conditions.owner().ifPresent(owner -> query.bind("owner", owner));
    }
    conditions.name().ifPresent(name -> query.bind("name", name));
    if (table.has(Column.CALLBACK)) {
      conditions.callback().ifPresent(name -> query.bind("callback", "%," + escaped(name) + ",%"));
    }
    conditions
        .text()
        .ifPresent(text -> query.bind("text", "%" + escaped(text.toLowerCase(Locale.ROOT)) + "%"));
    return query;
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
