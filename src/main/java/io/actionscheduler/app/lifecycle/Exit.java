package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the program; the first request decides the exit code. */
public final class Exit {
  private static final Logger LOG = LoggerFactory.getLogger(Exit.class);

  private static final Duration AFTER_A_FAULT = Duration.ofSeconds(1);

  private final CompletableFuture<End> end = new CompletableFuture<>();
  private final Consumer<String> late;

  /**
   * An end.
   *
   * @param dropped whether the term ends without writing anything more
   * @param continues whether only the term ends, and the program continues
   */
  private record End(int code, boolean dropped, boolean continues) {}

  /** Where failures are lost that come after the end was asked for. */
  Exit() {
    this(reason -> {});
  }

  /**
   * @param late receives why the program cannot continue, when the end of only this term was asked
   *     for before, and each defect that comes after the request for any end
   */
  Exit(Consumer<String> late) {
    this.late = requireNonNull(late, "late is null");
  }

  /** Asks for an orderly end, exit code 0. */
  public void stop(String reason) {
    if (end.complete(new End(0, false, false))) {
      LOG.info("stopping: {}", reason);
    }
  }

  /**
   * Asks for an end because the program cannot continue, exit code 1. Where this term alone is
   * ending, the program ends after it.
   */
  public void fail(String reason) {
    if (!failNow(reason) && continues()) {
      late.accept(reason);
    }
  }

  /** As {@link #fail}, unless an end was asked for; gives whether none was. */
  boolean failNow(String reason) {
    boolean first = end.complete(new End(1, false, false));
    if (first) {
      LOG.error("stopping: {}", reason);
    }
    return first;
  }

  /** Asks for an end because only a person can repair what is wrong, exit code 2. */
  public void refuse(String reason) {
    if (end.complete(new End(2, false, false))) {
      LOG.error("stopping: {}", reason);
    }
  }

  /**
   * Asks for the end of this term as the owner, because another process may be the owner by now;
   * the program continues, and waits for its next term.
   */
  void drop(String reason) {
    if (end.complete(new End(1, true, true))) {
      LOG.error("{}: this process drops all of its work", reason);
    }
  }

  /**
   * Asks for the end of this term, which could not begin because of a fault of the store, and waits
   * a moment, so that the next one does not begin at once.
   *
   * @return the exit code: that of a stop, if one was asked for before
   */
  int dropAfter(StoreException fault) throws InterruptedException {
    drop(fault.getMessage());
    Thread.sleep(AFTER_A_FAULT.toMillis());
    return await();
  }

  /** Asks for an orderly end of this term alone; another one follows. */
  void again(String reason) {
    if (end.complete(new End(0, false, true))) {
      LOG.info("{}", reason);
    }
  }

  /** Whether only the term ends, and the program continues. */
  boolean continues() {
    return end.isDone() && end.join().continues();
  }

  /** Whether an end is asked for. */
  boolean isAsked() {
    return end.isDone();
  }

  /** Whether only the term ends, without writing anything more. */
  boolean isDropped() {
    return end.isDone() && end.join().dropped();
  }

  /**
   * Wraps {@code work} for threads that ignore what it throws, so that a defect ends the program.
   */
  Runnable guarded(String doing, Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        LOG.error("a defect while {}", doing, e);
        broken("a defect while " + doing + ": " + e);
      }
    };
  }

  /** Asks for an end because of a defect, exit code 1, whatever end was asked for before. */
  void broken(String reason) {
    if (!failNow(reason)) {
      late.accept(reason);
    }
  }

  /** Completes with the exit code when an end is asked for. */
  public CompletableFuture<Integer> asked() {
    return end.thenApply(End::code);
  }

  /** Waits until an end is asked for, at most for {@code most}; gives whether it was. */
  boolean await(Duration most) throws InterruptedException {
    try {
      end.get(most.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // only ever completed with a code
    }
  }

  /** Waits until an end is asked for; gives its exit code. */
  int await() throws InterruptedException {
    try {
      return end.get().code();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
