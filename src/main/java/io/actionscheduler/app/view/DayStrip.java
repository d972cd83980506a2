package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the fires of one day: for each action, the gravest outcome in each part of an
 * hour. Of a record of several fires only the first and the last time are known; what lies between
 * them is marked as such.
 */
public final class DayStrip {
  /** So many actions have a line of their own while the history is read; the memory is bounded. */
  private static final int MOST_ACTIONS = 10_000;

  private static final int PAGE = 10_000;

  /** The gravest first; success last. */
  public static final List<Status> GRAVITY =
      List.of(
          Status.FAILED,
          Status.DROPPED,
          Status.EXPIRED,
          Status.RETRYING,
          Status.SKIPPED,
          Status.RUNNING,
          Status.SUPERSEDED,
          Status.EXCLUDED,
          Status.MERGED,
          Status.SUCCESS);

  /** One line: an action, or all those that have none of their own. */
  public static final class Line {
    private String name;
    private final Status[] cells; // null where no fire is known
    private final boolean[] between;
    private long fires;
    private boolean isMore;

    private Line(String name, int cells) {
      this.name = name;
      this.cells = new Status[cells];
      this.between = new boolean[cells];
    }

    public String name() {
      return name;
    }

    /** How many scheduled times of the day it stands for, as far as they are known. */
    public long fires() {
      return fires;
    }

    /**
     * Whether there may be more of them: a record of several fires begins before the day or ends
     * after it, and does not say how many of them belong to the day.
     */
    public boolean isMore() {
      return isMore;
    }

    /** The gravest outcome in a column; empty where no fire is known. */
    public Optional<Status> at(int cell) {
      return Optional.ofNullable(cells[cell]);
    }

    /** Whether a column lies between the first and the last fire of one record. */
    public boolean isBetween(int cell) {
      return between[cell];
    }

    private void mark(int cell, Status status) {
      Status before = cells[cell];
      if (before == null || GRAVITY.indexOf(status) < GRAVITY.indexOf(before)) {
        cells[cell] = status;
      }
    }

    private int gravest() {
      return Arrays.stream(cells)
          .filter(one -> one != null)
          .mapToInt(GRAVITY::indexOf)
          .min()
          .orElse(GRAVITY.size());
    }

    private void take(Line other) {
      fires += other.fires;
      isMore |= other.isMore;
      for (int i = 0; i < cells.length; i++) {
        between[i] |= other.between[i];
        if (other.cells[i] != null) {
          mark(i, other.cells[i]);
        }
      }
    }
  }

  private final HourGrid grid;
  private final Instant begin;
  private final Instant end;
  private final Map<ActionId, Line> lines = new LinkedHashMap<>();
  private final Line others;

  private DayStrip(HourGrid grid, LocalDate day) {
    this.grid = requireNonNull(grid, "grid is null");
    this.begin = grid.begin(day);
    this.end = grid.end(day);
    this.others = new Line("", grid.cells());
  }

  /**
   * Reads a day.
   *
   * @param filter its times are replaced by those of the day
   * @param most lines at most: of more actions, those with the gravest outcomes have one
   * @throws StoreException when the store cannot be read
   */
  public static DayStrip read(Store store, Filter filter, LocalDate day, HourGrid grid, int most)
      throws StoreException {
    DayStrip strip = new DayStrip(grid, day);
    Filter wanted =
        new Filter(
            filter.action(),
            filter.statuses(),
            filter.causes(),
            Optional.of(strip.begin),
            Optional.of(strip.end));
    for (Run run : RunningRuns.of(store, wanted, PAGE)) {
      strip.add(run);
    }
    for (Run run : RetryingRuns.of(store, wanted, PAGE)) {
      strip.add(run);
    }
    long before = Long.MAX_VALUE;
    List<Entry> page;
    do {
      page = store.history(wanted, before, PAGE);
      for (Entry entry : page) {
        strip.add(entry.run());
        before = entry.number();
      }
    } while (page.size() == PAGE);
    strip.cut(most);
    return strip;
  }

  private void add(Run run) {
    ActionId id = run.key().action();
    Line line = lines.get(id);
    if (line == null) {
      if (lines.size() < MOST_ACTIONS) {
        line = new Line("", grid.cells());
        lines.put(id, line);
      } else {
        line = others;
      }
    }
    if (line != others && line.name.isEmpty()) {
      line.name = run.actionName(); // a run in retry has none
    }
    mark(line, run);
  }

  private void mark(Line line, Run run) {
    Stretch fires = run.fires();
    if (fires.last().isBefore(begin) || !fires.first().isBefore(end)) {
      return;
    }
    boolean begins = isInside(fires.first());
    boolean ends = isInside(fires.last());
    if (begins) {
      line.mark(grid.cell(fires.first()), run.status());
    }
    if (ends) {
      line.mark(grid.cell(fires.last()), run.status());
    }
    if (begins && ends) {
      line.fires += fires.count();
    } else {
      line.fires += begins || ends ? 1 : 0;
      line.isMore |= fires.count() > 1;
    }
    Duration column = Duration.ofMinutes(60 / grid.perHour());
    Instant last = ends ? fires.last() : end;
    for (Instant at = begins ? fires.first() : begin; at.isBefore(last); at = at.plus(column)) {
      line.between[grid.cell(at)] = true;
    }
  }

  private boolean isInside(Instant at) {
    return !at.isBefore(begin) && at.isBefore(end);
  }

  private void cut(int most) {
    List<Map.Entry<ActionId, Line>> sorted = new ArrayList<>(lines.entrySet());
    sorted.sort(Map.Entry.comparingByKey());
    sorted.sort(Comparator.comparingInt(one -> one.getValue().gravest()));
    lines.clear();
    for (Map.Entry<ActionId, Line> one : sorted) {
      if (lines.size() < most) {
        lines.put(one.getKey(), one.getValue());
      } else {
        others.take(one.getValue());
      }
    }
  }

  public HourGrid grid() {
    return grid;
  }

  /** Those with the gravest outcomes first, otherwise in the order of ids. */
  public Map<ActionId, Line> lines() {
    return Collections.unmodifiableMap(lines);
  }

  /** All other actions together; empty where each has a line. */
  public Optional<Line> others() {
    return others.fires == 0 && !others.isMore ? Optional.empty() : Optional.of(others);
  }
}
