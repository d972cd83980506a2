package io.actionscheduler.fire;

import io.actionscheduler.action.ActionId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Past fires in detail, bounded by age and number. */
public interface HistoryStore {

  /**
   * Which records are asked for.
   *
   * @param statuses empty for all
   * @param causes empty for all
   * @param from the scheduled time at or after which; empty for no bound
   * @param to the scheduled time before which; empty for no bound
   */
  record Filter(
      Optional<ActionId> action,
      Set<Run.Status> statuses,
      Set<Cause> causes,
      Optional<Instant> from,
      Optional<Instant> to) {
    public static final Filter ALL =
        new Filter(Optional.empty(), Set.of(), Set.of(), Optional.empty(), Optional.empty());

    /** Whether {@code run} is asked for. */
    public boolean matches(Run run) {
      return action.map(run.key().action()::equals).orElse(true)
          && (statuses.isEmpty() || statuses.contains(run.status()))
          && (causes.isEmpty() || causes.contains(run.cause()))
          && from.map(at -> !run.fires().last().isBefore(at)).orElse(true)
          && to.map(at -> run.fires().first().isBefore(at)).orElse(true);
    }
  }

  /** A run with its place in the history: later ones have larger numbers, and none is left out. */
  record Entry(long number, Run run) {}

  /** As far as records that match a filter are counted. */
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
   */
  List<Entry> history(Filter filter, long before, int most) throws StoreException;

  /** The records that match with a number above {@code after}, in ascending order. */
  List<Entry> historyAfter(Filter filter, long after, int most) throws StoreException;

  /**
   * A page by its place: the latest records that match, latest first, without the first {@code
   * skip} of them. Pages move on as records come; {@link #history} goes on from a number.
   *
   * @param skip with a filter {@link #MOST_COUNTED} at most, as only so many are counted
   * @param most how many at most
   */
  List<Entry> historyPage(Filter filter, long skip, int most) throws StoreException;

  /** How many records match: all of them exactly, those of a filter up to a bound. */
  Count countHistory(Filter filter) throws StoreException;

  /** The record of that number, or empty when there is none, or no longer. */
  default Optional<Entry> historyEntry(long number) throws StoreException {
    return number < 1 || number == Long.MAX_VALUE
        ? Optional.empty()
        : history(Filter.ALL, number + 1, 1).stream()
            .filter(entry -> entry.number() == number)
            .findFirst();
  }

  /** Adds runs that were asked for by hand: it needs no ownership, and touches nothing else. */
  void addByHand(Collection<Run> runs) throws StoreException;

  /**
   * Drops what ended before {@code before}, and the oldest beyond {@code maxRows}; a bounded part
   * of it at a time. The latest one stays in any case.
   *
   * @return whether more is to be dropped
   */
  boolean pruneHistory(Instant before, long maxRows) throws StoreException;

  /**
   * Makes the runs of one action quick to find among some thousands of records for which that was
   * not done yet, as after an upgrade.
   *
   * @return whether there were any
   */
  default boolean indexHistory() throws StoreException {
    return false;
  }
}
