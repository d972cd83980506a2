package io.actionscheduler.callback.stdout;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The program's standard output, unbuffered, with its failures. There is one for all callbacks that
 * write to it.
 *
 * <p>A file that cannot be written to, for instance on a full disk, may be writable later: it is
 * unavailable. A pipe, terminal or socket that failed stays closed for as long as this process
 * runs.
 */
public final class StandardOutput {
  private final OutputStream out;
  private final BooleanSupplier file;
  private final Consumer<String> gone;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean isGone;
  private boolean torn;

  /**
   * @param file called after an error; whether {@code out} is a file
   * @param gone called once, with a message, when nothing can be written any more
   */
  public StandardOutput(OutputStream out, BooleanSupplier file, Consumer<String> gone) {
    this.out = requireNonNull(out, "out is null");
    this.file = requireNonNull(file, "file is null");
    this.gone = requireNonNull(gone, "gone is null");
  }

  /**
   * The standard output of this process.
   *
   * @param gone called once, with a message, when nothing can be written any more: the program has
   *     to stop
   */
  public static StandardOutput ofProcess(Consumer<String> gone) {
    // Not System.out: a PrintStream swallows errors.
    return new StandardOutput(
        new FileOutputStream(FileDescriptor.out),
        // Decided by the kind of file, not by the text of the error, which is in the system's
        // language.
        () -> Files.isRegularFile(Path.of("/dev/stdout")),
        gone);
  }

  ReentrantLock lock() {
    return lock;
  }

  /** Whether a write failed in the middle, so that the last line may have no end. */
  boolean isTorn() {
    return torn;
  }

  /** Writes the lines: all of them or, when it throws, an unknown part. */
  void write(Lines lines) throws CallbackException {
    if (isGone) {
      throw CallbackException.unavailable("standard output is closed", null);
    }
    try {
      out.write(lines.bytes(), 0, lines.length());
      out.flush();
      torn = false;
    } catch (IOException e) {
      torn = true;
      if (file.getAsBoolean()) {
        throw CallbackException.unavailableUnknown(
            "the file of standard output cannot be written to: " + e.getMessage(), e);
      }
      isGone = true;
      gone.accept(
          "standard output: its reader has closed it ("
              + e.getMessage()
              + "), so nothing can be delivered there any more; start again with a reader that"
              + " stays");
      throw CallbackException.unavailableUnknown("standard output is closed: " + e.getMessage(), e);
    }
  }
}
