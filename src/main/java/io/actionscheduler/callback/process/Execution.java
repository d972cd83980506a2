package io.actionscheduler.callback.process;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.common.KeptOutput;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** One process under way: its output is drained, its time watched. */
final class Execution {
  /**
   * A signal to the whole process group may end the process before the scheduler notices its own
   * stop: this is how long it waits to find out.
   */
  private static final long SIGNAL_MILLIS = 1_000;

  /** Exit codes of what SIGHUP, SIGINT and SIGTERM end: they ask for a stop. */
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
   * @param stopping at 0 when the scheduler stops
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

  /** Its output so far, to be followed. */
  KeptOutput kept() {
    return output;
  }

  /** What it has written so far. */
  String output() {
    return output.text();
  }

  /** What a process that has ended wrote, when that was success. */
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

  /** Whether what asks the scheduler to stop has ended the process, too. */
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
