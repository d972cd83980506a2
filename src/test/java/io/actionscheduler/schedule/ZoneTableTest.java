package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.zone.Zones;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of a zone has the offsets and the changes of its rules. */
@Tag("time")
class ZoneTableTest {
  private static void assertSpan(ZoneTable table, ZoneRules rules, long second) {
    Instant at = Instant.ofEpochSecond(second);
    ZoneOffsetTransition last = rules.previousTransition(at.plusNanos(1));
    ZoneOffsetTransition next = rules.nextTransition(at);
    int offset = rules.getOffset(at).getTotalSeconds();
    Span expected =
        new Span(
            last == null ? -Span.FAR : last.toEpochSecond(),
            next == null ? Span.FAR : next.toEpochSecond(),
            last == null ? offset : last.getOffsetBefore().getTotalSeconds(),
            offset);
    if (!table.at(second).equals(expected)) {
      assertThat(table.at(second)).as("at %s", at).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Asia/Tokyo",
        "Europe/Berlin",
        "America/Nuuk",
        "Africa/Casablanca",
        "Pacific/Apia"
      })
  void eachMomentLiesInItsSpan(String zone) {
    ZoneTable table = new ZoneTable(ZoneId.of(zone));
    ZoneRules rules = ZoneId.of(zone).getRules();
    for (long month = -3000; month < 6000; month++) { // from 1720 until 2463, past the table
      assertSpan(table, rules, month * 2_629_746);
    }
    ZoneOffsetTransition change = rules.nextTransition(Instant.MIN.plusSeconds(999_999));
    for (int i = 0; change != null && i < 800; i++) { // Berlin's table ends with the 600th
      assertSpan(table, rules, change.toEpochSecond() - 1);
      assertSpan(table, rules, change.toEpochSecond());
      assertSpan(table, rules, change.toEpochSecond() + 1);
      change = rules.nextTransition(change.getInstant());
    }
  }

  @Test
  void atTheEndsOfTimeTheOffsetStaysAsItIs() {
    Span last = new ZoneTable(ZoneId.of("Europe/Berlin")).at(Instant.MAX.getEpochSecond());
    Span first = new ZoneTable(ZoneId.of("Europe/Berlin")).at(Instant.MIN.getEpochSecond());

    assertThat(last.end()).isEqualTo(Span.FAR);
    assertThat(last.offset()).isIn(3600, 7200);
    assertThat(first.start()).isEqualTo(-Span.FAR);
    assertThat(first.offset()).isEqualTo(3208); // local mean time
    assertThat(first.before()).isEqualTo(3208);
  }

  @Test
  void onlyAZoneWithoutChangesIsFixed() {
    assertThat(new ZoneTable(ZoneOffset.UTC).isFixed()).isTrue();
    assertThat(new ZoneTable(ZoneId.of("Europe/Berlin")).isFixed()).isFalse();
  }

  @Test
  void tablesAreEqualWhereTheClocksAgreeFrom1970On() {
    ZoneTable berlin = new ZoneTable(ZoneId.of("Europe/Berlin"));
    ZoneTable paris = new ZoneTable(ZoneId.of("Europe/Paris"));
    ZoneTable tokyo = new ZoneTable(ZoneId.of("Asia/Tokyo"));

    assertThat(berlin).isEqualTo(new ZoneTable(ZoneId.of("Europe/Berlin")));
    assertThat(berlin).hasSameHashCodeAs(new ZoneTable(ZoneId.of("Europe/Berlin")));
    assertThat(tokyo).isEqualTo(new ZoneTable(ZoneOffset.ofHours(9)));
    assertThat(tokyo).hasSameHashCodeAs(new ZoneTable(ZoneOffset.ofHours(9)));
    assertThat(berlin).isNotEqualTo(paris).isNotEqualTo(tokyo).isNotEqualTo("Europe/Berlin");
    assertThat(berlin.hashCode()).isEqualTo(31 * 7200 + 3600);
    assertThat(tokyo).isNotEqualTo(new ZoneTable(ZoneOffset.ofHours(8)));
    assertThat(berlin.agreesFrom(1_577_836_800, paris)).isTrue();
    assertThat(berlin.agreesFrom(0, paris)).isFalse();
    assertThat(berlin.agreesFrom(0, berlin)).isTrue();
    // As many changes as Berlin's at other moments, and at the same moments with other offsets.
    assertThat(berlin.agreesFrom(1_577_836_800, new ZoneTable(ZoneId.of("America/New_York"))))
        .isFalse();
    assertThat(berlin.agreesFrom(1_577_836_800, new ZoneTable(ZoneId.of("Europe/Athens"))))
        .isFalse();
  }

  @Test
  void clocksAreComparedFromTheMomentOnThatTheyAgree() {
    ZoneTable berlin = new ZoneTable(ZoneId.of("Europe/Berlin"));
    ZoneTable paris = new ZoneTable(ZoneId.of("Europe/Paris"));
    long agree = Instant.parse("1979-09-30T01:00:00Z").getEpochSecond(); // winter in both

    // Paris had summer time in 1979, Berlin from April 1980 on.
    assertThat(berlin.agreesFrom(agree, paris)).isTrue();
    assertThat(berlin.agreesFrom(agree - 1, paris)).isFalse();
  }

  @Test
  void aTableIsCurrentAsLongAsItsZoneHasTheSameRules() {
    ZoneId zone = Zones.former("Test/Table", "2001a", ZoneOffset.ofHours(1).getRules());

    assertThat(new ZoneTable(zone).isCurrent()).isTrue();
    assertThat(new ZoneTable(zone).law().stored()).isEqualTo("Test/Table~2001a");
  }
}
