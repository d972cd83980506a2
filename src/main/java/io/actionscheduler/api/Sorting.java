package io.actionscheduler.api;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.view.ActionOrder;
import io.actionscheduler.http.Call;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.RowQuery;

/**
 * The order of a list of jobs.
 *
 * @param by one of the names that the parameter {@code sort} allows
 */
record Sorting(String by, boolean descending) {
  static final Sorting BY_ID = new Sorting("id", false);

  Sorting {
    requireNonNull(by, "by is null");
  }

  static Sorting of(Call call) {
    return new Sorting(call.text("sort").orElse("id"), call.isSet("descending"));
  }

  /** Whether memory alone can sort by it. */
  boolean isOfMemory() {
    return by.equals("next_run_at");
  }

  /** Whether the table alone can sort by it. */
  boolean isOfColumn() {
    return by.equals("created_at") || by.equals("updated_at");
  }

  RowQuery.Order ofTable() {
    return new RowQuery.Order(Column.named(by).orElseThrow(), descending);
  }

  /** That of memory, ascending; by id where only the table knows better. */
  ActionOrder ofMemory() {
    return switch (by) {
      case "name" -> ActionOrder.byName();
      case "next_run_at" -> ActionOrder.byNext();
      default -> ActionOrder.byId();
    };
  }
}
