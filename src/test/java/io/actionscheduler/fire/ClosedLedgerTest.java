package io.actionscheduler.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.text.CronReader;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The ledger of progress that ends has each scheduled time once. */
class ClosedLedgerTest {
  private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");
  private static final ProgressKey KEY = new ProgressKey(ActionId.of(7), "main");

  private static Timing everyMinute() throws InvalidSchedule {
    return new CronReader(new ScheduleParser(UnixDialect.CRONTAB, value -> null))
        .read("* * * * *", ZoneOffset.UTC);
  }

  private static Progress progress(Account account, Instant settledUntil) {
    return new Progress(KEY, settledUntil, "* * * * *", "Z", false, account, Optional.empty());
  }

  @Test
  void whatWasSettledAndWhatNeverStartsFollowEachOther() throws Exception {
    Account account = new Account(TEN, Optional.of(Outcome.DELIVERED), TEN.plusSeconds(60), 3);
    ClosedLedger closed =
        ClosedLedger.of(
            progress(account, TEN.plusSeconds(180)),
            Optional.of(everyMinute().schedule()),
            Outcome.SUPERSEDED,
            TEN.plusSeconds(330));
    assertThat(closed.stretches())
        .containsExactly(
            new LedgerEntry(
                KEY,
                TEN,
                Outcome.DELIVERED,
                new Stretch(TEN.plusSeconds(60), TEN.plusSeconds(180), 3)),
            new LedgerEntry(
                KEY,
                TEN,
                Outcome.SUPERSEDED,
                new Stretch(TEN.plusSeconds(240), TEN.plusSeconds(300), 2)));
    assertThat(closed.versions())
        .containsExactly(new LedgerVersion(KEY, "* * * * *", "Z", TEN, TEN.plusSeconds(330)));
  }

  @Test
  void aVersionWithoutAnyTimeIsLeftOut() throws Exception {
    ClosedLedger closed =
        ClosedLedger.of(
            progress(Account.begun(TEN), TEN),
            Optional.of(everyMinute().schedule()),
            Outcome.SUPERSEDED,
            TEN);
    assertThat(closed.stretches()).isEmpty();
    assertThat(closed.versions()).isEmpty();
  }

  @Test
  void ofAScheduleThatCannotBeReadOnlyWhatWasSettledIsKnown() {
    Account account = new Account(TEN, Optional.of(Outcome.FAILED), TEN.plusSeconds(60), 1);
    ClosedLedger closed =
        ClosedLedger.of(
            progress(account, TEN.plusSeconds(60)),
            Optional.empty(),
            Outcome.SUPERSEDED,
            TEN.plusSeconds(600));
    assertThat(closed.stretches()).hasSize(1);
    assertThat(closed.versions()).hasSize(1);
  }
}
