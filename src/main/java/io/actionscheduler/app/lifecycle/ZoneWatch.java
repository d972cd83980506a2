package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.app.parts.StoredLaws;
import io.actionscheduler.app.parts.ZoneSetup;
import io.actionscheduler.app.view.ZoneView;
import io.actionscheduler.config.Settings;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.zone.LawDifference;
import io.actionscheduler.zone.ZoneData;
import io.actionscheduler.zone.Zones;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks for new time zone data while the program runs, for instance after the upgrade of a
 * package, and reschedules the actions that they affect. Used by one thread.
 */
final class ZoneWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ZoneWatch.class);

  private final Settings settings;
  private final Store store;
  private final Feeds feeds;
  private final Supplier<ZoneData> finder;
  private final InstantSource clock;
  private final Set<String> told = new HashSet<>();
  private Optional<ZoneData> seen = Optional.empty();

  /**
   * @param finder finds the present data
   */
  ZoneWatch(
      Settings settings, Store store, Feeds feeds, Supplier<ZoneData> finder, InstantSource clock) {
    this.settings = requireNonNull(settings, "settings is null");
    this.store = requireNonNull(store, "store is null");
    this.feeds = requireNonNull(feeds, "feeds is null");
    this.finder = requireNonNull(finder, "finder is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Logs which data are in force, and how they differ from older ones. */
  void tellStart() {
    if (!Zones.isInstalled()) {
      return; // another source of zone data was chosen when the process was started
    }
    feeds.actions().thenAccept(this::tellStart);
  }

  private void tellStart(List<Action> actions) {
    ZoneView zones = new ZoneView(Zones.inForce(), settings.timezone());
    actions.forEach(zones::add);
    boolean old = zones.isOutdated();
    String line = zones.summary(clock.instant());
    if (old) {
      LOG.warn("{}", line);
    } else {
      LOG.info("{}", line);
    }
    ZoneSetup.fault(settings).ifPresent(LOG::warn);
  }

  /** Checks once. Data that are being replaced at this moment are left to the next check. */
  void look() {
    if (!Zones.isInstalled()) {
      return;
    }
    keepLaws();
    ZoneData found = finder.get();
    Set<String> used = Zones.used();
    used.forEach(found::zone); // read now: the files may differ at the next check
    if (Zones.inForce().agreesWith(found, used)) {
      seen = Optional.empty();
      tellFaults();
    } else if (seen.filter(before -> before.agreesWith(found, used)).isPresent()) {
      seen = Optional.empty();
      take(found, used);
    } else {
      seen = Optional.of(found);
    }
  }

  private void take(ZoneData found, Set<String> used) {
    String before = Zones.inForce().first().version();
    Map<String, ZoneRules> laws = new TreeMap<>();
    used.forEach(zone -> laws.put(zone, ZoneId.of(zone).getRules()));
    ZoneSetup.use(found, clock.instant());
    keepLaws();
    Map<String, LawDifference> changed = new TreeMap<>();
    laws.forEach(
        (zone, law) ->
            LawDifference.first(law, ZoneId.of(zone).getRules(), LawDifference.FROM)
                .ifPresent(difference -> changed.put(zone, difference)));
    String now = "time zone data " + ZoneView.origin(found.first()) + ", before it was " + before;
    if (changed.isEmpty()) {
      LOG.info("{}: the rules of all zones in use are the same", now);
    } else {
      Instant at = clock.instant();
      feeds
          .lawChanged()
          .thenAccept(actions -> LOG.warn("{}: {}", now, ZoneView.changes(changed, actions, at)));
    }
    tellFaults();
  }

  private void keepLaws() {
    try {
      StoredLaws.keep(store);
    } catch (StoreException e) {
      LOG.debug(
          "the laws of time zones could not be stored, and are stored later: {}", e.getMessage());
    }
  }

  private void tellFaults() {
    Zones.inForce().faults().stream()
        .filter(told::add)
        .forEach(fault -> LOG.warn("time zone data: {}", fault));
  }
}
