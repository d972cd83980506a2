package io.actionscheduler.cli;

import io.actionscheduler.app.view.DayStrip;
import io.actionscheduler.app.view.HourGrid;
import io.actionscheduler.app.view.WeekStrip;
import io.actionscheduler.fire.Run.Status;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Days as strips: a line for each day or action, the hours as columns, a letter for each mark. */
final class StripText {
  private static final int WIDTH = 80; // where it is no terminal
  private static final int GAP = 2;
  private static final int NAME = 24;
  private static final int[] PARTS = {12, 6, 4, 3, 2, 1};

  private final Output out;
  private final int width;

  /**
   * @param terminal columns to stay within; empty: 80
   */
  StripText(Output out, OptionalInt terminal) {
    this.out = out;
    this.width = terminal.orElse(WIDTH);
  }

  /** The grid whose lines fit beside labels and counts of so many columns. */
  HourGrid fitting(HourGrid grid, int besides) {
    for (int parts : PARTS) {
      if (grid.hours().size() * parts + besides <= width) {
        return grid.with(parts);
      }
    }
    return grid.with(1);
  }

  /** How many columns labels of the lines of a week take, with the count behind them. */
  static int besidesOfWeek() {
    return label(LocalDate.EPOCH).length() + GAP + 9;
  }

  /** How many columns labels of actions take, with the count behind them. */
  static int besidesOfDay() {
    return NAME + GAP + 9;
  }

  void print(WeekStrip week) {
    heading(label(LocalDate.EPOCH).length(), week.grid(), "FIRES");
    for (WeekStrip.Day day : week.days()) {
      StringBuilder cells = new StringBuilder();
      for (long fires : day.cells()) {
        cells.append(mark(fires));
      }
      out.line(label(day.day()) + " ".repeat(GAP) + cells + "  " + day.fires());
    }
    week.days().stream().flatMap(day -> week.grid().change(day.day()).stream()).forEach(out::line);
    if (week.leftOut().schedules() > 0) {
      out.line(
          week.leftOut().schedules()
              + " schedules of "
              + week.leftOut().actions()
              + " actions are left out: counting them takes too long");
    }
    out.line(
        ". none, 1 to 9 fires, + ten and more, # a hundred and more; a column is "
            + 60 / week.grid().perHour()
            + " minutes");
  }

  private static char mark(long fires) {
    if (fires == WeekStrip.NO_SUCH_TIME) {
      return ' ';
    }
    if (fires == 0) {
      return '.';
    }
    return fires < 10 ? (char) ('0' + fires) : fires < 100 ? '+' : '#';
  }

  void print(DayStrip strip, LocalDate day) {
    boolean[] existing = strip.grid().existing(day);
    heading(NAME, strip.grid(), "FIRES");
    Set<Status> used = EnumSet.noneOf(Status.class);
    strip.lines().forEach((id, line) -> line(id.text() + " " + line.name(), line, existing, used));
    strip.others().ifPresent(line -> line("all others", line, existing, used));
    strip.grid().change(day).ifPresent(out::line);
    out.line(
        marks(strip, used)
            + ". none; a column is "
            + 60 / strip.grid().perHour()
            + " minutes, and shows its gravest outcome");
  }

  private static String marks(DayStrip strip, Set<Status> used) {
    List<DayStrip.Line> lines = new ArrayList<>(strip.lines().values());
    strip.others().ifPresent(lines::add);
    String marks =
        DayStrip.GRAVITY.stream()
            .filter(used::contains)
            .map(status -> mark(status) + " " + status + ", ")
            .collect(Collectors.joining());
    int columns = strip.grid().cells();
    if (lines.stream()
        .anyMatch(line -> IntStream.range(0, columns).anyMatch(i -> isOpen(line, i)))) {
      marks += "- between the first and the last fire of one record, ";
    }
    if (lines.stream().anyMatch(DayStrip.Line::isMore)) {
      marks += "+ a record begins before this day or ends after it, ";
    }
    return marks.replaceFirst(", $", "; ");
  }

  /** Whether the column has no fire of its own, but lies within a record of several. */
  private static boolean isOpen(DayStrip.Line line, int column) {
    return line.isBetween(column) && line.at(column).isEmpty();
  }

  private void line(String label, DayStrip.Line line, boolean[] existing, Set<Status> used) {
    StringBuilder cells = new StringBuilder();
    for (int i = 0; i < existing.length; i++) {
      line.at(i).ifPresent(used::add);
      char nothing = !existing[i] ? ' ' : isOpen(line, i) ? '-' : '.';
      cells.append(line.at(i).map(StripText::mark).orElse(nothing));
    }
    String name = DisplayText.cut(DisplayText.safe(label), NAME);
    String padding = " ".repeat(NAME - DisplayText.width(name) + GAP);
    out.line(name + padding + cells + "  " + line.fires() + (line.isMore() ? "+" : ""));
  }

  private static char mark(Status status) {
    return switch (status) {
      case SUCCESS -> 'o';
      case FAILED -> 'F';
      case EXPIRED -> 'E';
      case MERGED -> 'm';
      case SKIPPED -> 'S';
      case SUPERSEDED -> 'u';
      case DROPPED -> 'D';
      case EXCLUDED -> 'x';
      case RUNNING -> 'r';
      case RETRYING -> 'T';
    };
  }

  /** The hours above their columns, as many as have room. */
  private void heading(int label, HourGrid grid, String last) {
    List<HourGrid.Hour> hours = grid.hours();
    int step = (3 + grid.perHour() - 1) / grid.perHour();
    StringBuilder line = new StringBuilder(" ".repeat(label + GAP));
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < hours.size(); i += step) {
      int columns = Math.min(step, hours.size() - i) * grid.perHour();
      String hour = String.format(Locale.ROOT, "%02d", hours.get(i).hour());
      cells.add(columns < 2 ? " ".repeat(columns) : hour + " ".repeat(columns - 2));
    }
    cells.forEach(line::append);
    out.line(line + "  " + last);
  }

  private static String label(LocalDate day) {
    return day.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH) + " " + day;
  }
}
