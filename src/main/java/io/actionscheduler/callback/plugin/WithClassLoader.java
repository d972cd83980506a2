package io.actionscheduler.callback.plugin;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Recollection;
import io.actionscheduler.callback.Report;
import java.util.List;

/**
 * A callback from a plugin, called with the plugin's class loader as that of the thread: libraries
 * find drivers and services through the thread, not through the class that called them.
 */
final class WithClassLoader implements BatchCallback {
  private final BatchCallback callback;
  private final ClassLoader loader;

  WithClassLoader(BatchCallback callback, ClassLoader loader) {
    this.callback = requireNonNull(callback, "callback is null");
    this.loader = requireNonNull(loader, "loader is null");
  }

  /** Makes {@code loader} the thread's, and returns the one before it, to be put back. */
  static ClassLoader enter(ClassLoader loader) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    return before;
  }

  @Override
  public void deliver(List<Delivery> batch, Report report) throws InterruptedException {
    ClassLoader before = enter(loader);
    try {
      callback.deliver(batch, report);
    } finally {
      enter(before);
    }
  }

  @Override
  public void warmUp() throws InterruptedException {
    ClassLoader before = enter(loader);
    try {
      callback.warmUp();
    } finally {
      enter(before);
    }
  }

  @Override
  public boolean remembers() {
    return callback.remembers();
  }

  @Override
  public Recollection recall() throws CallbackException, InterruptedException {
    ClassLoader before = enter(loader);
    try {
      return callback.recall();
    } finally {
      enter(before);
    }
  }

  @Override
  public int batchSize() {
    return callback.batchSize();
  }

  @Override
  public int concurrency() {
    return callback.concurrency();
  }

  @Override
  public void stopping() {
    ClassLoader before = enter(loader);
    try {
      callback.stopping();
    } finally {
      enter(before);
    }
  }

  @Override
  public void close() {
    ClassLoader before = enter(loader);
    try {
      callback.close();
    } finally {
      enter(before);
    }
  }
}
