package io.actionscheduler.bench;

import java.util.function.Consumer;

/** Looks for the highest rate of {@link Sustained} that holds. */
final class SustainedFind implements Benchmark {
  private static final int FIRST = 100_000;
  private static final int MOST = 2_000_000;
  private static final int STEP = 5_000;
  private static final int PROBE_SECONDS = 15;
  private static final int WARM_UP_SECONDS = 12;

  @Override
  public String name() {
    return "sustained-find";
  }

  @Override
  public String work() {
    return "The highest rate at which the work of `sustained` holds for 60 s: nothing is missed, and"
        + " nothing comes as much as 0.9 s late. Looked for by 15 s at each rate, to within a tenth;"
        + " the result is then measured for 60 s, and lowered by a tenth until it holds.";
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    int holds = 0;
    int fails = MOST + 1;
    int rate = FIRST;
    while (fails - holds > Math.max(STEP, holds / 10)) {
      if (holds(session, rate, PROBE_SECONDS, out)) {
        holds = rate;
      } else {
        fails = rate;
      }
      rate = fails > MOST ? Math.min(MOST, holds * 2) : rounded(((long) holds + fails) / 2);
    }
    int seconds = Sustained.setting("SECONDS", 60);
    while (holds > 0 && !holds(session, holds, seconds, out)) {
      holds = rounded(holds * 9L / 10);
    }
    out.accept(Row.of("highest rate that holds", Figures.of(holds), "fires a second"));
  }

  private static int rounded(long rate) {
    return (int) (rate / STEP * STEP);
  }

  private static boolean holds(Session session, int rate, int seconds, Consumer<Row> out)
      throws Exception {
    Sustained.Stream stream = Sustained.Stream.measure(session, rate, seconds, WARM_UP_SECONDS);
    String label = "%,d a second for %d s, ".formatted(rate, seconds);
    out.accept(Row.count(label + "missed", stream.missed()));
    out.accept(Row.millis(label + "lateness p99", stream.late().percentile(99)));
    return stream.holds();
  }
}
