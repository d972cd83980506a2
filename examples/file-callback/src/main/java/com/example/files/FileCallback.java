package com.example.files;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Report;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.Stretch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Appends a line of tab-separated fields to a file for each fire, with everything that a fire
 * carries. A batch is one write and one fsync.
 */
public final class FileCallback implements BatchCallback {
  private static final int BATCH = 10_000;

  private final Path path;
  private final boolean fsync;

  /**
   * @param fsync whether a fire counts as delivered only when the disk has it
   */
  public FileCallback(Path path, boolean fsync) {
    this.path = path;
    this.fsync = fsync;
  }

  @Override
  public void deliver(List<Delivery> batch, Report report) {
    StringBuilder lines = new StringBuilder();
    batch.forEach(delivery -> addLine(lines, delivery));
    try {
      append(ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8)));
      for (int i = 0; i < batch.size(); i++) {
        report.delivered(i);
      }
    } catch (CallbackException e) { // the whole batch shares its fate
      for (int i = 0; i < batch.size(); i++) {
        report.failed(i, e);
      }
    }
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  /** One write at a time: lines of two batches must not mix. */
  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public void close() {
    // The file is open only while a batch is written.
  }

  private void append(ByteBuffer bytes) throws CallbackException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      appendAllOrNothing(file, bytes);
    } catch (IOException e) {
      // Away, not refused: the disk will be back, or have room. The scheduler keeps the fires and
      // tries one from time to time. Nothing is in the file, so it may even merge them.
      throw CallbackException.unavailable(path + ": " + e, e);
    }
  }

  private void appendAllOrNothing(FileChannel file, ByteBuffer bytes)
      throws IOException, CallbackException {
    long end = file.size();
    try {
      file.position(end);
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      if (fsync) {
        file.force(false);
      }
    } catch (IOException e) {
      try {
        file.truncate(end);
      } catch (IOException cut) {
        // Some lines may be there for good: these very fires are tried again, under their ids.
        e.addSuppressed(cut);
        throw CallbackException.unavailableUnknown(path + ": " + e, e);
      }
      throw e;
    }
  }

  private static void addLine(StringBuilder lines, Delivery delivery) {
    Fire fire = delivery.fire();
    field(lines, fire.id().toString()); // the same on every attempt: drop repeats by it
    field(lines, fire.action().id().toString());
    field(lines, fire.action().name());
    field(lines, fire.scheduledAt().toString());
    field(lines, delivery.startedAt().toString());
    field(lines, fire.cause().toString());
    field(lines, Long.toString(fire.missedCount()));
    field(lines, fire.merged().map(Stretch::first).map(Object::toString).orElse(""));
    field(lines, fire.merged().map(Stretch::last).map(Object::toString).orElse(""));
    field(lines, Integer.toString(delivery.attempt()));
    lines.append(clean(fire.action().command())).append('\n');
  }

  private static void field(StringBuilder lines, String value) {
    lines.append(clean(value)).append('\t');
  }

  /** A tab or a line break in a value would look like one of ours. */
  private static String clean(String value) {
    return value.replaceAll("\\p{Cntrl}", " ");
  }
}
