package io.actionscheduler.testing;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a callback reported on a batch; reporting on a fire twice is an error. */
public class Reported implements Report {
  private final Map<Integer, String> delivered = new TreeMap<>();
  private final Map<Integer, CallbackException> failed = new TreeMap<>();

  /** What {@code callback} reports on {@code batch}. */
  public static Reported on(BatchCallback callback, List<Delivery> batch)
      throws InterruptedException {
    Reported reported = new Reported();
    callback.deliver(batch, reported);
    return reported;
  }

  @Override
  public void delivered(int index) {
    delivered(index, "");
  }

  @Override
  public synchronized void delivered(int index, String output) {
    once(index);
    delivered.put(index, output);
  }

  @Override
  public synchronized void failed(int index, CallbackException why) {
    once(index);
    failed.put(index, why);
  }

  /** Places in the batch that were delivered, ascending. */
  public synchronized List<Integer> delivered() {
    return List.copyOf(delivered.keySet());
  }

  /** Commands of the batch that were delivered. */
  public synchronized List<String> delivered(List<Delivery> batch) {
    List<String> commands = new ArrayList<>();
    delivered.keySet().forEach(index -> commands.add(batch.get(index).action().command()));
    return commands;
  }

  /** What the target answered to a fire that was delivered. */
  public synchronized String output(int index) {
    return delivered.get(index);
  }

  /** Failures by place in the batch. */
  public synchronized Map<Integer, CallbackException> failed() {
    return new TreeMap<>(failed);
  }

  public synchronized int count() {
    return delivered.size() + failed.size();
  }

  private void once(int index) {
    if (delivered.containsKey(index) || failed.containsKey(index)) {
      throw new IllegalStateException("reported on twice: " + index);
    }
  }
}
