package io.actionscheduler.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.jar.Manifest;
import org.joda.time.DateTimeZone;
import org.junit.jupiter.api.Test;

/** Every zone of the data at hand, from 1970 to 2040. */
class EveryZoneTest {
  private static final long FROM = 0;
  private static final long TO = Instant.parse("2041-01-01T00:00:00Z").getEpochSecond();
  private static final long STEP = 3 * 86_400 + 3_601;

  @Test
  void theSystemsZonesAreAsASecondReaderHasThem() throws Exception {
    Optional<ZoneFolder> system = ZoneFolder.ofSystem(Optional.empty());
    assumeTrue(system.isPresent(), "this machine has no time zone data");
    List<String> wrong = new ArrayList<>();
    for (String id : system.get().ids()) {
      Path file = Path.of(system.get().place()).resolve(id);
      if (Files.exists(file)) {
        compare(id, system.get().rules(id), new SecondReader(Files.readAllBytes(file)), wrong);
      }
    }
    assertThat(system.get().ids()).hasSizeGreaterThan(300);
    assertThat(wrong).isEmpty();
  }

  private static void compare(String id, ZoneRules rules, SecondReader other, List<String> wrong) {
    TreeSet<Long> moments = new TreeSet<>();
    for (long at = FROM; at < TO; at += STEP) {
      moments.add(at);
    }
    for (long change : changes(rules)) {
      moments.addAll(List.of(change - 1, change, change + 1));
    }
    for (long at : moments) {
      int offset = rules.getOffset(Instant.ofEpochSecond(at)).getTotalSeconds();
      if (offset != other.offset(at)) {
        wrong.add(
            id + " at " + Instant.ofEpochSecond(at) + ": " + offset + ", not " + other.offset(at));
        return;
      }
    }
  }

  /** Of earlier times, some systems keep what tzdata has merged. */
  @Test
  void theJarsZonesAreThoseOfTheSystemWhereBothAreOfOneVersion() throws Exception {
    Optional<ZoneFolder> system = ZoneFolder.ofSystem(Optional.empty());
    BundledZones bundled = new BundledZones();
    assumeTrue(
        system.map(ZoneFolder::version).equals(Optional.of(bundled.version())),
        "the system's time zone data are of another version");
    for (String id : bundled.ids()) {
      if (system.get().ids().contains(id)) {
        assertThat(since2000(bundled.rules(id)))
            .as(id)
            .isEqualTo(since2000(system.get().rules(id)));
      }
    }
  }

  private static List<Long> since2000(ZoneRules rules) {
    return changes(rules).stream().filter(change -> change > 946_684_800).toList();
  }

  private static List<Long> changes(ZoneRules rules) {
    List<Long> changes = new ArrayList<>();
    ZoneOffsetTransition next = rules.nextTransition(Instant.ofEpochSecond(FROM));
    while (next != null && next.toEpochSecond() < TO) {
      changes.add(next.toEpochSecond());
      next = rules.nextTransition(next.getInstant());
    }
    return changes;
  }

  @Test
  void theJdksZonesAreReadAsJavaTimeReadsThem() throws Exception {
    JdkZones jdk = JdkZones.of(Path.of(System.getProperty("java.home")));
    for (String id : jdk.ids()) { // java.util has the JDK's data, whatever java.time uses
      java.util.TimeZone old = java.util.TimeZone.getTimeZone(id);
      for (long at = FROM;
          at < Instant.parse("2037-01-01T00:00:00Z").getEpochSecond();
          at += 10 * STEP) {
        assertThat(jdk.rules(id).getOffset(Instant.ofEpochSecond(at)).getTotalSeconds())
            .as("%s at %s", id, Instant.ofEpochSecond(at))
            .isEqualTo(old.getOffset(at * 1000) / 1000);
      }
    }
  }

  @Test
  void theVersionOfTheJarsDataIsTheOneOfItsLibrary() throws IOException {
    String place = DateTimeZone.class.getResource("DateTimeZone.class").toString();
    String manifest = place.substring(0, place.indexOf('!')) + "!/META-INF/MANIFEST.MF";
    try (var in = new java.net.URL(manifest).openStream()) {
      String version = new Manifest(in).getMainAttributes().getValue("Time-Zone-Database-Version");

      assertThat(BundledZones.VERSION).isEqualTo(ZoneVersion.of(version));
    }
  }
}
