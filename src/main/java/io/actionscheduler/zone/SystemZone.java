package io.actionscheduler.zone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesProvider;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;

/**
 * The zone of the process, as other programs of the system read it. The JDK silently turns a rule
 * in TZ into a fixed offset, and an unknown name into GMT.
 */
public final class SystemZone {
  private static final Path LOCALTIME = Path.of("/etc/localtime");
  private static volatile String fault = ""; // empty for none

  private SystemZone() {}

  /**
   * Has java.time and java.util take the zone that the variable TZ states; where {@code
   * user.timezone} is set, that one stays.
   *
   * @param now about now
   */
  public static void apply(Map<String, String> environment, Instant now) {
    String property = System.getProperty("user.timezone");
    Optional<String> variable =
        property == null || property.isBlank()
            ? Optional.ofNullable(environment.get("TZ"))
            : Optional.empty();
    fault = "";
    TimeZone old = TimeZone.getDefault();
    if (variable.isPresent()) {
      use(stated(variable.get()), name(variable.get()), old, now);
    } else {
      ZoneId zone = unstated(property, old);
      use(zone, zone.getId(), old, now);
    }
  }

  /** Has java.util follow java.time, whose data were exchanged. */
  public static void follow(Instant now) {
    TimeZone old = TimeZone.getDefault();
    use(old.toZoneId(), old.getID(), old, now);
  }

  /** Why the zone of the system could not be determined; empty where it could. */
  public static Optional<String> fault() {
    return fault.isEmpty() ? Optional.empty() : Optional.of(fault);
  }

  private static void use(ZoneId zone, String name, TimeZone old, Instant now) {
    boolean same = old.toZoneId().equals(zone) && OldTimeZone.agrees(old, zone);
    if (!same) {
      TimeZone other = zone instanceof ZoneOffset ? TimeZone.getTimeZone(zone) : old;
      TimeZone.setDefault(
          zone instanceof ZoneOffset && OldTimeZone.agrees(other, zone)
              ? other
              : new OldTimeZone(name, zone, now));
    }
  }

  /** What java.util and the databases that it tells of are to call it. */
  private static String name(String variable) {
    return variable.startsWith(":") ? variable.substring(1) : variable;
  }

  private static ZoneId stated(String variable) {
    String text = name(variable);
    if (text.isEmpty()) {
      return ZoneOffset.UTC; // as for every program of the system
    }
    Optional<String> known =
        text.startsWith("/") ? named(Path.of(text)) : Optional.of(withoutKind(text));
    if (known.isPresent() && ZoneRulesProvider.getAvailableZoneIds().contains(known.get())) {
      return ZoneId.of(known.get());
    }
    Optional<PosixRule> rule = PosixText.read(text);
    if (rule.isEmpty()) {
      fault = "TZ=" + text + " is neither the name of a time zone nor a rule: UTC is used instead";
      return ZoneOffset.UTC;
    }
    Optional<ZoneOffset> fixed = rule.get().fixed();
    return fixed.isPresent() ? fixed.get() : Zones.extra(id(text), rule.get().rules(), "");
  }

  /** The rule as the name of a zone, in the letters that java.time allows for one. */
  private static String id(String rule) {
    String plain = rule.replaceFirst("^<[^>]*>", "STD").replaceAll("<[^>]*>", "DST");
    return Zones.OF_RULES + plain.replace(':', '.').replace(',', '_');
  }

  /** What the JDK found, or, where it gave up, the zone that the system's file stands for. */
  private static ZoneId unstated(String property, TimeZone old) {
    boolean gaveUp =
        (property == null || property.isBlank())
            && old.getID().equals("GMT")
            && Files.exists(LOCALTIME);
    if (!gaveUp) {
      return old.toZoneId();
    }
    Optional<String> known = named(LOCALTIME);
    if (known.isPresent() && ZoneRulesProvider.getAvailableZoneIds().contains(known.get())) {
      return ZoneId.of(known.get());
    }
    try {
      if (Tzif.read(Files.readAllBytes(LOCALTIME)).equals(ZoneOffset.UTC.getRules())) {
        return ZoneOffset.UTC;
      }
      fault = LOCALTIME + " is not a known time zone: UTC is used instead";
    } catch (ZoneFault | IOException e) {
      fault = LOCALTIME + " " + e.getMessage() + ": UTC is used instead";
    }
    return ZoneOffset.UTC;
  }

  /** The name of the zone whose file this is, by the folder that it lies in. */
  private static Optional<String> named(Path file) {
    try {
      String place = file.toRealPath().toString();
      int folder = place.indexOf("zoneinfo/");
      return folder < 0
          ? Optional.empty()
          : Optional.of(withoutKind(place.substring(folder + "zoneinfo/".length())));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * The name of a zone without the folder of its kind: files in {@code posix} are those beside it,
   * and those in {@code right} count leap seconds, which clocks of computers do not show.
   */
  private static String withoutKind(String name) {
    return name.replaceFirst("^(?:posix|right)/", "");
  }
}
