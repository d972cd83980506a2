package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
  @TempDir Path folder;

  @Test
  void itSaysInWordsWhatAScheduleMeansAndWhoReadsItInAnotherWay() {
    Typed typed = explain("0 9 */2 * MON", "--timezone", "UTC", "--after", "2026-11-27T20:00:00Z");

    assertThat(typed.code()).isZero();
    assertThat(typed.out().lines())
        .contains(
            "here: at 09:00 on every 2nd day from the 1st to the 31st of the month, only on "
                + "Mondays, by"
                + " the clock of UTC",
            "  next: 2026-12-07T09:00:00+00:00, 2026-12-21T09:00:00+00:00, "
                + "2027-01-11T09:00:00+00:00",
            "the same: Debian cron, cronie, Spring, APScheduler",
            "robfig/cron (Kubernetes): differs: 2026-11-29T09:00:00+00:00, "
                + "2026-11-30T09:00:00+00:00,"
                + " 2026-12-01T09:00:00+00:00",
            "systemd: refuses it: not a calendar event, such as Mon *-*-* 09:00");
  }

  @Test
  void weekdayNumbersAreWhatMostDifferIn() {
    assertThat(explain("0 9 * * 1", "--timezone", "UTC", "--after", "2026-11-27T20:00:00Z").out())
        .contains("the same: Debian cron, cronie, Spring, robfig/cron (Kubernetes), croner")
        .contains("APScheduler: differs: 2026-12-01T09:00:00+00:00");
  }

  @Test
  void whatIsNoScheduleHereMayBeOneElsewhere() {
    Typed typed = explain("0/15 9 * * *", "--timezone", "UTC");

    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.out())
        .contains("here: refused: minute \"0/15\": a step needs * or a range before it")
        .contains("Debian cron: refuses it")
        .contains("Spring: takes it: ");
  }

  @Test
  void clockChangesAreToldWhereTheyMatter() {
    assertThat(explain("30 2 * * *", "--timezone", "Europe/Berlin").out())
        .contains("Times that the clock skips fire once, when the gap ends");
  }

  @Test
  void othersKnowNoIntervals() {
    assertThat(explain("1h", "--timezone", "UTC").out())
        .contains("here: every hour, counted from 1970-01-01T00:00:00Z")
        .doesNotContain("cronie");
  }

  @Test
  void programsReadJson() throws Exception {
    Typed typed =
        explain("@daily", "--timezone", "UTC", "--after", "2026-11-27T20:00:00Z", "--json");
    Map<?, ?> form = (Map<?, ?>) Json.parse(typed.out());

    assertThat(form.get("words")).isEqualTo("at 00:00 every day");
    assertThat(form.get("error")).isNull();
    assertThat((List<?>) form.get("next")).hasSize(3);
    assertThat((List<?>) form.get("same")).isNotEmpty();
    assertThat((List<?>) form.get("others")).isNotEmpty();
  }

  @Test
  void aWrongZoneIsWrongUsage() {
    assertThat(explain("@daily", "--timezone", "Mars/Base").code()).isEqualTo(2);
  }

  private Typed explain(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "explain";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Installation.in(folder).type(all);
  }

  /** The next three times alone would look the same. */
  @Test
  void aDifferenceBehindTheNextTimesIsSaid() {
    String explained =
        explain("30 2 * * 7", "--timezone", "Europe/Berlin", "--after", "2026-11-27T20:00:00Z")
            .out();
    assertThat(explained)
        .contains("Spring: differs at 2027-03-28T03:00:00+02:00; before that, the same\n");
  }

  @Test
  void theStartOfAMachineIsNotSaidToBeRefusedByCron() {
    assertThat(explain("@reboot").out())
        .contains("a start of the machine is not a time")
        .doesNotContain("cron: refuses");
  }
}
