package io.actionscheduler.fire;

import java.util.function.Consumer;

/** Where progress survives; {@link Store#record} writes it. Safe for use by several threads. */
public interface ProgressStore {

  /** Hands over everything kept, in no particular order, without holding all of it in memory. */
  void readAll(Consumer<Progress> each) throws StoreException;
}
