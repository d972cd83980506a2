package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.described;
import static io.actionscheduler.http.Schemas.flag;
import static io.actionscheduler.http.Schemas.oneOf;
import static io.actionscheduler.http.Schemas.text;
import static io.actionscheduler.http.Schemas.whole;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Rejection;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.app.view.ActionOrder;
import io.actionscheduler.app.view.ActionSearch;
import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.app.view.ActionView.State;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Route;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.RowQuery;
import io.actionscheduler.source.TableSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the jobs of a page: in the database where it can answer alone, else among the actions in
 * force, which are in memory. The rows that are shown are then read from the table.
 */
final class JobLists {
  private final Running running;
  private final Jobs jobs;
  private final Map<String, ActionOrder> orders = new ConcurrentHashMap<>(); // by source and sort

  /**
   * A page.
   *
   * @param next where the next page begins; empty at the end, and in an order without cursors
   */
  record Page(List<ActionView> views, long total, int size, Optional<String> next) {}

  JobLists(Running running, Jobs jobs) {
    this.running = running;
    this.jobs = jobs;
  }

  /** Gives a route the parameters that {@link #find} reads. */
  static Route parameters(Route route) {
    return route
        .needs(Right.READ)
        .parameter("page", whole(1, 1_000_000))
        .parameter("size", whole(1, Shapes.LONGEST_PAGE))
        .parameter("cursor", text(1, 200))
        .parameter("source", text(1, 500))
        .parameter("status", Shapes.STATUS)
        .parameter("owner_id", text(0, 1_000))
        .parameter("callback", text(1, 500))
        .parameter("q", text(0, 200))
        .parameter("schedule", described("A part of the schedule.", text(0, 200)))
        .parameter("sort", oneOf("id", "name", "created_at", "updated_at", "next_run_at"))
        .parameter("descending", flag());
  }

  Page find(Call call, int usual) throws Problem {
    int size = call.whole("size").orElse((long) usual).intValue();
    long skipped = (call.whole("page").orElse(1L) - 1) * size;
    String source = call.text("source").orElse(TableSource.NAME);
    String sort = call.text("sort").orElse("id");
    if (call.text("cursor").isPresent() && (!sort.equals("id") || call.isSet("descending"))) {
      throw Problem.of(400, "cursor: works only with the order by id; use page");
    }
    if (!source.equals(TableSource.NAME)) {
      return ofSource(call, source(source), size, skipped);
    }
    if (call.text("status").filter("rejected"::equals).isPresent()) {
      return rejected(size, skipped);
    }
    boolean isOfMemory =
        call.text("status").isPresent()
            || schedule(call).isPresent()
            || sort.equals("next_run_at")
            || sort.equals("name") && isRead();
    return isOfMemory ? inForce(call, size, skipped) : ofTable(call, size, skipped);
  }

  private boolean isRead() {
    return running.health().sources().stream()
        .anyMatch(one -> one.name().equals(TableSource.NAME) && one.readAt().isPresent());
  }

