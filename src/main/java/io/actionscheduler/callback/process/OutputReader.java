package io.actionscheduler.callback.process;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.common.KeptOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads all that a process writes while it runs, so that it never waits for a reader. */
public final class OutputReader {
  /** What is left in the pipe is read for so long after the end of the process. */
  private static final long DRAIN_MILLIS = 1_000;

  private final InputStream from;
  private final KeptOutput output;
  private final Future<?> reading;

  /**
   * Begins to read.
   *
   * @param threads that may wait; one is used until the end of the output
   */
  public OutputReader(Process process, KeptOutput output, ExecutorService threads) {
    this.from = process.getInputStream();
    this.output = requireNonNull(output, "output is null");
    this.reading = threads.submit(this::read);
  }

  /**
   * Waits, after the end of the process, until what it wrote has been read. Something that it left
   * in the background may keep the pipe open: that is waited for no longer than a second.
   */
  public void awaitEnd() throws InterruptedException {
    try {
      reading.get(DRAIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // What came so far has to do.
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading the output failed", e);
    }
  }

  private void read() {
    byte[] bytes = new byte[8192];
    try (InputStream in = from) {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        output.add(bytes, 0, n);
      }
    } catch (IOException e) {
      // The JDK closes the pipe at the end of the process; what it wrote has been read.
    }
  }
}
