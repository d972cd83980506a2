package io.actionscheduler.engine;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Recollection;
import io.actionscheduler.callback.Report;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** A callback that notes what it is given and answers as a test says. */
final class FakeCallback implements BatchCallback {
  private final List<Delivery> attempts = new CopyOnWriteArrayList<>();
  private final List<Delivery> delivered = new CopyOnWriteArrayList<>();
  private final Semaphore open = new Semaphore(Integer.MAX_VALUE / 2);
  private volatile int concurrency = 2;
  private volatile boolean remembers;
  private volatile boolean deaf;
  private volatile boolean hadNothing;
  private volatile Map<String, Instant> remembered;
  private volatile Function<Delivery, CallbackException> answer = delivery -> null;

  /** Its target holds each of these actions' fires up to a time, or cannot be asked: null. */
  void remember(Map<String, Instant> settledUntil) {
    remembers = true;
    remembered = settledUntil;
  }

  @Override
  public boolean remembers() {
    return remembers;
  }

  @Override
  public Recollection recall() throws CallbackException {
    Map<String, Instant> held = remembered;
    if (held == null) {
      throw CallbackException.unavailable("no answer", null);
    }
    return action -> Optional.ofNullable(held.get(action.text()));
  }

  /** Takes so many calls at a time, from the next start of the engine on. */
  void concurrency(int calls) {
    concurrency = calls;
  }

  /** From now on {@code answer} decides: null takes a fire, an exception fails it. */
  void answer(Function<Delivery, CallbackException> answer) {
    this.answer = answer;
  }

  /** Calls confirm their first fire at once, and no interrupt ends them where they hang. */
  void beDeaf() {
    deaf = true;
  }

  void takeAll() {
    answer(delivery -> null);
  }

  /** Calls hang from now on, until {@link #release}. */
  void hang() {
    open.drainPermits();
  }

  boolean isHanging() {
    return open.availablePermits() < Integer.MAX_VALUE / 4;
  }

  void release() {
    open.drainPermits();
    open.release(Integer.MAX_VALUE / 2);
  }

  List<Delivery> attempts() {
    return attempts;
  }

  List<Delivery> delivered() {
    return delivered;
  }

  /** {@code 7@10:00:00}: ids with the time of day in UTC, in order of delivery. */
  List<String> deliveredTimes() {
    return delivered.stream().map(FakeCallback::shortId).toList();
  }

  static String shortId(Delivery delivery) {
    String at = delivery.fire().scheduledAt().toString();
    return delivery.action().id() + "@" + at.substring(11, at.length() - 1);
  }

  /** Whether it was ever handed a batch without fires. */
  boolean hadNothingToDeliver() {
    return hadNothing;
  }

  @Override
  public void deliver(List<Delivery> batch, Report report) throws InterruptedException {
    hadNothing |= batch.isEmpty();
    attempts.addAll(batch);
    if (deaf && batch.size() > 1) {
      report.delivered(0);
    }
    if (deaf) {
      open.acquireUninterruptibly();
    } else {
      open.acquire();
    }
    for (int i = 0; i < batch.size(); i++) {
      CallbackException failure = answer.apply(batch.get(i));
      if (failure == null) {
        delivered.add(batch.get(i));
        report.delivered(i);
      } else {
        report.failed(i, failure);
      }
    }
  }

  @Override
  public int batchSize() {
    return 100;
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public void close() {}
}
