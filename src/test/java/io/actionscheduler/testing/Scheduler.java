package io.actionscheduler.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A started process of the packaged program. Closing it ends the process, if it still runs. */
public final class Scheduler implements AutoCloseable {
  /** Long enough for a busy machine; nothing waits this long where all is well. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Instant startedAt;
  private final Lines stdout = new Lines("stdout");
  private final Lines stderr = new Lines("stderr");
  private final Thread receiver;
  private final Thread errors;
  private final Thread atExit; // an interrupted test run leaves no process behind

  Scheduler(Process process, Instant startedAt, Optional<Consumer<InputStream>> reader) {
    this.process = process;
    this.atExit = new Thread(process::destroyForcibly, "end the process");
    Runtime.getRuntime().addShutdownHook(atExit);
    this.startedAt = startedAt;
    Consumer<InputStream> toRead = reader.orElse(stdout::readFrom);
    this.receiver = inThread("stdout", () -> toRead.accept(process.getInputStream()));
    this.errors = inThread("stderr", () -> stderr.readFrom(process.getErrorStream()));
  }

  private static Thread inThread(String name, Runnable work) {
    Thread thread = new Thread(work, "receiver of " + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** The moment just before the process was made. */
  public Instant startedAt() {
    return startedAt;
  }

  /** What it wrote to standard output; empty where a reader of its own took it. */
  public Lines stdout() {
    return stdout;
  }

  public Lines stderr() {
    return stderr;
  }

  /** The line that says that it is ready to fire, waited for. */
  public Line awaitReady() throws InterruptedException {
    return awaitReady(PATIENCE);
  }

  public Line awaitReady(Duration limit) throws InterruptedException {
    return stderr.await("\\bready(:| \\d)", limit);
  }

  public Process process() {
    return process;
  }

  /** Asks it to stop, as {@code kill} and service managers do. */
  public void terminate() {
    signal("TERM");
  }

  /** Ends it on the spot: {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Freezes it until {@link #resume}. */
  public void pause() {
    signal("STOP");
  }

  public void resume() {
    signal("CONT");
  }

  /** Sends it a signal by its name: {@code INT}. */
  public void signal(String name) {
    try {
      String pid = Long.toString(process.pid());
      Process sent = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start();
      if (!sent.waitFor(60, TimeUnit.SECONDS) || sent.exitValue() != 0) {
        throw new IllegalStateException("kill -" + name + " " + pid + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The exit code, waited for; both streams are read to their ends then. */
  public int awaitExit() throws InterruptedException {
    return awaitExit(PATIENCE);
  }

  public int awaitExit(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new AssertionError("still running after " + limit + "; stderr:\n" + stderr.tail());
    }
    receiver.join(limit.toMillis());
    errors.join(limit.toMillis());
    return process.exitValue();
  }

  /** Kills it and waits until it is gone and all that it wrote is read. */
  public void killAndWait() throws InterruptedException {
    kill();
    awaitExit();
  }

  @Override
  public void close() {
    kill();
    try {
      awaitExit();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
