package io.actionscheduler.app.check;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Discrepancy;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.Verified;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.text.CronReader;
import io.actionscheduler.text.Quoted;
import io.actionscheduler.verify.Counts;
import io.actionscheduler.verify.Findings;
import io.actionscheduler.verify.Period;
import io.actionscheduler.verify.Received;
import io.actionscheduler.verify.Verification;
import io.actionscheduler.verify.ZoneData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/** Compares the ledger of a store with the schedules and sums up the result; for one use. */
public final class LedgerCheck implements Findings {
  private static final int MOST_NAMED = 1_000;

  private final Store store;
  private final CronReader crons;
  private final BiConsumer<ActionId, Counts> each;
  private final IntConsumer expected;
  private final Runnable looked;
  private final List<Discrepancy> named = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();
  private final FormerLaws laws = new FormerLaws();

  /**
   * @param crons reads the schedules of the ledger
   * @param each receives the counts of each action
   */
  public LedgerCheck(Store store, CronReader crons, BiConsumer<ActionId, Counts> each) {
    this(store, crons, each, actions -> {}, () -> {});
  }

  /**
   * The same with word of how far it is.
   *
   * @param expected receives the number of actions that are looked at
   * @param looked runs after each of them
   */
  public LedgerCheck(
      Store store,
      CronReader crons,
      BiConsumer<ActionId, Counts> each,
      IntConsumer expected,
      Runnable looked) {
    this.store = requireNonNull(store, "store is null");
    this.crons = requireNonNull(crons, "crons is null");
    this.each = requireNonNull(each, "each is null");
    this.expected = requireNonNull(expected, "expected is null");
    this.looked = requireNonNull(looked, "looked is null");
  }

  /**
   * Runs the check.
   *
   * @param action empty for all
   * @param received what a receiver got, to check deliveries against; empty to trust the callbacks
   * @throws StoreException when the store cannot be read
   */
  public Verified run(
      Period period, Optional<ActionId> action, Optional<Received> received, Instant now)
      throws StoreException {
    Counts counts = new Verification(period, crons::readKept, this, received).run(store, action);
    return new Verified(
        now, period.from(), period.to(), ZoneData.version(), counts.byVerdict(), named);
  }

  /** Schedules that can't be read any more, as messages; the first thousand. */
  public List<String> unreadable() {
    return List.copyOf(unreadable);
  }

  /** Zones whose law changed since the times were recorded, as messages. */
  public List<String> formerLaws() {
    return laws.lines();
  }

  @Override
  public void formerLaw(ProgressKey key, Timing timing, Instant begunAt, Instant until) {
    laws.add(key.action(), timing, until);
  }

  @Override
  public void discrepancy(Discrepancy found) {
    if (named.size() < MOST_NAMED) {
      named.add(found);
    }
  }

  @Override
  public void unreadable(ProgressKey key, String cron, String zone) {
    if (unreadable.size() < MOST_NAMED) {
      unreadable.add(
          "action "
              + key.action()
              + " at "
              + key.callback()
              + ": stored cron "
              + Quoted.quote(cron)
              + " can no longer be read; its times are counted as the ledger has them");
    }
  }

  @Override
  public void expected(int actions) {
    expected.accept(actions);
  }

  @Override
  public void looked() {
    looked.run();
  }

  @Override
  public void action(ActionId id, Counts counts) {
    each.accept(id, counts);
  }
}
