package io.actionscheduler.zone;

import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Gives java.time the zones in force. The JDK makes one, before any zone is used, where the
 * property {@code java.time.zone.DefaultZoneRulesProvider} names this class.
 */
public final class ZoneProvider extends ZoneRulesProvider {
  private final Set<String> ids;

  /** The one of the whole process. */
  public ZoneProvider() {
    this(Zones.begin());
  }

  /** One that adds these names, which newer data brought or only older data has. */
  ZoneProvider(Set<String> ids) {
    this.ids = Set.copyOf(ids);
  }

  @Override
  protected Set<String> provideZoneIds() {
    return ids;
  }

  /** {@code forCaching} gets nothing: the data may change while the process runs. */
  @Override
  protected ZoneRules provideRules(String zoneId, boolean forCaching) {
    ZoneRules rules = Zones.law(zoneId).rules(); // throws where the data have lost the name
    return forCaching ? null : rules;
  }

  @Override
  protected NavigableMap<String, ZoneRules> provideVersions(String zoneId) {
    Zones.Law law = Zones.law(zoneId);
    NavigableMap<String, ZoneRules> versions = new TreeMap<>();
    versions.put(law.version(), law.rules());
    return versions;
  }

  static ZoneRulesException unknown(String zoneId) {
    return new ZoneRulesException("no time zone data has " + zoneId);
  }
}
