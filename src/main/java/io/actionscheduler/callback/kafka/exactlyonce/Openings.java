package io.actionscheduler.callback.kafka.exactlyonce;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Work that waits for the brokers before anything is sent, such as making a producer; a stop of the
 * scheduler ends it at once. Thread-safe.
 */
final class Openings {
  private final Set<Thread> waiting = new HashSet<>();
  private boolean stopped;

  /** Waits for the brokers. */
  @FunctionalInterface
  interface Opening<T> {
    T open() throws InterruptedException;
  }

  /**
   * Does {@code opening} on the calling thread.
   *
   * @throws KafkaException when it is not possible now, or the scheduler stops
   * @throws InterruptedException when the calling thread is interrupted by others
   */
  <T> T open(Opening<T> opening) throws InterruptedException {
    begin();
    try {
      return opening.open();
    } catch (InterruptException e) {
      Thread.interrupted(); // Kafka sets the flag again when it throws this
      throw interrupted(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    requireNotStopped();
    waiting.add(Thread.currentThread());
  }

  private synchronized InterruptedException interrupted(Exception why) {
    requireNotStopped();
    InterruptedException interrupted = new InterruptedException(why.getMessage());
    interrupted.initCause(why);
    return interrupted;
  }

  private synchronized void requireNotStopped() {
    if (stopped) {
      throw new KafkaException("the scheduler stops");
    }
  }

  private synchronized void end() {
    waiting.remove(Thread.currentThread());
    if (stopped) {
      Thread.interrupted(); // meant for the opening only
    }
  }

  /** Whether nothing more may begin. */
  synchronized boolean areStopped() {
    return stopped;
  }

  /** Ends what is under way, and lets nothing more begin. Returns at once. */
  synchronized void stop() {
    stopped = true;
    waiting.forEach(Thread::interrupt);
  }
}
