package io.actionscheduler.schedule;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;

/**
 * The law that the clock of a zone goes by: legislators change it, and the time zone data follow.
 *
 * @param version of the data that it is from, {@code 2026f}; empty for an offset by name, which no
 *     law changes
 */
public record ZoneLaw(ZoneRules rules, String version) {
  /** Between the name of a zone and the version of its law, where both are stored. */
  private static final char OF_VERSION = '~';

  public ZoneLaw {
    requireNonNull(rules, "rules is null");
    requireNonNull(version, "version is null");
  }

  /** The law that is in force for {@code zone} now. */
  public static ZoneLaw of(ZoneId zone) {
    ZoneRules rules = zone.getRules();
    boolean ofData =
        !(zone instanceof ZoneOffset)
            && ZoneRulesProvider.getAvailableZoneIds().contains(zone.getId())
            && !rules.equals(ZoneOffset.UTC.getRules())
            && !zone.getId().startsWith("Etc/");
    return new ZoneLaw(rules, ofData ? ZoneRulesProvider.getVersions(zone.getId()).lastKey() : "");
  }

  /** How {@code zone} is stored under this law: {@code Europe/Berlin~2026f}. */
  public String stored(ZoneId zone) {
    String id = zone.getId();
    return version.isEmpty() || id.indexOf(OF_VERSION) >= 0 ? id : id + OF_VERSION + version;
  }

  /**
   * The zone that was stored so, under the law of then: the plain one where that is still in force,
   * or is not known any more.
   *
   * @throws DateTimeException when no data has such a zone
   */
  public static ZoneId zone(String stored) {
    int mark = stored.lastIndexOf(OF_VERSION);
    if (mark < 0) {
      return ZoneId.of(stored);
    }
    boolean former = ZoneRulesProvider.getAvailableZoneIds().contains(stored);
    return ZoneId.of(former ? stored : stored.substring(0, mark));
  }

  /** The name of a zone as people know it, whatever law it was stored under. */
  public static String name(String stored) {
    int mark = stored.lastIndexOf(OF_VERSION);
    return mark < 0 || !stored.substring(mark + 1).matches("\\d{4}[a-z]|unknown")
        ? stored
        : stored.substring(0, mark);
  }

  /** Whether {@code zone} goes by the law that it had under another version of the data. */
  public static boolean isFormer(ZoneId zone) {
    return !name(zone.getId()).equals(zone.getId());
  }
}
