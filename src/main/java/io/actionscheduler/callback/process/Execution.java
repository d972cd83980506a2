package io.actionscheduler.callback.process;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.common.KeptOutput;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** One running process: reads its output, and ends it after its time limit. */
final class Execution {
  /**
   * A signal to the whole process group may end the process before the scheduler notices its own
   * stop: this is how long it waits to find out.
   */
  private static final long SIGNAL_MILLIS = 1_000;

  /** Exit codes of processes that SIGHUP, SIGINT or SIGTERM ended: these ask for a stop. */
  private static final Set<Integer> ASKED_TO_STOP = Set.of(128 + 1, 128 + 2, 128 + 15);

  private static final int KILLED = 128 + 9;

  private final Command command;
  private final Process process;
  private final ProcessTree tree;
  private final KeptOutput output = KeptOutput.ofBothEnds();
  private final CountDownLatch stopping;
  private boolean inTime;
  private volatile boolean stopped;

  /**
   * @param stopping reaches 0 when the scheduler stops
   */
  Execution(Command command, Process process, CountDownLatch stopping) {
    this.stopping = requireNonNull(stopping, "stopping is null");
    this.command = requireNonNull(command, "command is null");
    this.process = requireNonNull(process, "process is null");
    this.tree = new ProcessTree(process.toHandle());
  }

  /**
   * Waits for the end of the process, and ends it after the time limit.
   *
   * @param threads for reading what it writes
   */
  void await(ExecutorService threads) throws InterruptedException {
    OutputReader reader = new OutputReader(process, output, threads);
    try {
      inTime = process.waitFor(command.limits().timeout().toNanos(), TimeUnit.NANOSECONDS);
      if (!inTime) {
        tree.end(command.limits().grace());
      }
      reader.awaitEnd();
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

  /** Its output so far, which grows. */
  KeptOutput kept() {
    return output;
  }

  /** Its output so far as text. */
  String output() {
    return output.text();
  }

  /** The output of the ended process, if it succeeded. */
  String result() throws CallbackException, InterruptedException {
    String text = output.text();
    if (stopped || inTime && isCutOff(process.exitValue())) {
      throw failure(
          CallbackException.unavailableUnknown(
              command.name() + ": ended as the scheduler stops", null));
    }
    if (!inTime) {
      throw failure(
          CallbackException.refusedUnknown(
              command.name() + ": ended after its timeout of " + seconds() + " s" + lastLine(),
              null));
    }
    int code = process.exitValue();
    if (code == 0) {
      return text;
    }
    String message = command.name() + ": exit code " + code + lastLine();
    throw failure(
        command.limits().permanent().contains(code)
            ? CallbackException.permanent(message, null)
            : CallbackException.refused(message, null));
  }

  /** Whether the signal that asks the scheduler to stop also ended the process. */
  private boolean isCutOff(int code) throws InterruptedException {
    return code == KILLED && stopping.getCount() == 0
        || ASKED_TO_STOP.contains(code) && stopping.await(SIGNAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private CallbackException failure(CallbackException why) {
    return why.withOutput(output.text());
  }

  private String seconds() {
    return Double.toString(command.limits().timeout().toMillis() / 1000.0)
        .replaceFirst("\\.0$", "");
  }

  private String lastLine() {
    return output.lastLine().map(line -> ": " + line).orElse("");
  }
}
