package io.actionscheduler.api;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.ById;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.app.view.ActionOrder;
import io.actionscheduler.app.view.ActionSearch;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.http.Problem;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.RowQuery;
import io.actionscheduler.source.TableSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds jobs among the actions in force, which are in memory: by state, schedule and next fire,
 * which no database has. Of a table it also knows which rows are rejected; what else such a row has
 * is asked of the table.
 */
final class JobsInForce {
  /** So many rows are looked up by their ids; for more, all rows are read in order. */
  private static final int MOST_BY_ID = 1_000;

  private final Running running;
  private final Jobs jobs;
  private final Map<String, ActionOrder> orders = new ConcurrentHashMap<>(); // by source and sort

  JobsInForce(Running running, Jobs jobs) {
    this.running = running;
    this.jobs = jobs;
  }

  /** Whether the table was read, so that memory has what it contained. */
  boolean hasTable() {
    return running.health().sources().stream()
        .anyMatch(one -> one.name().equals(TableSource.NAME) && one.readAt().isPresent());
  }

  /** The source that is listed where none is named: the table, or the only REST service. */
  String usualSource() throws Problem {
    List<String> services =
        running.health().sources().stream().map(SourceStatus::name).sorted().toList();
    if (running.table().isPresent() || services.isEmpty()) {
      return TableSource.NAME;
    }
    if (services.size() > 1) {
      throw Problem.of(
          409,
          "actions_db is not set, so there is no table of jobs; name a REST service: source="
              + String.join(", source=", services));
    }
    return services.get(0);
  }

  SourceStatus source(String name) throws Problem {
    return running.health().sources().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Problem.of(400, "source: unknown"));
  }

  /** The ids of a source's jobs that match, in this order; rejected ones are not among them. */
  List<ActionId> of(
      SourceStatus source, JobFilter filter, Optional<Set<ActionId>> among, Sorting sorting) {
    return filter.search(among).find(sorted(source, sorting), sorting.descending());
  }

  /** The ids of the jobs of the table that match, in this order; rejected rows come last. */
  List<ActionId> ofTable(JobFilter filter, Sorting sorting) throws Problem {
    SourceStatus table = source(TableSource.NAME);
    if (filter.wantsRejected()) {
      // A schedule that is not understood matches none.
      List<ActionId> rejected =
          filter.schedule().isEmpty() ? rejected(filter, table.rejectedIds()) : List.of();
      return sorting.isOfColumn() ? byColumn(filter, sorting, rejected) : rejected;
    }
    List<ActionId> found = of(table, filter, owned(filter), sorting);
    boolean mayBeRejected = filter.state().isEmpty() && filter.schedule().isEmpty();
    if (mayBeRejected && !table.rejectedIds().isEmpty()) {
      // The last valid form of a rejected row may be in force: it has its place above.
      Set<ActionId> others = new HashSet<>(table.rejectedIds());
      others.removeIf(id -> ById.find(table.actions(), id).isPresent());
      found = new ArrayList<>(found);
      found.addAll(rejected(filter, others));
    }
    return sorting.isOfColumn() ? byColumn(filter, sorting, found) : found;
  }

  /** The rows of one owner; nobody but the table knows them. */
  private Optional<Set<ActionId>> owned(JobFilter filter) throws Problem {
    if (filter.owner().isEmpty()) {
      return Optional.empty();
    }
    JobFilter owner =
        new JobFilter(
            filter.owner(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    return Optional.of(new HashSet<>(rows(owner, RowQuery.Order.BY_ID)));
  }

  private List<ActionId> rows(JobFilter filter, RowQuery.Order order) throws Problem {
    RowQuery query = new RowQuery(conditions(filter), order, RowQuery.Bounds.NONE);
    return jobs.table(Map.of(), table -> table.search().ids(query)).stream()
        .map(ActionId::of)
        .toList();
  }

  RowQuery.Conditions conditions(JobFilter filter) {
    return filter.conditions(running.parts().settings().callback());
  }

  /** Those of {@code rejected} that match, by id: of them alone the table is asked. */
  private List<ActionId> rejected(JobFilter filter, Set<ActionId> rejected) throws Problem {
    List<Long> ids =
        rejected.stream().flatMapToLong(id -> id.number().stream()).sorted().boxed().toList();
    if (filter.asksOfRows() && !ids.isEmpty()) {
      List<Long> all = ids;
      ids = jobs.table(Map.of(), table -> table.search().among(all, conditions(filter)));
    }
    if (filter.isBeyondAscii() && !ids.isEmpty()) {
      List<Long> all = ids;
      ids =
          jobs.table(Map.of(), table -> table.search().of(all)).stream()
              .filter(row -> contains(row, filter.text().orElseThrow()))
              .flatMapToLong(row -> row.number(Column.ID).stream())
              .boxed()
              .toList();
    }
    return ids.stream().map(ActionId::of).toList();
  }

  private static boolean contains(ActionRow row, String text) {
    return ActionSearch.contains(row.get(Column.NAME).orElse(""), text)
        || ActionSearch.contains(row.get(Column.COMMAND).orElse(""), text);
  }

  /** {@code found} in the order of a column that memory does not have. */
  private List<ActionId> byColumn(JobFilter filter, Sorting sorting, List<ActionId> found)
      throws Problem {
    Set<ActionId> left = new LinkedHashSet<>(found);
    List<ActionId> ordered = new ArrayList<>(found.size());
    for (ActionId id : ordered(filter, sorting.ofTable(), found)) {
      if (left.remove(id)) {
        ordered.add(id);
      }
    }
    ordered.addAll(left); // gone from the table meanwhile
    return ordered;
  }

  /** Rows in that order, those of {@code found} among them; few are looked up by their ids. */
  private List<ActionId> ordered(JobFilter filter, RowQuery.Order order, List<ActionId> found)
      throws Problem {
    if (found.size() > MOST_BY_ID) {
      return rows(filter, order);
    }
    List<Long> ids = found.stream().flatMapToLong(id -> id.number().stream()).boxed().toList();
    RowQuery query = new RowQuery(conditions(filter), order, RowQuery.Bounds.NONE);
    return jobs.table(Map.of(), table -> table.search().among(ids, query)).stream()
        .map(ActionId::of)
        .toList();
  }

  private List<ActionOrder.Entry> sorted(SourceStatus source, Sorting sorting) {
    return orders
        .computeIfAbsent(source.name() + " " + sorting.by(), unseen -> sorting.ofMemory())
        .of(source.actions(), running.calendars(), jobs.now());
  }
}
