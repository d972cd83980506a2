package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.zone.Zones;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A timing, and the law of the zone that it was read under. */
@Tag("time")
class TimingTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneRules TWO_HOURS = ZoneOffset.ofHours(2).getRules();
  private static final ZoneRules THREE_HOURS = ZoneOffset.ofHours(3).getRules();

  private static Timing timing(String text, ZoneId zone) throws InvalidSchedule {
    return Parsing.timing(text, zone);
  }

  private static Timing kept(Timing timing, Windows excluded) {
    return timing.with(new KeptTimes(timing.schedule(), excluded, Instant.EPOCH, Instant.MAX));
  }

  @Test
  void timingsOfOneTextZoneAndLawAreEqual() throws InvalidSchedule {
    Timing noon = timing("0 12 * * *", BERLIN);

    assertThat(timing("0 12 * * *", BERLIN)).isEqualTo(noon).hasSameHashCodeAs(noon);
    assertThat(noon.as("0  12 * * *")).isEqualTo(noon).hasSameHashCodeAs(noon);
    assertThat(timing("0 13 * * *", BERLIN)).isNotEqualTo(noon);
    assertThat(timing("0 13 * * *", BERLIN).hashCode()).isNotEqualTo(noon.hashCode());
    assertThat(timing("0 12 * * *", ZoneOffset.UTC)).isNotEqualTo(noon);
    assertThat(timing("0 12 * * *", ZoneOffset.UTC).hashCode()).isNotEqualTo(noon.hashCode());
    ZoneLaw law = new ZoneLaw("Europe/Berlin~1900a", TWO_HOURS, "1900a");
    assertThat(new Timing("0 12 * * *", "", BERLIN, law, Duration.ZERO, noon.schedule()))
        .isNotEqualTo(noon);
    assertThat(noon).isNotEqualTo("0 12 * * *");
  }

  @Test
  void aTimingWithCalendarsIsEqualWhereItsTimesAre() throws InvalidSchedule {
    Timing noon = timing("0 12 * * *", BERLIN);
    Windows excluded = (from, until) -> List.of();

    assertThat(kept(noon, excluded)).isEqualTo(kept(noon, excluded)).isNotEqualTo(noon);
    assertThat(noon).isNotEqualTo(kept(noon, excluded));
    assertThat(kept(noon, excluded)).isNotEqualTo(kept(noon, excluded.complement()));
    assertThat(kept(noon, excluded).whole().schedule()).isSameAs(noon.schedule());
    assertThat(noon.whole()).isSameAs(noon);
  }

  @Test
  void whatItsSourceHasIsKeptBesideTheCanonicalText() throws InvalidSchedule {
    Timing noon = timing("0 12 * * *", BERLIN);

    assertThat(noon.as("0  12 * * *").written()).isEqualTo("0  12 * * *");
    assertThat(noon.as("0  12 * * *").text()).isEqualTo("0 12 * * *");
    assertThat(noon.as("0 12 * * *")).isSameAs(noon);
  }

  @Test
  void onlyAnIntervalCountsFromAMoment() throws InvalidSchedule {
    assertThat(timing("5m", BERLIN).isInterval()).isTrue();
    assertThat(timing("*/5 * * * *", BERLIN).isInterval()).isFalse();
  }

  @Test
  void twoTimingsFireAlikeWhereTimesAndJitterAreTheSame() throws InvalidSchedule {
    Timing noon = timing("0 12 * * *", BERLIN);
    Timing written = timing("0 12 * * 0-6", BERLIN);
    Timing late = new Timing("0 12 * * 0-6", BERLIN, Duration.ofSeconds(9), written.schedule());

    assertThat(noon.firesLike(noon)).isTrue();
    assertThat(noon.firesLike(written)).isTrue();
    assertThat(noon.firesLike(late)).isFalse();
    assertThat(noon.firesLike(timing("0 13 * * *", BERLIN))).isFalse();
  }

  @Test
  void aNegativeJitterIsRefused() throws InvalidSchedule {
    Schedule schedule = Parsing.utc("5m");

    assertThatThrownBy(() -> new Timing("5m", BERLIN, Duration.ofSeconds(-1), schedule))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("jitter PT-1S is negative");
    assertThat(new Timing("5m", BERLIN, Duration.ZERO, schedule).written()).isEqualTo("5m");
  }

  @Test
  void aZoneIsStoredWithTheVersionOfItsLaw() throws InvalidSchedule {
    ZoneLaw law = ZoneLaw.of(BERLIN);
    Timing noon = timing("0 12 * * *", BERLIN);

    assertThat(law.stored()).isEqualTo("Europe/Berlin~" + law.version());
    assertThat(law.version()).isNotEmpty();
    assertThat(law.rules()).isEqualTo(BERLIN.getRules());
    assertThat(noon.storedZone()).isEqualTo(law.stored());
    assertThat(noon.isInForce()).isTrue();
    ZoneLaw other = new ZoneLaw("Europe/Berlin~1900a", TWO_HOURS, "1900a");
    assertThat(
            new Timing("0 12 * * *", "", BERLIN, other, Duration.ZERO, noon.schedule()).isInForce())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Z", "+02:00", "Etc/GMT-3", "Etc/UTC", "UTC+01:00"})
  void anOffsetByNameHasNoLawThatChanges(String zone) {
    assertThat(ZoneLaw.of(ZoneId.of(zone)))
        .isEqualTo(new ZoneLaw(zone, ZoneId.of(zone).getRules(), ""));
  }

  @ParameterizedTest
  @CsvSource({
    "Test/Town, Test/Town, false",
    "Test/Town~2026f, Test/Town, true",
    "Test/Town~unknown, Test/Town, true",
    "Test/Town~mine, Test/Town~mine, false",
    "Test/Town~2026, Test/Town~2026, false",
  })
  void theNameOfAZoneIsReadWithoutItsLaw(String stored, String name, boolean former) {
    assertThat(ZoneLaw.name(stored)).isEqualTo(name);
    assertThat(ZoneLaw.isFormer(Zones.lost(stored, TWO_HOURS, "2026f"))).isEqualTo(former);
  }

  @Test
  void aFormerLawIsFoundAsLongAsItIsKnown() {
    Zones.former("Europe/Berlin", "1999z", THREE_HOURS);

    assertThat(ZoneLaw.zone("Europe/Berlin~1999z").getRules()).isEqualTo(THREE_HOURS);
    assertThat(ZoneLaw.zone("Europe/Berlin~1999y")).isEqualTo(BERLIN);
    assertThat(ZoneLaw.zone("Europe/Berlin")).isEqualTo(BERLIN);
    assertThat(ZoneLaw.of(ZoneId.of("Europe/Berlin~1999z")))
        .isEqualTo(new ZoneLaw("Europe/Berlin~1999z", THREE_HOURS, "1999z"));
    assertThatThrownBy(() -> ZoneLaw.zone("Test/Nowhere~1999y"))
        .isInstanceOf(DateTimeException.class);
  }

  @Test
  void aStoredScheduleIsTheSameUnderTheSameLaw() throws InvalidSchedule {
    Zones.former("Europe/Berlin", "1998z", THREE_HOURS);
    Timing noon = timing("0 12 * * *", BERLIN);

    assertThat(noon.isStoredAs("0 12 * * *", noon.storedZone())).isTrue();
    assertThat(noon.isStoredAs("0 12 * * *", "Europe/Berlin")).isTrue();
    assertThat(noon.isStoredAs("0 12 * * *", "Europe/Berlin~1997z")).isTrue();
    assertThat(noon.isStoredAs("0 12 * * *", "Europe/Berlin~1998z")).isFalse();
    assertThat(noon.isStoredAs("0 12 * * *", "Europe/Paris")).isFalse();
    assertThat(noon.isStoredAs("0 12 * * *", "Test/Nowhere")).isFalse();
    assertThat(noon.isStoredAs("0 13 * * *", noon.storedZone())).isFalse();
  }

  @Test
  void aTimingDiffersByLawWhereOnlyTheRulesOfItsZoneDo() throws InvalidSchedule {
    ZoneId two = Zones.former("Test/Law", "2001a", TWO_HOURS);
    ZoneId three = Zones.former("Test/Law", "2002a", THREE_HOURS);
    ZoneId elsewhere = Zones.former("Test/Other", "2002a", THREE_HOURS);
    ZoneId same = Zones.former("Test/Law", "2003a", TWO_HOURS);
    Timing noon = timing("0 12 * * *", two);

    assertThat(noon.differsByLawFrom(timing("0 12 * * *", three))).isTrue();
    assertThat(noon.differsByLawFrom(timing("0 13 * * *", three))).isFalse();
    assertThat(noon.differsByLawFrom(timing("0 12 * * *", elsewhere))).isFalse();
    assertThat(noon.differsByLawFrom(timing("0 12 * * *", same))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Berlin",
        "America/New_York",
        "Africa/Monrovia",
        "Asia/Tokyo",
        "Pacific/Apia"
      })
  void aLawIsReadFromItsText(String zone) {
    ZoneLaw law = ZoneLaw.of(ZoneId.of(zone));
    ZoneLaw read = ZoneLaw.read("stored", "2026x", law.text());

    assertThat(read.stored()).isEqualTo("stored");
    assertThat(read.version()).isEqualTo("2026x");
    assertThat(read.text()).isEqualTo(law.text());
    for (int month = 0; month < 1560; month++) { // from 1970 until 2100
      Instant at = Instant.EPOCH.plus(Duration.ofDays(month * 30L));
      assertThat(read.rules().getOffset(at)).isEqualTo(law.rules().getOffset(at));
    }
  }

  @Test
  void theTextOfALawIsItsFirstOffsetAndItsChanges() {
    assertThat(ZoneLaw.of(ZoneOffset.ofHours(1)).text()).isEqualTo("3600");
    assertThat(ZoneLaw.read("x", "", "3600").rules()).isEqualTo(ZoneOffset.ofHours(1).getRules());
    assertThat(ZoneLaw.of(ZoneId.of("Africa/Monrovia")).text()).isEqualTo("-2670 63593070 0");
    assertThat(ZoneLaw.of(BERLIN).text())
        .startsWith("3600 323830800 7200 338950800 3600 ")
        .endsWith(" 4078429200 7200 4096573200 3600");
  }

  @Test
  void theTimeOfAFireMovesWithTheLawOfItsZone() throws InvalidSchedule {
    ZoneId two = Zones.former("Test/Law", "2001a", TWO_HOURS);
    ZoneId three = Zones.former("Test/Law", "2002a", THREE_HOURS);
    Instant noon = Instant.parse("2026-11-28T10:00:00Z");
    Schedule before = timing("0 12 * * *", two).schedule();
    Schedule after = timing("0 12 * * *", three).schedule();

    assertThat(after.movedFrom(before, noon)).isEqualTo("2026-11-28T09:00:00Z");
    assertThat(before.movedFrom(after, noon)).isEqualTo("2026-11-28T11:00:00Z");
    assertThat(after.movedFrom(Parsing.utc("1h"), noon)).isEqualTo(noon);
    assertThat(ClockChanges.FOLLOW.applyTo(after).movedFrom(before, noon)).isEqualTo(noon);
    assertThat(Parsing.utc("1h").movedFrom(before, noon)).isEqualTo(noon);
    Schedule once = timing("2026-11-28 12:00:00", three).schedule();
    assertThat(once.movedFrom(timing("2026-11-28 12:00:00", two).schedule(), noon))
        .isEqualTo("2026-11-28T09:00:00Z");
    assertThat(once.movedFrom(before, noon)).isEqualTo(noon);
    Schedule kept = new KeptTimes(after, Windows.NONE, Instant.MIN, Instant.MAX);
    assertThat(kept.movedFrom(before, noon)).isEqualTo("2026-11-28T09:00:00Z");
    assertThat(kept.movedFrom(new KeptTimes(before, Windows.NONE, Instant.MIN, Instant.MAX), noon))
        .isEqualTo("2026-11-28T09:00:00Z");
  }

  /** In Berlin's summer and winter, an hour is between the offsets at the two moments. */
  @Test
  void theMovedTimeIsThatOfTheClockAtItsDate() throws InvalidSchedule {
    ZoneId two = Zones.former("Test/Law", "2001a", TWO_HOURS);
    Schedule before = timing("30 1 * * *", two).schedule();
    Schedule berlin = timing("30 1 * * *", BERLIN).schedule();

    assertThat(berlin.movedFrom(before, Instant.parse("2026-10-24T23:30:00Z")))
        .isEqualTo("2026-10-24T23:30:00Z");
    assertThat(berlin.movedFrom(before, Instant.parse("2026-10-25T23:30:00Z")))
        .isEqualTo("2026-10-26T00:30:00Z");
  }
}
