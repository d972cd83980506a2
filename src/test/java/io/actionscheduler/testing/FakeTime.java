package io.actionscheduler.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A wall clock that can be stepped, for a process and for the test beside it: by libfaketime, where
 * it is installed ({@code apt-get install libfaketime}). The clock that never steps is left alone.
 */
public final class FakeTime {
  private static final List<Path> PLACES =
      List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"));
  // The form for programs with several threads.
  private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

  private static final int ON_ITS_WAY_MILLIS = 2_000; // what was sent by the old time has come

  private final Path library;
  private final Path file;
  private volatile Duration offset = Duration.ZERO;

  private FakeTime(Path library, Path file) {
    this.library = library;
    this.file = file;
    write(Duration.ZERO);
  }

  /** A clock that is right so far; empty where the library is not installed. */
  public static Optional<FakeTime> in(Path folder) {
    return library().map(library -> new FakeTime(library, folder.resolve("clock")));
  }

  private static Optional<Path> library() {
    return PLACES.stream()
        .filter(Files::isDirectory)
        .flatMap(place -> Stream.concat(Stream.of(place), folders(place)))
        .map(folder -> folder.resolve(LIBRARY))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static Stream<Path> folders(Path place) {
    try (Stream<Path> entries = Files.list(place)) { // x86_64-linux-gnu and the like
      return entries.filter(Files::isDirectory).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has what is started live by this clock. */
  public Launch applyTo(Launch launch) {
    return launch
        .env("LD_PRELOAD", library.toString())
        .env("FAKETIME_TIMESTAMP_FILE", file.toString())
        .env("FAKETIME_NO_CACHE", "1")
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        // Its mend for an old C library makes waits by the other clock take seconds too long.
        .env("FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  /**
   * Steps to {@code offset} before or after the right time. To whoever asks {@link #now}, the clock
   * is never behind that of the process, nor behind what it sent just before it was set back.
   */
  public synchronized void step(Duration offset) throws InterruptedException {
    if (offset.compareTo(this.offset) > 0) {
      this.offset = offset;
      write(offset);
    } else {
      write(offset);
      Thread.sleep(ON_ITS_WAY_MILLIS);
      this.offset = offset;
    }
  }

  /** The time by this clock. */
  public Instant now() {
    return Instant.now().plus(offset);
  }

  private void write(Duration offset) {
    try {
      Path made = file.resolveSibling("clock.new");
      Files.writeString(made, (offset.isNegative() ? "" : "+") + offset.toSeconds());
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
