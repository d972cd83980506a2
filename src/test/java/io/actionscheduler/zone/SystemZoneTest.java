package io.actionscheduler.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.SimpleDateFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code timezone: system} means, held against what {@code date} says. */
class SystemZoneTest {
  private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");
  private static final Date SUMMER = Date.from(Instant.parse("2026-07-01T12:00:00Z"));

  private final TimeZone before = TimeZone.getDefault();
  private final String property = System.getProperty("user.timezone");

  @BeforeEach
  void nothingSaysOtherwise() {
    System.clearProperty("user.timezone");
  }

  @AfterEach
  void restore() {
    if (property != null) {
      System.setProperty("user.timezone", property);
    }
    TimeZone.setDefault(before);
  }

  @ParameterizedTest(name = "TZ={0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "CET-1CEST,M3.5.0,M10.5.0/3 | +0200 | +0100",
        "EST5EDT,M3.2.0,M11.1.0 | -0400 | -0500",
        "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1 | -0200 | -0300",
        "GMT+3 | -0300 | -0300",
        "GMT-3 | +0300 | +0300",
        "UTC0 | +0000 | +0000",
        "IST-5:30 | +0530 | +0530",
        "Europe/Berlin | +0200 | +0100",
        ":Europe/Berlin | +0200 | +0100",
        "EST | -0500 | -0500",
        "posix/Asia/Tokyo | +0900 | +0900",
        "right/Asia/Tokyo | +0900 | +0900",
        "America/Vancouver | -0700 | -0700",
        "'' | +0000 | +0000"
      })
  void theZoneIsTheOneThatTheSystemsProgramsTake(String variable, String summer, String winter) {
    SystemZone.apply(Map.of("TZ", variable), NOW);

    ZoneId zone = ZoneId.systemDefault();
    assertThat(SystemZone.fault()).isEmpty();
    assertThat(zone.getRules().getOffset(SUMMER.toInstant()).getTotalSeconds())
        .isEqualTo(seconds(summer));
    assertThat(zone.getRules().getOffset(NOW).getTotalSeconds()).isEqualTo(seconds(winter));
    SimpleDateFormat old = new SimpleDateFormat("Z");
    assertThat(old.format(SUMMER)).isEqualTo(summer);
    assertThat(old.format(Date.from(NOW))).isEqualTo(winter);
  }

  private static int seconds(String offset) {
    int number = Integer.parseInt(offset);
    return number / 100 * 3600 + number % 100 * 60;
  }

  @Test
  void whatIsNoZoneIsSaid() {
    SystemZone.apply(Map.of("TZ", "Atlantis/City"), NOW);

    assertThat(SystemZone.fault())
        .contains(
            "TZ=Atlantis/City is neither the name of a time zone nor a rule: UTC is used instead");
    assertThat(ZoneId.systemDefault().getRules().isFixedOffset()).isTrue();
  }

  @Test
  void thePropertyOfJavaGoesBeforeTheVariable() {
    System.setProperty("user.timezone", "Asia/Tokyo");
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));

    SystemZone.apply(Map.of("TZ", "GMT+3"), NOW);

    assertThat(ZoneId.systemDefault()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }

  @Test
  void aRuleKeepsTheNameThatDatabasesUnderstand() {
    SystemZone.apply(Map.of("TZ", "CET-1CEST,M3.5.0,M10.5.0/3"), NOW);

    assertThat(TimeZone.getDefault().getID()).isEqualTo("CET-1CEST,M3.5.0,M10.5.0/3");
    assertThat(ZoneId.systemDefault().getId()).isEqualTo("TZ/CET-1CEST_M3.5.0_M10.5.0/3");
  }

  @Test
  void datesThatJavaUtilReadsAreThoseOfJavaTime() throws Exception {
    SystemZone.apply(Map.of("TZ", "America/Vancouver"), NOW);

    Date read = new SimpleDateFormat("yyyy-MM-dd HH:mm").parse("2027-01-15 09:00");

    assertThat(read.toInstant()).isEqualTo(Instant.parse("2027-01-15T16:00:00Z"));
  }
}
