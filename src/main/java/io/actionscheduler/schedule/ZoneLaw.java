package io.actionscheduler.schedule;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a zone's clock in one version of the time zone data. They change with legislation.
 *
 * @param stored how the zone is stored under this law: {@code Europe/Berlin~2026f}
 * @param version of the data that it is from, {@code 2026f}; empty for an offset by name, which no
 *     law changes
 */
public record ZoneLaw(String stored, ZoneRules rules, String version) {
  /** Between the name of a zone and the version of its law, where both are stored. */
  private static final char OF_VERSION = '~';

  private static final long END = 4_102_444_800L; // in 2100: beyond that, nobody knows

  public ZoneLaw {
    requireNonNull(stored, "stored is null");
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
    String id = zone.getId();
    if (!ofData) {
      return new ZoneLaw(id, rules, "");
    }
    String version = ZoneRulesProvider.getVersions(id).lastKey();
    boolean named = version.isEmpty() || id.indexOf(OF_VERSION) >= 0;
    return new ZoneLaw(named ? id : id + OF_VERSION + version, rules, version);
  }

  /**
   * The law as text, from 1970 to 2100: the first offset, then each change with the offset after
   * it.
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(rules.getOffset(Instant.EPOCH).getTotalSeconds());
    ZoneOffsetTransition next = rules.nextTransition(Instant.EPOCH);
    while (next != null && next.toEpochSecond() < END) {
      text.append(' ').append(next.toEpochSecond());
      text.append(' ').append(next.getOffsetAfter().getTotalSeconds());
      next = rules.nextTransition(next.getInstant());
    }
    return text.toString();
  }

  /** The law that {@link #text()} gave. */
  public static ZoneLaw read(String stored, String version, String text) {
    String[] numbers = text.split(" ");
    ZoneOffset first = ZoneOffset.ofTotalSeconds(Integer.parseInt(numbers[0]));
    ZoneOffset before = first;
    List<ZoneOffsetTransition> changes = new ArrayList<>();
    for (int i = 1; i < numbers.length; i += 2) {
      ZoneOffset after = ZoneOffset.ofTotalSeconds(Integer.parseInt(numbers[i + 1]));
      LocalDateTime local = LocalDateTime.ofEpochSecond(Long.parseLong(numbers[i]), 0, before);
      changes.add(ZoneOffsetTransition.of(local, before, after));
      before = after;
    }
    return new ZoneLaw(
        stored,
        changes.isEmpty()
            ? first.getRules()
            : ZoneRules.of(first, first, List.of(), changes, List.of()),
        version);
  }

  /**
   * The zone that was stored so, under its former law; the plain zone, where that law is still in
   * force or no longer known.
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

  /** The plain name of a zone, without the law that it was stored under. */
  public static String name(String stored) {
    int mark = stored.lastIndexOf(OF_VERSION);
    return mark < 0 || !stored.substring(mark + 1).matches("\\d{4}[a-z]|unknown")
        ? stored
        : stored.substring(0, mark);
  }

  /** Whether {@code zone} has the law of another version of the data. */
  public static boolean isFormer(ZoneId zone) {
    return !name(zone.getId()).equals(zone.getId());
  }
}
