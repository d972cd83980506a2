package io.actionscheduler.fire;

import io.actionscheduler.action.ActionId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Where progress survives; {@link Store#record} writes it. Safe for use by several threads. */
public interface ProgressStore {

  /**
   * Hands over what is kept of {@code ids}, in no particular order, without holding all of it in
   * memory. Its work does not grow with what is kept of others.
   */
  void readProgress(IdScope ids, Consumer<Progress> each) throws StoreException;

  /** Hands over everything kept; see {@link #readProgress}. */
  default void readAll(Consumer<Progress> each) throws StoreException {
    readProgress(IdScope.ALL, each);
  }

  /** The progress of one action, at each of its callbacks; none where there is none. */
  default List<Progress> progressOf(ActionId action) throws StoreException {
    List<Progress> found = new ArrayList<>();
    readAll(
        progress -> {
          if (progress.key().action().equals(action)) {
            found.add(progress);
          }
        });
    return found;
  }
}
