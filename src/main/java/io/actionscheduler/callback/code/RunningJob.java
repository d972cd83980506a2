package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.common.KeptOutput;
import io.actionscheduler.callback.process.OutputReader;
import io.actionscheduler.callback.process.ProcessTree;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** A job's process under way. */
final class RunningJob {
  private final Process process;
  private final ProcessTree tree;
  private final KeptOutput output;
  private volatile boolean stopped;

  /**
   * How a job ended.
   *
   * @param inTime whether it ended by itself
   * @param stopped whether it was ended because the scheduler stops
   * @param code the exit code; 128 and its number for a signal
   */
  record Ending(boolean inTime, boolean stopped, int code) {}

  RunningJob(Process process, KeptOutput output) {
    this.process = requireNonNull(process, "process is null");
    this.output = requireNonNull(output, "output is null");
    this.tree = new ProcessTree(process.toHandle());
  }

  /**
   * Waits for the end of the job, and ends it after {@code limit}. Afterwards no process of the job
   * that the scheduler can see is running.
   *
   * @param threads for reading what it writes
   */
  Ending await(Duration limit, ExecutorService threads) throws InterruptedException {
    OutputReader reader = new OutputReader(process, output, threads);
    try {
      boolean inTime = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
      tree.endNow(); // after success, too: a job must leave nothing running
      int code = process.waitFor();
      reader.awaitEnd();
      return new Ending(inTime, stopped, code);
    } catch (InterruptedException e) {
      tree.endNow();
      throw e;
    }
  }

  /** Ends it at once, from another thread. */
  void stop() {
    stopped = true;
    tree.endNow();
  }
}
