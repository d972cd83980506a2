package io.actionscheduler.app.parts;

import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.schedule.ZoneLaw;
import io.actionscheduler.zone.LawDifference;
import io.actionscheduler.zone.Zones;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Map;
import java.util.TreeMap;

/** The laws of time zones in the store, under which progress and ledger were recorded. */
public final class StoredLaws {
  private StoredLaws() {}

  /**
   * Loads the laws that differ from those in force; called before anything stored is read.
   *
   * @throws StoreException when the store cannot be read
   */
  public static void restore(Store store) throws StoreException {
    store.zoneLaws().forEach(StoredLaws::restore);
  }

  private static void restore(String stored, ZoneLaw law) {
    String name = ZoneLaw.name(stored);
    if (!ZoneRulesProvider.getAvailableZoneIds().contains(name)) {
      Zones.lost(name, law.rules(), law.version());
    }
    ZoneLaw inForce = ZoneLaw.of(ZoneId.of(name));
    boolean changed =
        !inForce.stored().equals(stored)
            && LawDifference.first(law.rules(), inForce.rules(), LawDifference.FROM).isPresent();
    if (changed) {
      Zones.former(name, law.version(), law.rules());
    }
  }

  /**
   * Stores the present laws of the zones that this process has used so far.
   *
   * @throws StoreException when the store cannot be read or written, or another process owns it
   */
  public static void keep(Store store) throws StoreException {
    Map<String, ZoneLaw> missing = new TreeMap<>();
    for (String name : Zones.used()) {
      ZoneLaw law = ZoneLaw.of(ZoneId.of(name));
      missing.put(law.stored(), law);
    }
    missing.keySet().removeAll(store.zoneLaws().keySet());
    missing.keySet().removeIf(StoredLaws::isNoLaw);
    if (!missing.isEmpty()) {
      store.keepZoneLaws(missing);
    }
  }

  /** Fixed offsets have no laws. */
  private static boolean isNoLaw(String stored) {
    return ZoneLaw.name(stored).equals(stored) && !Zones.isRule(stored);
  }
}
