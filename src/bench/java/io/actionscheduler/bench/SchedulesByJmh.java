package io.actionscheduler.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks written with JMH. */
final class SchedulesByJmh implements Benchmark {
  @Override
  public String name() {
    return "schedules";
  }

  @Override
  public String work() {
    return "Next fire times, by JMH (the classes named *Bench): mean time of one call.";
  }

  @Override
  public boolean startsTheJar() {
    return false;
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    var options =
        new OptionsBuilder()
            .include("io\\.actionscheduler\\..*Bench\\.")
            .verbosity(VerboseMode.SILENT);
    for (RunResult run : new Runner(options.build()).run()) {
      Result<?> result = run.getPrimaryResult();
      StringBuilder label = new StringBuilder(result.getLabel());
      for (String key : run.getParams().getParamsKeys()) {
        label.append(", ").append(run.getParams().getParam(key));
      }
      List<Double> scores = new ArrayList<>();
      run.getAggregatedResult()
          .getIterationResults()
          .forEach(each -> scores.add(each.getPrimaryResult().getScore()));
      Row row = Row.of(label.toString(), Figures.of(scores), result.getScoreUnit());
      out.accept(isNeverFires(run) ? row.atMost(NeverFiresBench.TARGET) : row);
    }
  }

  private static boolean isNeverFires(RunResult run) {
    return run.getParams().getBenchmark().startsWith(NeverFiresBench.class.getName() + ".");
  }
}
