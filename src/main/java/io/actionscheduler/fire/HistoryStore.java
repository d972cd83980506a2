package io.actionscheduler.fire;

import io.actionscheduler.action.ActionId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Details of past fires, limited by age and number. */
public interface HistoryStore {

  /**
   * Selects records.
   *
   * @param statuses empty for all
   * @param causes empty for all
   * @param from scheduled at or after this time; empty for no limit
   * @param to scheduled before this time; empty for no limit
   */
  record Filter(
      Optional<ActionId> action,
      Set<Run.Status> statuses,
      Set<Cause> causes,
      Optional<Instant> from,
      Optional<Instant> to) {
    public static final Filter ALL =
        new Filter(Optional.empty(), Set.of(), Set.of(), Optional.empty(), Optional.empty());

    /** Selects all records of one action. */
    public static Filter of(ActionId action) {
      return new Filter(
          Optional.of(action), Set.of(), Set.of(), Optional.empty(), Optional.empty());
    }

    /** Whether {@code run} is selected. */
    public boolean matches(Run run) {
      return action.map(run.key().action()::equals).orElse(true)
          && (statuses.isEmpty() || statuses.contains(run.status()))
          && (causes.isEmpty() || causes.contains(run.cause()))
          && from.map(at -> !run.fires().last().isBefore(at)).orElse(true)
          && to.map(at -> run.fires().first().isBefore(at)).orElse(true);
    }
  }

  /** A run with its number in the history: later runs have larger numbers, without gaps. */
  record Entry(long number, Run run) {

    /** The same with an empty output. */
    public Entry withoutOutput() {
      return new Entry(number, run.withoutOutput());
    }
  }

  /** Records that match a filter are counted up to this number. */
  int MOST_COUNTED = 10_000;

  /**
   * How many records match.
   *
   * @param number of them, or {@link #MOST_COUNTED} where there are more than that
   * @param isExact whether there are no more
   */
  record Count(long number, boolean isExact) {

    /** As people read it: {@code 7}, {@code 10000+}. */
    @Override
    public String toString() {
      return number + (isExact ? "" : "+");
    }
  }

  /**
   * The latest records that match, latest first.
   *
   * @param before only those with a smaller number; {@link Long#MAX_VALUE} to begin with
   * @param most how many at most
   * @throws StoreException when the store cannot be read
   */
  List<Entry> history(Filter filter, long before, int most) throws StoreException;

  /**
   * The latest records that match without their output, latest first: for many of which only times
   * count.
   *
   * @param most how many at most
   * @throws StoreException when the store cannot be read
   */
  default List<Entry> historyWithoutOutput(Filter filter, int most) throws StoreException {
    return history(filter, Long.MAX_VALUE, most).stream().map(Entry::withoutOutput).toList();
  }

  /**
   * The latest records of several actions, each the latest first and without its output: for a page
   * of actions, not for all of them.
   *
   * @param most records of each action at most
   * @return by action, in their order; an empty list for an action without records
   * @throws StoreException when the store cannot be read
   */
  default Map<ActionId, List<Entry>> recentRuns(Collection<ActionId> actions, int most)
      throws StoreException {
    Map<ActionId, List<Entry>> latest = new LinkedHashMap<>();
    for (ActionId action : actions) {
      latest.put(
          action,
          history(Filter.of(action), Long.MAX_VALUE, most).stream()
              .map(Entry::withoutOutput)
              .toList());
    }
    return latest;
  }

  /**
   * The records that match with a number above {@code after}, in ascending order.
   *
   * @throws StoreException when the store cannot be read
   */
  List<Entry> historyAfter(Filter filter, long after, int most) throws StoreException;

  /**
   * A page by position: the latest records that match, latest first, without the first {@code skip}
   * of them. Pages shift when records are added; {@link #history} continues from a number instead.
   *
   * @param skip with a filter {@link #MOST_COUNTED} at most, as only so many are counted
   * @param most how many at most
   * @throws StoreException when the store cannot be read
   */
  List<Entry> historyPage(Filter filter, long skip, int most) throws StoreException;

  /**
   * How many records match: an exact number without a filter, with one up to a limit.
   *
   * @throws StoreException when the store cannot be read
   */
  Count countHistory(Filter filter) throws StoreException;

  /**
   * The record with this number; empty when there is none, or it was removed.
   *
   * @throws StoreException when the store cannot be read
   */
  default Optional<Entry> historyEntry(long number) throws StoreException {
    return number < 1 || number == Long.MAX_VALUE
        ? Optional.empty()
        : history(Filter.ALL, number + 1, 1).stream()
            .filter(entry -> entry.number() == number)
            .findFirst();
  }

  /**
   * The latest run of each action that was attempted and has ended, without its output, by the id
   * of the action; none for an action of which the history has no such run. Quick for a page of
   * actions, however long the history is.
   *
   * @throws StoreException when the store cannot be read
   */
  default Map<ActionId, Entry> latestRuns(Collection<ActionId> actions) throws StoreException {
    Set<Run.Status> ended = Set.of(Run.Status.SUCCESS, Run.Status.FAILED);
    Map<ActionId, Entry> latest = new HashMap<>();
    for (ActionId id : actions) {
      Filter only =
          new Filter(Optional.of(id), ended, Set.of(), Optional.empty(), Optional.empty());
      historyWithoutOutput(only, 1).forEach(entry -> latest.put(id, entry));
    }
    return latest;
  }

  /**
   * Adds runs that a person asked for. Needs no ownership of the store.
   *
   * @throws StoreException when the store cannot be written; nothing is stored then
   */
  void addByHand(Collection<Run> runs) throws StoreException;

  /**
   * Removes records that ended before {@code before}, and the oldest ones beyond {@code maxRows}; a
   * limited number at a time. The latest record always stays.
   *
   * @return whether more records have to be removed
   * @throws StoreException when the store cannot be written, or another process owns it
   */
  boolean pruneHistory(Instant before, long maxRows) throws StoreException;

  /**
   * Makes the runs of one action quick to find among some thousands of records for which that was
   * not done yet, as after an upgrade.
   *
   * @return whether there were any
   * @throws StoreException when the store cannot be written, or another process owns it
   */
  default boolean indexHistory() throws StoreException {
    return false;
  }
}
