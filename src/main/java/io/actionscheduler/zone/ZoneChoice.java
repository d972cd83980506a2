package io.actionscheduler.zone;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which time zone data is wanted, and where it may come from.
 *
 * @param wanted {@code newest}, {@code system}, {@code bundled}, {@code jdk}, or a folder
 * @param systemFolder the value of the variable TZDIR, where it is set
 * @param jdk the JDK's home
 */
public record ZoneChoice(String wanted, Optional<String> systemFolder, Path jdk) {
  public static final String NEWEST = "newest";
  public static final String SYSTEM = "system";
  public static final String BUNDLED = "bundled";
  public static final String JDK = "jdk";

  public ZoneChoice {
    requireNonNull(wanted, "wanted is null");
    requireNonNull(systemFolder, "systemFolder is null");
    requireNonNull(jdk, "jdk is null");
  }

  // What records have by themselves is made by the JDK at the first call, which delays the start.

  @Override
  public boolean equals(Object other) {
    return other instanceof ZoneChoice that
        && wanted.equals(that.wanted)
        && systemFolder.equals(that.systemFolder)
        && jdk.equals(that.jdk);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * wanted.hashCode() + systemFolder.hashCode()) + jdk.hashCode();
  }

  /** The one of this process. */
  public static ZoneChoice of(String wanted, Map<String, String> environment) {
    return new ZoneChoice(
        wanted,
        Optional.ofNullable(environment.get("TZDIR")),
        Path.of(System.getProperty("java.home")));
  }

  /**
   * The sources there are, the one to be used first; the others serve where that one fails.
   *
   * @param faults receives the sources that cannot be used
   */
  List<ZoneSource> sources(List<String> faults) {
    List<ZoneSource> all = new ArrayList<>();
    // Of one version, the system's comes first: whoever keeps the machine can repair it.
    try {
      Optional<ZoneFolder> system = ZoneFolder.ofSystem(systemFolder);
      if (system.isPresent()) {
        all.add(system.get());
      }
    } catch (ZoneFault e) {
      faults.add(e.getMessage());
    }
    addByAge(all, new BundledZones());
    try {
      addByAge(all, JdkZones.of(jdk));
    } catch (ZoneFault e) {
      faults.add(e.getMessage());
    }
    switch (wanted) {
      case NEWEST -> {}
      case SYSTEM, BUNDLED, JDK -> first(all, faults);
      default -> {
        try {
          all.add(0, ZoneFolder.of(wanted, Path.of(wanted)));
        } catch (ZoneFault e) {
          faults.add(e.getMessage());
        }
      }
    }
    return all;
  }

  /** Keeps the newest first. */
  private static void addByAge(List<ZoneSource> all, ZoneSource source) {
    int at = 0;
    while (at < all.size() && !source.isNewerThan(all.get(at))) {
      at++;
    }
    all.add(at, source);
  }

  private void first(List<ZoneSource> all, List<String> faults) {
    Optional<ZoneSource> asked =
        all.stream().filter(source -> source.name().equals(wanted)).findFirst();
    if (asked.isEmpty()) {
      faults.add("timezones.data " + wanted + ": there is none");
    }
    asked.ifPresent(
        source -> {
          all.remove(source);
          all.add(0, source);
        });
  }
}
