package io.actionscheduler.api;

import io.actionscheduler.action.Action;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.app.view.RetryingRuns;
import io.actionscheduler.app.view.RunningRuns;
import io.actionscheduler.fire.HistoryStore;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Pages of runs: those that have not ended first, then the history, the latest first. */
final class RunPages {
  /** The most runs of each kind that have not ended. */
  private static final int MOST_UNFINISHED = 500;

  /** The cursor of the first page: the history from its latest record. */
  private static final String BEGINNING = "999999999999999999";

  private final Running running;
  private final ManualRuns manual;
  private final ActiveActions actions;

  RunPages(Running running, ManualRuns manual) {
    this.running = running;
    this.manual = manual;
    this.actions = new ActiveActions(running);
  }

  /** The page that {@code call} asks for with {@code page}, {@code size} and {@code cursor}. */
  Map<String, Object> page(Call call, Filter filter) throws Problem {
    int size = call.whole("size").orElse(10L).intValue();
    long number = call.whole("page").orElse(1L);
    long before = cursor(call);
    long skipped = (number - 1) * size;
    if (skipped > HistoryStore.MOST_COUNTED) {
      throw Problem.of(
          400, "page: is too far back; continue with next_cursor of the page before it");
    }
    List<Run> unfinished =
        before == Long.MAX_VALUE ? Jobs.store(() -> unfinished(filter)) : List.of();
    List<Map<String, Object>> shown = new ArrayList<>();
    int rest = size - (int) unfinished.stream().skip(skipped).limit(size).count();
    long skippedEnded = Math.max(0, skipped - unfinished.size());
    EndedRuns page =
        Jobs.store(() -> EndedRuns.of(running.store(), filter, before, skippedEnded, rest));
    List<Entry> ended = page.entries();
    boolean full = ended.size() == rest;
    // A run that ended since the unfinished ones were read is listed once, with its outcome.
    Set<String> over = ended.stream().map(each -> key(each.run())).collect(Collectors.toSet());
    long doubled = unfinished.stream().filter(run -> over.contains(key(run))).count();
    unfinished.stream()
        .skip(skipped)
        .limit(size)
        .filter(run -> !over.contains(key(run)))
        .map(this::named)
        .forEach(shown::add);
    shown.addAll(page.views());
    HistoryStore.Count total = Jobs.store(() -> running.store().countHistory(filter));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("runs", shown);
    body.put("total", total.number() + unfinished.size() - doubled);
    body.put("total_is_exact", total.isExact());
    body.put("page", number);
    body.put("size", (long) size);
    body.put("next_cursor", full ? cursorBehind(ended) : null);
    return body;
  }

  private static String key(Run run) {
    return run.fireId() + " " + run.key().callback();
  }

  private static String cursorBehind(List<Entry> ended) {
    return ended.isEmpty() ? BEGINNING : Long.toString(ended.get(ended.size() - 1).number());
  }

  /**
   * Fires that run, and fires in retry. To find the latter, the progress of all actions is read, so
   * they are given only where the client asks for them or for one action.
   */
  private List<Run> unfinished(Filter filter) throws StoreException {
    List<Run> unfinished = new ArrayList<>();
    manual.underWay().stream().filter(filter::matches).forEach(unfinished::add);
    unfinished.addAll(RunningRuns.of(running.store(), filter, MOST_UNFINISHED));
    if (filter.action().isPresent() || filter.statuses().contains(Run.Status.RETRYING)) {
      unfinished.addAll(RetryingRuns.of(running.store(), filter, MOST_UNFINISHED));
    }
    return unfinished;
  }

  /** A run of a fire in retry has no name of its action: it is added. */
  private Map<String, Object> named(Run run) {
    Map<String, Object> view = RunView.unfinished(run);
    if (run.actionName().isEmpty()) {
      Optional<Action> action = actions.find(run.key().action());
      action.ifPresent(known -> view.put("job_name", known.name()));
    }
    return view;
  }

  static long cursor(Call call) throws Problem {
    Optional<String> cursor = call.text("cursor");
    if (cursor.isPresent() && !cursor.get().matches("[0-9]{1,18}")) {
      throw Problem.of(400, "cursor: is not valid; use next_cursor of the page before");
    }
    return cursor.map(Long::parseLong).orElse(Long.MAX_VALUE);
  }
}
