package io.actionscheduler.callback.stdout;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackContract;
import io.actionscheduler.testing.Deliveries;
import java.io.BufferedReader;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

class StdoutContractTest implements CallbackContract {

  @Override
  public Target target() throws Exception {
    return new Pipe();
  }

  /** Standard output with a reader at its end; away as a file on a full disk is. */
  private static final class Pipe implements Target {
    private final PipedInputStream end = new PipedInputStream(1 << 12);
    private final Gate gate = new Gate(new PipedOutputStream(end));
    private final List<String> received = new ArrayList<>();
    private final Thread reader = new Thread(this::read, "stdout-reader");
    private final BatchCallback callback =
        new StdoutCallback(
            new StandardOutput(gate, () -> true, message -> {}),
            InstantSource.fixed(Deliveries.DUE),
            ZoneOffset.UTC);

    Pipe() throws IOException {
      reader.setDaemon(true);
      reader.start();
    }

    @Override
    public BatchCallback callback() {
      return callback;
    }

    @Override
    public List<String> received() throws Exception {
      gate.out().close();
      reader.join(10_000);
      return received;
    }

    @Override
    public void goAway() {
      gate.full = true;
    }

    @Override
    public void comeBack() {
      gate.full = false;
    }

    @Override
    public void hold() {
      gate.passes.drainPermits();
    }

    @Override
    public void awaitHeld() throws Exception {
      gate.knocks.acquire();
    }

    @Override
    public void release() {
      gate.passes.release(1_000_000);
    }

    private void read() {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(end, StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (!line.isEmpty()) {
            received.add(line.substring(line.indexOf(" | ") + 3));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Gate extends FilterOutputStream {
    final Semaphore passes = new Semaphore(1_000_000);
    final Semaphore knocks = new Semaphore(0);
    volatile boolean full;

    Gate(OutputStream out) {
      super(out);
    }

    OutputStream out() {
      return out;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      knocks.release();
      passes.acquireUninterruptibly();
      out.write(bytes, from, length);
    }
  }
}
