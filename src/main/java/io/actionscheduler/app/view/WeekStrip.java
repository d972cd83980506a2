package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many fires are planned in each part of each hour of seven days.
 *
 * @param leftOut what was not counted, as there was no time for it
 */
public record WeekStrip(HourGrid grid, List<Day> days, WeekPlan.LeftOut leftOut) {
  /** In a cell: the day has no such time. */
  public static final long NO_SUCH_TIME = -1;

  private static final int DAYS = 7;

  /**
   * A day.
   *
   * @param cells fires, by the columns of the grid, or {@link #NO_SUCH_TIME}
   */
  public record Day(LocalDate day, long[] cells) {
    public Day {
      requireNonNull(day, "day is null");
      cells = cells.clone();
    }

    /** All of the day. */
    public long fires() {
      return Arrays.stream(cells).filter(fires -> fires > 0).sum();
    }

    @Override
    public long[] cells() {
      return cells.clone();
    }
  }

  public WeekStrip {
    requireNonNull(grid, "grid is null");
    days = List.copyOf(days);
    requireNonNull(leftOut, "leftOut is null");
  }

  /**
   * That of {@code plan}.
   *
   * @param first the day that the plan begins with
   */
  public static WeekStrip of(WeekPlan plan, LocalDate first, HourGrid grid) {
    List<Day> days = new ArrayList<>();
    long[] minutes = plan.fires();
    Instant at = plan.begin();
    int minute = 0;
    for (LocalDate day = first; day.isBefore(first.plusDays(DAYS)); day = day.plusDays(1)) {
      long[] cells = new long[grid.cells()];
      boolean[] existing = grid.existing(day);
      for (int i = 0; i < cells.length; i++) {
        cells[i] = existing[i] ? 0 : NO_SUCH_TIME;
      }
      Instant end = grid.end(day);
      for (; at.isBefore(end) && minute < minutes.length; at = at.plusSeconds(60)) {
        cells[grid.cell(at)] += minutes[minute++];
      }
      days.add(new Day(day, cells));
    }
    return new WeekStrip(grid, days, plan.leftOut());
  }
}
