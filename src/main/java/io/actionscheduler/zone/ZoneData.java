package io.actionscheduler.zone;

import static java.util.Objects.requireNonNull;

import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sources of time zone data as they are at one time, the one in force first; where that one
 * fails for a zone, the next serves. Zones are read when first asked for. Safe for use by many
 * threads.
 */
public final class ZoneData {
  private static final String LEFT_OUT_BY_JDKS = "EST"; // before 23, with MST, HST and ROC

  private final ZoneChoice choice;
  private final List<ZoneSource> sources;
  private final Set<String> faults = new LinkedHashSet<>();
  private final Map<String, Served> served = new ConcurrentHashMap<>();

  /**
   * A zone, and where its rules came from.
   *
   * @param from a source that was asked after others had failed, maybe
   */
  public record Served(ZoneRules rules, ZoneSource from) {}

  private ZoneData(ZoneChoice choice, List<ZoneSource> sources, List<String> faults) {
    this.choice = choice;
    this.sources = List.copyOf(sources);
    this.faults.addAll(faults);
  }

  /** What there is now; reads little more than the versions. */
  public static ZoneData of(ZoneChoice choice) {
    requireNonNull(choice, "choice is null");
    List<String> faults = new ArrayList<>();
    return new ZoneData(choice, choice.sources(faults), faults);
  }

  /** What was asked for. */
  public ZoneChoice choice() {
    return choice;
  }

  /** All sources that can be used, the one in force first. */
  public List<ZoneSource> sources() {
    return sources;
  }

  /** The one in force. */
  public ZoneSource first() {
    return sources.get(0);
  }

  /** Every name that stands for a zone. */
  public Set<String> ids() {
    Set<String> ids = new HashSet<>(2048);
    for (ZoneSource source : sources) {
      // The one in the jar is slow to open: it is asked where it is needed.
      boolean needed = source == first() || !ids.contains(LEFT_OUT_BY_JDKS);
      if (needed || !source.name().equals(ZoneChoice.BUNDLED)) {
        try {
          ids.addAll(source.ids());
        } catch (ZoneFault e) {
          fault(e.getMessage());
        }
      }
    }
    return ids;
  }

  /** The zone of this name, or empty where no source has it. */
  public Optional<Served> zone(String id) {
    Served known = served.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Served> found = find(id);
    if (found.isPresent()) {
      served.putIfAbsent(id, found.get());
      return Optional.of(served.get(id));
    }
    return found;
  }

  private Optional<Served> find(String id) {
    List<String> failed = new ArrayList<>();
    for (ZoneSource source : sources) {
      try {
        if (source.ids().contains(id)) {
          Served zone = new Served(source.rules(id), source);
          String taken = id + " is taken from " + source.name() + " " + source.version();
          for (String fault : failed) {
            fault(fault + "; " + taken + " (" + source.place() + ")");
          }
          return Optional.of(zone);
        }
      } catch (ZoneFault e) {
        failed.add(e.getMessage());
      }
    }
    for (String fault : failed) {
      fault(fault);
    }
    return Optional.empty();
  }

  private void fault(String fault) {
    synchronized (faults) {
      faults.add(fault);
    }
  }

  /** What could not be used so far, as messages. */
  public List<String> faults() {
    synchronized (faults) {
      return List.copyOf(faults);
    }
  }

  /** The names of the zones that were asked for so far. */
  Set<String> asked() {
    return new HashSet<>(served.keySet());
  }

  /** Whether {@code other} is of the same version, and has these zones as they are here. */
  public boolean agreesWith(ZoneData other, Set<String> zones) {
    return first().version().equals(other.first().version())
        && first().place().equals(other.first().place())
        && zones.stream().allMatch(id -> rules(id).equals(other.rules(id)));
  }

  /**
   * Has zones whose law is the same as in {@code before} share its rules, so that whoever holds
   * them sees that nothing changed.
   */
  void inherit(ZoneData before) {
    for (String id : before.asked()) {
      Served old = before.served.get(id);
      zone(id)
          .filter(
              zone -> LawDifference.first(zone.rules(), old.rules(), LawDifference.FROM).isEmpty())
          .ifPresent(zone -> served.put(id, new Served(old.rules(), zone.from())));
    }
  }

  /** The law that one of the sources has for a zone; empty where it has none. */
  public Optional<ZoneRules> rules(ZoneSource source, String id) {
    try {
      return source.ids().contains(id) ? Optional.of(source.rules(id)) : Optional.empty();
    } catch (ZoneFault e) {
      fault(e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<ZoneRules> rules(String id) {
    return zone(id).map(Served::rules);
  }
}
