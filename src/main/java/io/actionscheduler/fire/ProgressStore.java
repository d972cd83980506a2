package io.actionscheduler.fire;

import java.util.Collection;
import java.util.function.Consumer;

/** Where progress survives. Safe for use by several threads. */
public interface ProgressStore {

  /** Hands over everything kept, in no particular order, without holding all of it in memory. */
  void readAll(Consumer<Progress> each) throws StoreException;

  /**
   * Keeps these, replacing what was kept under their keys. Returns when they are on disk: all, or
   * none of them when it throws.
   */
  void save(Collection<Progress> progress) throws StoreException;

  /** Forgets these; what is not there is passed over. All, or none when it throws. */
  void remove(Collection<ProgressKey> keys) throws StoreException;
}
