package io.actionscheduler.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.quartz.QuartzExpression;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.text.CronReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which data are in force, and that java.time has them. */
class ZonesTest {
  private static final Path JDK = Path.of(System.getProperty("java.home"));
  private static final Instant WINTER = Instant.parse("2027-01-15T12:00:00Z");

  @TempDir private Path folder;

  private final CronReader crons =
      new CronReader(new ScheduleParser(UnixDialect.CRONTAB, QuartzExpression::parse));

  @AfterEach
  void restore() {
    Zones.use(ZoneData.of(ZoneChoice.of(ZoneChoice.NEWEST, System.getenv())));
  }

  private ZoneData data(String wanted) {
    return ZoneData.of(new ZoneChoice(wanted, Optional.of(folder.toString()), JDK));
  }

  /** A folder of zones as a system has it. */
  private void system(String version, Map<String, String> rules) throws Exception {
    StringBuilder source = new StringBuilder("# version " + version + "\n");
    for (Map.Entry<String, String> zone : rules.entrySet()) {
      Path file = folder.resolve(zone.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, CompiledZone.of(zone.getValue()));
      source.append("Z ").append(zone.getKey()).append(" 0 - x\n");
    }
    Files.writeString(folder.resolve("tzdata.zi"), source);
  }

  private static int hours(ZoneId zone) {
    return zone.getRules().getOffset(WINTER).getTotalSeconds() / 3600;
  }

  @Test
  void javaTimeHasTheNewestData() {
    assertThat(Zones.isInstalled()).isTrue();
    assertThat(hours(ZoneId.of("America/Vancouver"))).isEqualTo(-7);
    assertThat(ZoneRulesProvider.getVersions("America/Vancouver").lastKey())
        .isGreaterThanOrEqualTo(BundledZones.VERSION);
  }

  @Test
  void theNewestVersionIsFirstAndOfEqualOnesTheSystems() throws Exception {
    system(BundledZones.VERSION, Map.of("Europe/Berlin", "CET-1"));

    assertThat(names(data("newest"))).containsExactly("system", "bundled", "jdk");

    system("2019a", Map.of("Europe/Berlin", "CET-1"));

    assertThat(names(data("newest"))).first().isEqualTo("bundled");
    assertThat(names(data("newest"))).last().isEqualTo("system");
    assertThat(names(data("jdk"))).containsExactly("jdk", "bundled", "system");
    assertThat(names(data("system"))).first().isEqualTo("system");
    assertThat(names(data(folder.toString()))).first().isEqualTo(folder.toString());
  }

  private static List<String> names(ZoneData data) {
    return data.sources().stream().map(ZoneSource::name).toList();
  }

  @Test
  void aFolderMayTellItsVersionOtherwiseOrNotAtAll() throws Exception {
    system("2099a", Map.of("Europe/Berlin", "CET-1", "UTC", "UTC0"));
    Files.delete(folder.resolve("tzdata.zi"));
    Files.writeString(folder.resolve("+VERSION"), "2031b\n");

    assertThat(data("newest").first().version()).isEqualTo("2031b");
    assertThat(data("newest").first().ids()).contains("Europe/Berlin");

    Files.delete(folder.resolve("+VERSION"));

    assertThat(data("newest").first().name()).isEqualTo("bundled");
    assertThat(data("system").first().version()).isEqualTo("unknown");
  }

  @Test
  void aDamagedOrMissingFileIsNamedAndTheNextSourceServes() throws Exception {
    system("2099a", Map.of("Europe/Berlin", "CET-1", "Europe/Paris", "CET-1"));
    Files.write(folder.resolve("Europe/Berlin"), new byte[] {'T', 'Z', 'i', 'f', '2'});
    Files.delete(folder.resolve("Europe/Paris"));
    ZoneData data = data("newest");

    assertThat(data.zone("Europe/Berlin").orElseThrow().from().name()).isEqualTo("bundled");
    assertThat(data.zone("Europe/Paris").orElseThrow().from().name()).isEqualTo("bundled");
    assertThat(data.faults())
        .containsExactly(
            folder.resolve("Europe/Berlin")
                + ": is damaged: it is no TZif file; Europe/Berlin is taken from bundled 2026f (in the jar)",
            folder.resolve("Europe/Paris")
                + ": is missing; Europe/Paris is taken from bundled 2026f (in the jar)");
  }

