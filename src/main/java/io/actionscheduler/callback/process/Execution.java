package io.actionscheduler.callback.process;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.common.KeptOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One process under way: its output is drained, its time watched. */
final class Execution {
  /** What is left in the pipe is read for so long after the end of the process. */
  private static final long DRAIN_MILLIS = 1_000;

  /**
   * A signal that stops the scheduler and what it has started may end the latter first: so long is
   * waited for the word that the scheduler stops.
   */
  private static final long SIGNAL_MILLIS = 1_000;

  private static final int LONGEST_LINE = 300;

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
   * Waits for the end, and brings it about after the time limit.
   *
   * @param threads for reading what it writes
   */
  void await(ExecutorService threads) throws InterruptedException {
    Future<?> reading = threads.submit(this::drain);
    try {
      inTime = process.waitFor(command.limits().timeout().toNanos(), TimeUnit.NANOSECONDS);
      if (!inTime) {
        tree.end(command.limits().grace());
      }
      awaitOutput(reading);
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

  private static void awaitOutput(Future<?> reading) throws InterruptedException {
    try {
      reading.get(DRAIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Something that it left in the background keeps the pipe open; what came so far has to do.
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading the output failed", e);
    }
  }

  private void drain() {
    byte[] bytes = new byte[8192];
    try (InputStream in = process.getInputStream()) {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        output.add(bytes, 0, n);
      }
    } catch (IOException e) {
      // The JDK closes the pipe at the end of the process; what it wrote has been read.
    }
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
          CallbackException.awayUnknown(command.name() + ": ended as the scheduler stops", null));
    }
    if (!inTime) {
      throw failure(
          CallbackException.refusedUnknown(
              command.name() + ": ended after its timeout of " + seconds() + " s" + lastLine(text),
              null));
    }
    int code = process.exitValue();
    if (code == 0) {
      return text;
    }
    String message = command.name() + ": exit code " + code + lastLine(text);
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

  /** Where programs say what went wrong. */
  private static String lastLine(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty()) {
      return "";
    }
    String last = lines.get(lines.size() - 1).strip();
    return ": " + (last.length() > LONGEST_LINE ? last.substring(0, LONGEST_LINE) + "…" : last);
  }
}
