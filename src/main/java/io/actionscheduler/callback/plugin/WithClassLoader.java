package io.actionscheduler.callback.plugin;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.ForwardingCallback;
import io.actionscheduler.callback.Recollection;
import io.actionscheduler.callback.Report;
import java.util.List;

/**
 * A callback from a plugin, called with the plugin's class loader as that of the thread: libraries
 * find drivers and services through the thread, not through the class that called them.
 */
final class WithClassLoader extends ForwardingCallback {
  private final ClassLoader loader;

  WithClassLoader(BatchCallback callback, ClassLoader loader) {
    super(callback);
    this.loader = requireNonNull(loader, "loader is null");
  }

  /**
   * Makes {@code loader} the class loader of the thread, and returns the previous one, which has to
   * be put back.
   */
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
      super.deliver(batch, report);
    } finally {
      enter(before);
    }
  }

  @Override
  public void warmUp() throws InterruptedException {
    ClassLoader before = enter(loader);
    try {
      super.warmUp();
    } finally {
      enter(before);
    }
  }

  @Override
  public Recollection recall() throws CallbackException, InterruptedException {
    ClassLoader before = enter(loader);
    try {
      return super.recall();
    } finally {
      enter(before);
    }
  }

  @Override
  public void stopping() {
    ClassLoader before = enter(loader);
    try {
      super.stopping();
    } finally {
      enter(before);
    }
  }

  @Override
  public void close() {
    ClassLoader before = enter(loader);
    try {
      super.close();
    } finally {
      enter(before);
    }
  }
}