  @Test
  void aNameOfOldIsServedFromWhatItStandsForWhereItsFileIsNotInstalled() throws Exception {
    system("2099a", Map.of("America/Los_Angeles", "PST8PDT,M3.2.0,M11.1.0"));
    Files.writeString(
        folder.resolve("tzdata.zi"),
        "# version 2099a\nZ America/Los_Angeles 0 - x\nL America/Los_Angeles US/Pacific\n");
    ZoneData data = data("newest");

    assertThat(data.zone("US/Pacific").orElseThrow().from().name()).isEqualTo("system");
    assertThat(data.faults()).isEmpty();
  }

  @Test
  void anUnusableFolderIsNamedAndTheOthersServe() {
    ZoneData data =
        ZoneData.of(new ZoneChoice("/no/such/folder", Optional.of(folder.toString()), JDK));

    assertThat(data.first().name()).isEqualTo("bundled");
    assertThat(data.faults())
        .containsExactly(
            folder + ": holds no time zones: neither tzdata.zi nor +VERSION nor UTC",
            "/no/such/folder: no such folder");
  }

  @Test
  void namesThatJdksLeaveOutAreZones() {
    assertThat(Stream.of("EST", "MST", "HST", "ROC").map(ZoneId::of).map(ZonesTest::hours))
        .containsExactly(-5, -7, -10, 8);
    assertThat(data("jdk").ids()).contains("EST", "MST", "HST", "ROC");
  }

  @Test
  void newerDataChangeZonesThatAreInUse() throws Exception {
    ZoneId vancouver = ZoneId.of("America/Vancouver");
    Timing before = crons.read("0 9 * * *", vancouver);
    Timing elsewhere = crons.read("0 9 * * *", ZoneId.of("Europe/Berlin"));
    system("2099a", Map.of("America/Vancouver", "PST8", "Test/Olympus", "OOO-5"));

    Zones.use(data("newest"));

    assertThat(hours(vancouver)).isEqualTo(-8);
    assertThat(hours(ZoneId.of("Test/Olympus"))).isEqualTo(5);
    assertThat(before.isInForce()).isFalse();
    assertThat(elsewhere.isInForce()).isTrue();
    Timing after = crons.read("0 9 * * *", vancouver);
    assertThat(after).isNotEqualTo(before);
    assertThat(after.differsByLawFrom(before)).isTrue();
    assertThat(after.schedule().next(WINTER)).contains(Instant.parse("2027-01-15T17:00:00Z"));
    assertThat(after.storedZone()).isEqualTo("America/Vancouver~2099a");
  }

  @Test
  void aZoneInUseGoesOnWhereItsDataAreGone() throws Exception {
    system("2099a", Map.of("Test/Gone", "GGG-5"));
    Zones.use(data("newest"));
    ZoneId gone = ZoneId.of("Test/Gone");
    assertThat(hours(gone)).isEqualTo(5);

    Zones.use(data("bundled"));
    Zones.use(ZoneData.of(new ZoneChoice("bundled", Optional.of("/no/such"), JDK)));

    assertThat(hours(gone)).isEqualTo(5);
  }

  @Test
  void aStoredScheduleIsReadUnderTheLawOfThen() throws Exception {
    Zones.former("Asia/Tokyo", "2011c", ZoneOffset.ofHours(3).getRules());
    String json = "{\"format\": \"unix\", \"params\": {\"value\": \"0 9 * * *\"}}";

    assertThat(crons.readKept(json, "Asia/Tokyo~2011c").orElseThrow().schedule().next(WINTER))
        .contains(Instant.parse("2027-01-16T06:00:00Z"));
    assertThat(crons.readKept(json, "Asia/Tokyo~2010a").orElseThrow().schedule().next(WINTER))
        .contains(Instant.parse("2027-01-16T00:00:00Z"));
  }

  @Test
  void aStoredScheduleThatNamesItsZoneItselfIsReadUnderTheLawOfThenToo() throws Exception {
    Zones.former("Asia/Seoul", "2011c", ZoneOffset.ofHours(3).getRules());
    String json =
        "{\"format\": \"apscheduler\", \"params\": {\"hour\": 9, \"timezone\": \"Asia/Seoul\"}}";

    Timing read = crons.readKept(json, "Asia/Seoul~2011c").orElseThrow();

    assertThat(read.schedule().next(WINTER)).contains(Instant.parse("2027-01-16T06:00:00Z"));
    assertThat(read.storedZone()).isEqualTo("Asia/Seoul~2011c");
    assertThat(read.differsByLawFrom(crons.read(json, ZoneOffset.UTC))).isTrue();
  }
}
