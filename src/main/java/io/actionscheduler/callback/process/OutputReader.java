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

/** Reads all output of a process while it runs, so that the process never waits for a reader. */
public final class OutputReader {
  /** After the end of the process, the rest in the pipe is read for at most this time. */
  private static final long DRAIN_MILLIS = 1_000;

  private final InputStream from;
  private final KeptOutput output;
  private final Future<?> reading;

  /**
   * Begins to read.
   *
   * @param threads one of them is used until the end of the output
   */
  public OutputReader(Process process, KeptOutput output, ExecutorService threads) {
    this.from = process.getInputStream();
    this.output = requireNonNull(output, "output is null");
    this.reading = threads.submit(this::read);
  }

  /**
   * Waits after the end of the process until its output has been read. A process that it left
   * running may keep the pipe open; so the wait ends after a second.
   *
   * @throws InterruptedException when the calling thread is interrupted while it waits
   */
  public void awaitEnd() throws InterruptedException {
    try {
      reading.get(DRAIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // The output so far is all there is.
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
      // The JDK closes the pipe at the end of the process; its output has been read.
    }
  }
}
