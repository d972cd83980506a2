package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.described;
import static io.actionscheduler.http.Schemas.flag;
import static io.actionscheduler.http.Schemas.oneOf;
import static io.actionscheduler.http.Schemas.text;
import static io.actionscheduler.http.Schemas.whole;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Rejection;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.app.view.ActionView;
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
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the jobs of a page: in the database where it can answer alone, else among the actions in
 * force, which are in memory. The rows that are shown are then read from the table.
 */
final class JobLists {
  private final Jobs jobs;
  private final JobsInForce inForce;
  private final ServiceJobs services;

  /**
   * A page.
   *
   * @param next where the next page begins; empty at the end, and in an order without cursors
   */
  record Page(List<ActionView> views, long total, int size, Optional<String> next) {}

  /** Which part of a list is wanted. */
  private record Part(int size, long skipped) {
    <T> List<T> of(List<T> all) {
      int from = (int) Math.min(skipped, all.size());
      return all.subList(from, Math.min(from + size, all.size()));
    }

    Page page(List<ActionView> views, long total) {
      return new Page(views, total, size, Optional.empty());
    }
  }

  JobLists(Running running, Jobs jobs) {
    this.jobs = jobs;
    this.inForce = new JobsInForce(running, jobs);
    this.services = new ServiceJobs(running);
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
    Part part = new Part(size, (call.whole("page").orElse(1L) - 1) * size);
    Sorting sorting = Sorting.of(call);
    JobFilter filter = JobFilter.of(call);
    if (call.text("cursor").isPresent() && !sorting.equals(Sorting.BY_ID)) {
      throw Problem.of(400, "cursor: works only with the order by id; use page");
    }
    Optional<String> named = call.text("source");
    String source = named.isPresent() ? named.get() : inForce.usualSource();
    if (!source.equals(TableSource.NAME)) {
      return ofService(inForce.source(source), filter, sorting, part);
    }
    boolean isOfMemory =
        filter.asksMoreThanTable()
            || sorting.isOfMemory()
            || sorting.by().equals("name") && inForce.hasTable();
    if (isOfMemory) {
      List<ActionId> found = inForce.ofTable(filter, sorting);
      return part.page(rows(part.of(found)), found.size());
    }
    return ofTable(call, filter, sorting, part);
  }

  private Page ofTable(Call call, JobFilter filter, Sorting sorting, Part part) throws Problem {
    Optional<Long> after = Optional.empty();
    if (call.text("cursor").isPresent()) {
      String cursor = call.text("cursor").get();
      if (!cursor.matches("-?[0-9]{1,18}")) {
        throw Problem.of(400, "cursor: is not valid; use next_cursor of the page before");
      }
      after = Optional.of(Long.parseLong(cursor));
    }
    RowQuery query =
        new RowQuery(
            inForce.conditions(filter),
            sorting.ofTable(),
            new RowQuery.Bounds(part.size(), after.isPresent() ? 0 : part.skipped(), after));
    List<ActionRow> rows = jobs.table(Map.of(), table -> table.search().page(query));
    boolean isFull = rows.size() == part.size();
    // A page with room left is the last one, so that nothing needs to be counted.
    boolean isLast = after.isEmpty() && !isFull && (!rows.isEmpty() || part.skipped() == 0);
    long total =
        isLast
            ? part.skipped() + rows.size()
            : jobs.table(Map.of(), table -> table.search().count(query));
    return new Page(
        rows.stream().map(jobs::view).toList(),
        total,
        part.size(),
        isFull && sorting.equals(Sorting.BY_ID)
            ? rows.get(rows.size() - 1).get(Column.ID)
            : Optional.empty());
  }

  /** The ids of all jobs of the table for which everything holds that {@code filter} names. */
  List<Long> ids(Map<String, Object> filter) throws Problem {
    JobFilter wanted = JobFilter.of(filter);
    RowQuery query =
        new RowQuery(inForce.conditions(wanted), RowQuery.Order.BY_ID, RowQuery.Bounds.NONE);
    Set<Long> ids = new LinkedHashSet<>(jobs.table(Map.of(), table -> table.search().ids(query)));
    if (filter.get("ids") instanceof List<?> chosen) {
      ids.retainAll(new HashSet<>(chosen));
    }
    if (wanted.asksMoreThanTable()) {
      Set<Long> found = new HashSet<>();
      for (ActionId id : inForce.ofTable(wanted, Sorting.BY_ID)) {
        id.number().ifPresent(found::add);
      }
      ids.retainAll(found);
    }
    return List.copyOf(ids);
  }

  private Page ofService(SourceStatus source, JobFilter filter, Sorting sorting, Part part) {
    if (filter.wantsRejected()) {
      // Of an entry that is not understood, only its name and its command are known.
      boolean asksMore =
          filter.owner().isPresent()
              || filter.callback().isPresent()
              || filter.schedule().isPresent();
      List<Rejection> rejected = asksMore ? List.of() : ServiceJobs.rejected(source, filter.text());
      return part.page(services.views(source.name(), part.of(rejected)), rejected.size());
    }
    List<ActionId> found = inForce.of(source, filter, Optional.empty(), sorting);
    return part.page(services.views(source, part.of(found), jobs.now()), found.size());
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
