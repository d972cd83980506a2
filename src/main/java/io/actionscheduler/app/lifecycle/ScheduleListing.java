package io.actionscheduler.app.lifecycle;

import io.actionscheduler.engine.Engine;
import io.actionscheduler.engine.Upcoming;
import io.actionscheduler.text.IsoTime;
import io.actionscheduler.text.Quoted;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;

/** Prints the next fires, if {@code test.print_apscheduler_jobs} is set. */
final class ScheduleListing {
  private static final int MOST = 1_000;

  private final Engine engine;
  private final ZoneId zone;
  private final PrintStream out;

  /**
   * @param out standard error, since the stdout callback writes to standard output
   */
  ScheduleListing(Engine engine, ZoneId zone, PrintStream out) {
    this.engine = engine;
    this.zone = zone;
    this.out = out;
  }

  /** Prints it as soon as the engine answers. */
  void print() {
    engine.upcoming(MOST).thenAccept(this::print);
  }

  private void print(List<Upcoming> upcoming) {
    StringBuilder text = new StringBuilder("Schedule:\n");
    for (Upcoming one : upcoming) {
      text.append("    ")
          .append(one.action().id())
          .append(' ')
          .append(Quoted.quote(one.action().name()))
          .append(" (cron: ")
          .append(one.action().timing().written())
          .append(", next fire: ")
          .append(IsoTime.text(one.nextAt(), zone))
          .append(")\n");
    }
    if (upcoming.isEmpty()) {
      text.append("    nothing fires any more\n");
    } else if (upcoming.size() == MOST) {
      text.append("    the next ").append(MOST).append(" of more\n");
    }
    out.print(text);
  }
}
