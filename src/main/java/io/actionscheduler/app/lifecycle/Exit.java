package io.actionscheduler.app.lifecycle;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the program; the first request decides the exit code. */
public final class Exit {
  private static final Logger LOG = LoggerFactory.getLogger(Exit.class);

  private final CompletableFuture<End> end = new CompletableFuture<>();

  /**
   * An end.
   *
   * @param dropped whether the term ends without writing anything more
   * @param continues whether only the term ends, and the program continues
   */
  private record End(int code, boolean dropped, boolean continues) {}

  /** Asks for an orderly end, exit code 0. */
  public void stop(String reason) {
    if (end.complete(new End(0, false, false))) {
      LOG.info("stopping: {}", reason);
    }
  }

  /** Asks for an end because the program cannot continue, exit code 1. */
  public void fail(String reason) {
    if (end.complete(new End(1, false, false))) {
      LOG.error("stopping: {}", reason);
    }
  }

  /** Asks for an end because only a person can repair what is wrong, exit code 2. */
  public void refuse(String reason) {
    if (end.complete(new End(2, false, false))) {
      LOG.error("stopping: {}", reason);
    }
  }

  /**
   * Asks for the end of this term as the owner, because another process may be the owner by now;
   * the program continues and stands by.
   */
  void drop(String reason) {
    if (end.complete(new End(1, true, true))) {
      LOG.error("{}: this process drops all of its work and stands by", reason);
    }
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

  /** Whether the program continues and stands by. */
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
        fail("a defect while " + doing + ": " + e);
      }
    };
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
