package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("time")
class ZoneTextTest {

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({
    "UTC, Etc/UTC, true",
    "UTC, Z, true",
    "Etc/GMT-3, +03:00, true",
    "Asia/Calcutta, Asia/Kolkata, true",
    "US/Pacific, America/Los_Angeles, true",
    "Europe/Berlin, Europe/Paris, false",
    "Europe/Berlin, UTC, false",
    "+01:00, Europe/Berlin, false"
  })
  void zonesAreTheSameWhereTheirClocksAre(String one, String other, boolean same) {
    assertThat(ZoneText.sameRules(ZoneId.of(one), ZoneId.of(other))).isEqualTo(same);
    assertThat(ZoneText.sameRules(ZoneId.of(other), ZoneId.of(one))).isEqualTo(same);
  }

  @Test
  void zonesThatDifferedLongAgoAreTheSameSinceThen() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    ZoneId paris = ZoneId.of("Europe/Paris");

    assertThat(ZoneText.sameRules(berlin, paris, Instant.parse("2000-01-01T00:00:00Z"))).isTrue();
    assertThat(ZoneText.sameRules(berlin, paris, Instant.parse("1977-01-01T00:00:00Z"))).isFalse();
  }

  @Test
  void schedulesWhoseClocksDifferedBeforeAnyStoreMeanTheSame() throws InvalidSchedule {
    Schedule berlin = Parsing.plain("0 9 * * *", "Europe/Berlin");
    Schedule paris = Parsing.plain("0 9 * * *", "Europe/Paris");

    assertThat(berlin.meansTheSameAs(paris)).isTrue();
    assertThat(berlin).isNotEqualTo(paris);
    assertThat(berlin.meansTheSameAs(Parsing.plain("0 9 * * *", "Europe/London"))).isFalse();
    assertThat(berlin.meansTheSameAs(Parsing.plain("0 9 * * *", "+01:00"))).isFalse();
  }

  @Test
  void schedulesOfTheSameClockMeanTheSame() throws InvalidSchedule {
    Schedule one = Parsing.plain("0 9 * * *", "UTC");
    Schedule other = Parsing.plain("0 9 * * *", "Etc/UTC");

    assertThat(one.meansTheSameAs(other)).isTrue();
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
  }
}
