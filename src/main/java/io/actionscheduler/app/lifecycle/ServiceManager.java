package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.concurrent.Daemons;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies systemd, if a unit of {@code Type=notify} started the scheduler: when it is ready, when
 * it stops and, for {@code WatchdogSec}, that the engine's thread still works. Java has no Unix
 * datagram sockets, so the program {@code systemd-notify} sends the messages; the unit needs {@code
 * NotifyAccess=all}. Does nothing elsewhere.
 */
final class ServiceManager implements AutoCloseable {
  /** What a process does that waits until another one ends. */
  static final String STANDING_BY = "standing by";

  private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

  private static final String SOCKET = "NOTIFY_SOCKET";
  private static final String PROGRAM = "systemd-notify";
  private static final long PATIENCE_SECONDS = 10;

  /** A message may be late or get lost: three are sent in each period of the watchdog. */
  private static final int WORDS_IN_A_SPAN = 3;

  private final Optional<Duration> watchdog;
  private final Optional<ScheduledExecutorService> thread;
  private volatile Supplier<CompletableFuture<?>> alive =
      () -> CompletableFuture.completedFuture(null);
  private CompletableFuture<?> asked =
      CompletableFuture.completedFuture(null); // used only by the thread
  private Supplier<CompletableFuture<?>> asking = alive; // used only by the thread
  private boolean silent; // used only by the thread
  private final AtomicBoolean watched = new AtomicBoolean();
  private final AtomicBoolean stopTold = new AtomicBoolean();

  private ServiceManager(boolean listens, Optional<Duration> watchdog) {
    this.watchdog = watchdog;
    this.thread = listens ? Optional.of(Daemons.timer("service-manager")) : Optional.empty();
  }

  /**
   * Configured by the variables that systemd sets.
   *
   * @param environment of this process
   */
  static ServiceManager of(Map<String, String> environment) {
    boolean listens = !environment.getOrDefault(SOCKET, "").isEmpty();
    return new ServiceManager(listens, listens ? watchdog(environment) : Optional.empty());
  }

  /** The span of the watchdog; empty where there is none, or it watches another process. */
  static Optional<Duration> watchdog(Map<String, String> environment) {
    String me = Long.toString(ProcessHandle.current().pid());
    if (!environment.getOrDefault("WATCHDOG_PID", me).equals(me)) {
      return Optional.empty();
    }
    try {
      long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
      return micros > 0 ? Optional.of(Duration.ofNanos(micros * 1_000)) : Optional.empty();
    } catch (NumberFormatException e) {
      LOG.warn("WATCHDOG_USEC is not a number; the watchdog is not served");
      return Optional.empty();
    }
  }

  /**
   * Notifies that the scheduler is ready, and from now on that it works.
   *
   * @param alive asks the engine's thread for an answer; without one, systemd is not notified
   */
  void ready(Supplier<CompletableFuture<?>> alive) {
    this.alive = requireNonNull(alive, "alive is null");
    tell("READY=1", "STATUS=running");
    watch();
  }

  /**
   * Notifies that this process is ready to take over, and from now on that it works.
   *
   * @param status what it does, for people
   */
  void waiting(String status) {
    alive = () -> CompletableFuture.completedFuture(null); // no engine runs now
    tell("READY=1", "STATUS=" + status);
    watch();
  }

  private void watch() {
    if (thread.isPresent() && watchdog.isPresent() && watched.compareAndSet(false, true)) {
      long nanos = watchdog.get().toNanos() / WORDS_IN_A_SPAN;
      try {
        thread.get().scheduleAtFixedRate(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("it has stopped already");
      }
    }
  }

  /** Notifies once that the scheduler stops. */
  void stopping() {
    if (stopTold.compareAndSet(false, true)) {
      tell("STOPPING=1", "STATUS=stopping");
    }
  }

  /**
   * Sends on a thread of its own, so that neither the engine nor a signal waits for the message.
   */
  private void tell(String... words) {
    if (thread.isPresent()) {
      try {
        thread.get().execute(() -> send(words));
      } catch (RejectedExecutionException e) {
        LOG.debug("it has stopped already");
      }
    }
  }

  private void look() {
    Supplier<CompletableFuture<?>> current = alive;
    if (asked.isDone() || current != asking) { // an engine that was dropped does not answer
      silent = false;
      asking = current;
      asked = current.get().thenRun(() -> tell("WATCHDOG=1"));
    } else if (!silent) {
      silent = true;
      LOG.warn("the engine's thread does not answer: systemd is not notified that it works");
    }
  }

  private static void send(String... words) {
    List<String> command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(List.of(words));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        LOG.warn("{} {} did not end", PROGRAM, words[0]);
      } else if (process.exitValue() != 0) {
        LOG.warn("{} {} failed: exit code {}", PROGRAM, words[0], process.exitValue());
      }
    } catch (IOException e) {
      LOG.warn(
          "{} cannot be started, so systemd gets no messages; a unit of Type=notify needs it: {}",
          PROGRAM,
          e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is closed
    }
  }

  /** Waits until systemd has been notified of the stop. */
  @Override
  public void close() {
    stopping(); // the thread that asked for the stop may not have sent it yet
    if (thread.isPresent()) {
      thread.get().shutdown();
      try {
        thread.get().awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
