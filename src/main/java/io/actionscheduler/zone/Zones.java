package io.actionscheduler.zone;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The time zones of this process: all code that asks java.time for a zone, in this program or in a
 * library, gets the data in force here. Static, because java.time's zones are. Safe for use by many
 * threads.
 */
public final class Zones {
  private static final String PROPERTY = "java.time.zone.DefaultZoneRulesProvider";

  /** Between the name of a zone and the version of former data, in the names of such zones. */
  private static final char OF_VERSION = '~';

  /** What the names of rules begin with. */
  static final String OF_RULES = "TZ/";

  private static volatile ZoneData inForce; // null until java.time asks
  private static final Map<String, Law> EXTRA = new ConcurrentHashMap<>();

  /** The rules that a name stands for, and the version of the data that they are of. */
  record Law(ZoneRules rules, String version) {}

  private Zones() {}

  /**
   * Has java.time use the newest data; before anything in the process uses a zone. Where the
   * property names another provider already, that one stays.
   */
  public static void install() {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, ZoneProvider.class.getName());
    }
  }

  /** Whether java.time uses the data in force here. */
  public static boolean isInstalled() {
    ZoneRulesProvider.getAvailableZoneIds(); // has the JDK make its provider
    return inForce != null;
  }

  /** Called by the JDK: what to begin with, until the settings are known. */
  static Set<String> begin() {
    inForce = ZoneData.of(ZoneChoice.of(ZoneChoice.NEWEST, System.getenv()));
    return inForce.ids();
  }

  /**
   * The data in force.
   *
   * @throws IllegalStateException when {@link #install} was not called before java.time read its
   *     own
   */
  public static ZoneData inForce() {
    if (!isInstalled()) {
      throw new IllegalStateException("java.time uses other time zone data; call install() first");
    }
    return inForce;
  }

  /** Activates other data; names that only these data have become known. */
  public static void use(ZoneData data) {
    requireNonNull(data, "data is null");
    if (!isInstalled()) {
      return; // another provider was asked for when the process was started
    }
    data.inherit(inForce);
    keepLost(inForce, data);
    Set<String> fresh = new TreeSet<>(data.ids());
    EXTRA.keySet().removeAll(fresh);
    fresh.removeAll(new HashSet<>(ZoneRulesProvider.getAvailableZoneIds()));
    inForce = data;
    if (!fresh.isEmpty()) {
      ZoneRulesProvider.registerProvider(new ZoneProvider(fresh));
    }
    ZoneRulesProvider.refresh();
  }

  /** A zone in use whose name new data do not have stays as it was. */
  private static void keepLost(ZoneData before, ZoneData after) {
    for (String id : before.asked()) {
      if (after.zone(id).isEmpty()) {
        before
            .zone(id)
            .ifPresent(zone -> EXTRA.putIfAbsent(id, new Law(zone.rules(), zone.from().version())));
      }
    }
  }

  static Law law(String id) {
    Law extra = EXTRA.get(id);
    if (extra != null) {
      return extra;
    }
    Optional<ZoneData.Served> zone = inForce.zone(id);
    if (zone.isEmpty()) {
      throw ZoneProvider.unknown(id);
    }
    return new Law(zone.get().rules(), zone.get().from().version());
  }

  /**
   * A zone with the rules that {@code id} had under former data.
   *
   * @param version of these data
   */
  public static ZoneId former(String id, String version, ZoneRules rules) {
    return extra(id + OF_VERSION + version, rules, version);
  }

  /** A zone that no data have any more, with the rules that it had. */
  public static ZoneId lost(String id, ZoneRules rules, String version) {
    return extra(id, rules, version);
  }

  /** The names of the zones that were asked for so far, and of rules that stand for zones. */
  public static Set<String> used() {
    if (!isInstalled()) {
      return Set.of();
    }
    Set<String> used = new TreeSet<>(inForce.asked());
    for (String id : EXTRA.keySet()) {
      if (isRule(id)) {
        used.add(id);
      }
    }
    return used;
  }

  /** Whether this is the name of a rule that was stated in place of a zone: see SystemZone. */
  public static boolean isRule(String id) {
    return id.startsWith(OF_RULES);
  }

  /** A zone that no data have; its name must be free, or stand for the same rules. */
  static synchronized ZoneId extra(String id, ZoneRules rules, String version) {
    if (EXTRA.putIfAbsent(id, new Law(rules, version)) == null) {
      ZoneRulesProvider.registerProvider(new ZoneProvider(Set.of(id)));
    }
    return ZoneId.of(id);
  }

  /** The rules that a zone has in data of this version, where a source at hand is of it. */
  public static Optional<ZoneRules> rules(String id, String version) {
    for (ZoneSource source : inForce().sources()) {
      if (source.version().equals(version)) {
        try {
          return Optional.of(source.rules(id));
        } catch (ZoneFault e) {
          // another source may be of the same version
        }
      }
    }
    return Optional.empty();
  }
}
