package io.actionscheduler.store.ownership;

import org.jdbi.v3.core.Handle;

/** The ownership of a store that this process has not taken yet. */
public final class NotYetOwned implements Ownership {

  @Override
  public boolean isHeld() {
    return false;
  }

  @Override
  public void check() throws NotOwned {
    throw new NotOwned("this process does not own it, and must not write to it");
  }

  @Override
  public void check(Handle handle) throws NotOwned {
    check();
  }

  @Override
  public void close() {
    // nothing is held
  }
}
