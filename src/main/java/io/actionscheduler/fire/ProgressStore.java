package io.actionscheduler.fire;

import io.actionscheduler.action.ActionId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Stores progress; {@link Store#record} writes it. Safe for use by several threads. */
public interface ProgressStore {

  /**
   * Hands over the stored progress of {@code ids}, in no particular order, without holding all of
   * it in memory. Its work does not grow with the progress of other actions.
   *
   * @throws StoreException when the store cannot be read
   */
  void readProgress(IdScope ids, Consumer<Progress> each) throws StoreException;

  /**
   * Hands over all stored progress; see {@link #readProgress}.
   *
   * @throws StoreException when the store cannot be read
   */
  default void readAll(Consumer<Progress> each) throws StoreException {
    readProgress(IdScope.ALL, each);
  }

  /**
   * Hands over the progress of all actions whose latest settled fire failed permanently.
   *
   * @throws StoreException when the store cannot be read
   */
  default void readFailed(Consumer<Progress> each) throws StoreException {
    readAll(
        progress -> {
          if (progress.account().outcome().filter(Outcome.FAILED::equals).isPresent()) {
            each.accept(progress);
          }
        });
  }

  /**
   * The progress of one action at each of its callbacks; empty where there is none.
   *
   * @throws StoreException when the store cannot be read
   */
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