  private SourceStatus source(String name) throws Problem {
    return running.health().sources().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Problem.of(400, "source: unknown"));
  }

  private Page ofTable(Call call, int size, long skipped) throws Problem {
    Optional<Long> after = Optional.empty();
    if (call.text("cursor").isPresent()) {
      String cursor = call.text("cursor").get();
      if (!cursor.matches("-?[0-9]{1,18}")) {
        throw Problem.of(400, "cursor: is not valid; use next_cursor of the page before");
      }
      after = Optional.of(Long.parseLong(cursor));
    }
    Column column =
        Column.named(call.text("sort").orElse("id")).orElseThrow(); // the schema knows no other
    RowQuery query =
        new RowQuery(
            conditions(call),
            new RowQuery.Order(column, call.isSet("descending")),
            new RowQuery.Bounds(size, after.isPresent() ? 0 : skipped, after));
    List<ActionRow> rows = jobs.table(Map.of(), table -> table.search().page(query));
    long total = jobs.table(Map.of(), table -> table.search().count(query));
    boolean more = rows.size() == size && column == Column.ID && !call.isSet("descending");
    return new Page(
        rows.stream().map(jobs::view).toList(),
        total,
        size,
        more ? rows.get(size - 1).get(Column.ID) : Optional.empty());
  }

  RowQuery.Conditions conditions(Call call) {
    return new RowQuery.Conditions(
        call.text("owner_id"),
        Optional.empty(),
        call.text("callback"),
        running.parts().settings().callback(),
        call.text("q").filter(text -> !text.isBlank()));
  }

  /** The ids of all jobs of the table for which everything holds that {@code filter} names. */
  List<Long> ids(Map<String, Object> filter) throws Problem {
    Optional<String> text = named(filter, "q").filter(one -> !one.isBlank());
    RowQuery query =
        new RowQuery(
            new RowQuery.Conditions(
                named(filter, "owner_id"),
                Optional.empty(),
                named(filter, "callback"),
                running.parts().settings().callback(),
                text),
            RowQuery.Order.BY_ID,
            RowQuery.Bounds.NONE);
    Set<Long> ids = new LinkedHashSet<>(jobs.table(Map.of(), table -> table.search().ids(query)));
    if (filter.get("ids") instanceof List<?> wanted) {
      ids.retainAll(new HashSet<>(wanted));
    }
    if (filter.get("status") instanceof String status) {
      ids.retainAll(withStatus(status));
    }
    if (filter.get("schedule") instanceof String schedule && !schedule.isBlank()) {
      ids.retainAll(withSchedule(schedule));
    }
    return List.copyOf(ids);
  }

  private Set<Long> withStatus(String status) throws Problem {
    SourceStatus table = source(TableSource.NAME);
    if (status.equals("rejected")) {
      return numbers(table.rejections().stream().map(Rejection::id).toList());
    }
    State state = State.valueOf(status.toUpperCase(Locale.ROOT));
    return matching(
        new ActionSearch(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(state),
            Optional.empty()));
  }

  private Set<Long> withSchedule(String schedule) throws Problem {
    return matching(
        new ActionSearch(
            Optional.empty(),
            Optional.of(schedule),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private Set<Long> matching(ActionSearch search) throws Problem {
    return numbers(search.find(sorted(source(TableSource.NAME), "id"), false));
  }

  private static Set<Long> numbers(List<ActionId> ids) {
    Set<Long> numbers = new HashSet<>();
    ids.forEach(id -> id.number().ifPresent(numbers::add));
    return numbers;
  }

  private List<ActionOrder.Entry> sorted(SourceStatus source, String sort) {
    return orders
        .computeIfAbsent(
            source.name() + " " + sort,
            unseen ->
                switch (sort) {
                  case "name" -> ActionOrder.byName();
                  case "next_run_at" -> ActionOrder.byNext();
                  default -> ActionOrder.byId(); // memory knows no more; the schema no other
                })
        .of(source.actions(), running.calendars(), jobs.now());
  }

  private static Optional<String> named(Map<String, Object> filter, String name) {
    return Optional.ofNullable((String) filter.get(name));
  }

  /** Rows that are rejected come last, where no state and no schedule is asked for. */
  private Page inForce(Call call, int size, long skipped) throws Problem {
    SourceStatus table = source(TableSource.NAME);
    boolean withRejected =
        table.rejected() > 0 && call.text("status").isEmpty() && schedule(call).isEmpty();
    Optional<Set<ActionId>> among = Optional.empty();
    if (withRejected || call.text("owner_id").isPresent()) {
      RowQuery query = new RowQuery(conditions(call), RowQuery.Order.BY_ID, RowQuery.Bounds.NONE);
      Set<ActionId> ids = new LinkedHashSet<>();
      jobs.table(Map.of(), rows -> rows.search().ids(query))
          .forEach(id -> ids.add(ActionId.of(id)));
      among = Optional.of(ids);
    }
    List<ActionOrder.Entry> sorted = sorted(table, call.text("sort").orElse("id"));
    List<ActionId> found = search(call, among).find(sorted, call.isSet("descending"));
    if (withRejected) {
      Set<ActionId> rejected = among.orElseThrow();
      sorted.forEach(entry -> rejected.remove(entry.action().id()));
      found.addAll(rejected);
    }
    return new Page(rows(page(found, size, skipped)), found.size(), size, Optional.empty());
  }

  private static Optional<String> schedule(Call call) {
    return call.text("schedule").filter(text -> !text.isBlank());
  }

  private static ActionSearch search(Call call, Optional<Set<ActionId>> among) {
    return new ActionSearch(
        call.text("q").filter(text -> !text.isBlank()),
        schedule(call),
        call.text("callback"),
        call.text("status").map(word -> State.valueOf(word.toUpperCase(Locale.ROOT))),
        among);
  }

  private Page rejected(int size, long skipped) throws Problem {
    SourceStatus table = source(TableSource.NAME);
    List<ActionId> ids = table.rejections().stream().map(Rejection::id).toList();
    return new Page(rows(page(ids, size, skipped)), table.rejected(), size, Optional.empty());
  }

  private Page ofSource(Call call, SourceStatus source, int size, long skipped) {
    List<ActionId> found =
        search(call, Optional.empty())
            .find(sorted(source, call.text("sort").orElse("id")), call.isSet("descending"));
    Set<ActionId> wanted = new HashSet<>(page(found, size, skipped));
    Map<ActionId, Action> actions = new HashMap<>();
    for (Action action : source.actions()) {
      if (wanted.contains(action.id())) {
        actions.put(action.id(), action);
      }
    }
    List<ActionView> views =
        page(found, size, skipped).stream()
            .map(
                id ->
                    ActionView.listed(
                        source.name(), actions.get(id), running.calendars(), jobs.now()))
            .toList();
    return new Page(views, found.size(), size, Optional.empty());
  }

  private static List<ActionId> page(List<ActionId> all, int size, long skipped) {
    int from = (int) Math.min(skipped, all.size());
    return all.subList(from, Math.min(from + size, all.size()));
  }

  /** Rows as they are now; one that is gone meanwhile is left out. */
  private List<ActionView> rows(List<ActionId> ids) throws Problem {
    List<Long> numbers = ids.stream().flatMapToLong(id -> id.number().stream()).boxed().toList();
    List<ActionView> views = new ArrayList<>();
    for (ActionRow row : jobs.table(Map.of(), table -> table.search().of(numbers))) {
      views.add(jobs.view(row));
    }
    return views;
  }
}
