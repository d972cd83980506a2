package io.actionscheduler.bench;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A steady stream: every action each second, for a minute. */
final class Steady implements Benchmark {
  private static final int ACTIONS = 1_000;
  private static final int SCHEDULES = 200;
  private static final int SECONDS = 60;

  @Override
  public String name() {
    return "steady";
  }

  @Override
  public String work() {
    return "1,000 actions on 200 schedules, each due every second, for a minute, to standard output,"
        + " progress on disk. Lateness of all 60,000 lines at the other end of the pipe. The others"
        + " print the same lines; Quartz and the timer keep nothing on disk.";
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    Cadence cadence = Cadence.every(1);
    Path folder = session.folder();
    ActionTable.sqlite(folder.resolve("database.db"), ACTIONS, i -> cadence.cron(i % SCHEDULES));
    Launch ours = Launch.in(folder).config(Configs.sqlite("database.db", true, 15));
    List<Row> mine = measure("action-scheduler", ours);
    out.accept(mine.get(0).atMost(2));
    out.accept(mine.get(1).atMost(10));
    out.accept(mine.get(2));
    out.accept(mine.get(3).atMost(0));
    out.accept(mine.get(4).atMost(0));
    if (!session.measuresOthers()) {
      return;
    }
    Rivals rivals = new Rivals(session, ACTIONS, SCHEDULES, cadence);
    compare(out, mine, measure("JDK timer", rivals.timer()));
    compare(out, mine, measure("Quartz in memory", rivals.quartz()));
    compare(out, mine, measure("db-scheduler on PostgreSQL", rivals.dbScheduler()));
  }

  private static void compare(Consumer<Row> out, List<Row> mine, List<Row> other) {
    out.accept(other.get(0).against(mine.get(0)));
    out.accept(other.get(1).against(mine.get(1)));
    out.accept(other.get(2));
    out.accept(other.get(4)); // whether a line a second late is early or late, nobody can tell
  }

  private static List<Row> measure(String who, Launch launch) throws Exception {
    LineReceiver receiver = new LineReceiver(ACTIONS * (SECONDS + 20));
    try (Scheduler scheduler = launch.stdoutTo(receiver).start()) {
      scheduler.awaitReady();
      long firstDue = Instant.now().getEpochSecond() + 6; // warm by then
      Pause.until(Instant.ofEpochSecond(firstDue).minusMillis(500));
      int from = receiver.count();
      Pause.until(Instant.ofEpochSecond(firstDue + SECONDS).minusMillis(500));
      Arrivals arrivals = receiver.slice(from, receiver.count());
      double[] lateness =
          Arrays.stream(arrivals.receivedAt()).mapToDouble(Steady::millisLate).toArray();
      Figures figures = Figures.of(lateness);
      long early = Arrays.stream(lateness).filter(millis -> millis < 0).count();
      long missed = (long) ACTIONS * SECONDS - arrivals.count();
      return List.of(
          Row.millis(who + ", lateness p50", figures.percentile(50)),
          Row.millis(who + ", lateness p99", figures.percentile(99)),
          Row.millis(who + ", lateness at most", figures.most()),
          Row.count(who + ", before their time", early),
          Row.count(who + ", missed", missed));
    }
  }

  /** Behind the last full second; one that lies within 100 ms before the next one is early. */
  private static double millisLate(long micros) {
    double behind = micros % 1_000_000 / 1e3;
    return behind < 900 ? behind : behind - 1000;
  }
}
