package io.actionscheduler.torture;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.torture.Fault.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The program under torture: one process after the other on the same store. */
final class Victim implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Function<List<String>, Launch> launch;
  private final Chronicle chronicle;
  private Optional<Scheduler> process = Optional.empty();

  /**
   * @param launch makes a start of the program with further arguments
   */
  Victim(Function<List<String>, Launch> launch, Chronicle chronicle) {
    this.launch = launch;
    this.chronicle = chronicle;
  }

  Scheduler process() {
    return process.orElseThrow();
  }

  void start(String... arguments) {
    process = Optional.of(launch.apply(List.of(arguments)).start());
  }

  /**
   * Waits until it fires; faults that lasted until then are over. A start that is refused because
   * the lease of a killed process still runs is tried again, as a service manager would.
   */
  void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process().stderr().with("\\bready(:| \\d)").isEmpty()) {
      boolean refused = process().process().waitFor(20, TimeUnit.MILLISECONDS);
      if (System.nanoTime() > deadline || refused && !isOwnedElsewhere()) {
        process().awaitReady(Duration.ofMillis(1)); // its message tells what there is on stderr
      } else if (refused) {
        Thread.sleep(500);
        start();
      }
    }
    chronicle.ready(Instant.now());
  }

  private boolean isOwnedElsewhere() throws InterruptedException {
    return process().awaitExit() == 1
        && !process().stderr().with("another scheduler owns").isEmpty();
  }

  void kill() throws InterruptedException {
    chronicle.begin(Kind.KILL, Instant.now());
    process().killAndWait();
  }

  void terminate() throws InterruptedException {
    chronicle.begin(Kind.TERM, Instant.now());
    process().terminate();
    int code = process().awaitExit(PATIENCE);
    if (code != 0) {
      chronicle.found("exit code " + code + " after SIGTERM:\n" + process().stderr().tail());
    }
  }

  /** Stopped in order, and started again. */
  void restart() throws InterruptedException {
    terminate();
    start();
    awaitReady();
  }

  /** Frozen for {@code length}. */
  void pause(Duration length) throws InterruptedException {
    Instant from = Instant.now();
    process().pause();
    Thread.sleep(length.toMillis());
    process().resume();
    chronicle.add(Fault.of(Kind.PAUSE, from, Instant.now()));
  }

  /**
   * Frozen until another process could own the store: when it wakes up it must end by itself, and
   * is started again as a service manager would.
   */
  void sleepThroughItsLease(Duration length) throws InterruptedException {
    Instant from = Instant.now();
    process().pause();
    Thread.sleep(length.toMillis());
    process().resume();
    int code = process().awaitExit(PATIENCE);
    if (code != 1) {
      chronicle.found("exit code " + code + " after its lease:\n" + process().stderr().tail());
    }
    chronicle.begin(Kind.LEASE_LOST, from);
    start();
    awaitReady();
  }

  /** A second process on the same store: it must refuse to run. Gives its pid. */
  long startSecond() throws InterruptedException {
    Instant from = Instant.now();
    try (Scheduler second = launch.apply(List.of()).start()) {
      int code = second.awaitExit(PATIENCE);
      if (code != 1 || second.stderr().with("another scheduler owns").isEmpty()) {
        chronicle.found("a second process ended with " + code + ":\n" + second.stderr().tail());
      }
      chronicle.add(Fault.of(Kind.SECOND_PROCESS, from, Instant.now()));
      return second.process().pid();
    }
  }

  @Override
  public void close() {
    process.ifPresent(Scheduler::close);
  }
}
