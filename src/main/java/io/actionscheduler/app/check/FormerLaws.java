package io.actionscheduler.app.check;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.ZoneLaw;
import io.actionscheduler.zone.LawDifference;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The former laws of time zones under which entries of a ledger were recorded. */
final class FormerLaws {
  private final Map<String, Account> accounts = new TreeMap<>(); // by the stored form of the zone

  private static final class Account {
    private final Timing timing;
    private final Set<ActionId> actions = new HashSet<>();
    private Instant until;

    Account(Timing timing, Instant until) {
      this.timing = timing;
      this.until = until;
    }
  }

  void add(ActionId action, Timing timing, Instant until) {
    Account account =
        accounts.computeIfAbsent(timing.storedZone(), zone -> new Account(timing, until));
    account.actions.add(action);
    account.until = account.until.isBefore(until) ? until : account.until;
  }

  /** A line for each zone. */
  List<String> lines() {
    return accounts.values().stream().map(FormerLaws::line).toList();
  }

  private static String line(Account account) {
    ZoneLaw then = account.timing.law();
    String name = ZoneLaw.name(account.timing.zone().getId());
    ZoneLaw now = ZoneLaw.of(ZoneId.of(name));
    return "the law of "
        + name
        + " changed: "
        + account.actions.size()
        + (account.actions.size() == 1 ? " action" : " actions")
        + " used time zone data "
        + then.version()
        + " until "
        + account.until
        + ", and that time is verified by them; "
        + now.version()
        + LawDifference.first(then.rules(), now.rules(), LawDifference.FROM)
            .map(
                law ->
                    " has offset "
                        + law.other()
                        + " instead of "
                        + law.one()
                        + " since "
                        + law.since())
            .orElse(" is the same");
  }
}
