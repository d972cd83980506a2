package io.actionscheduler.zone;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.joda.time.DateTimeZone;
import org.joda.time.tz.DateTimeZoneBuilder;

/** The time zone data that comes in the jar, with the library joda-time. */
final class BundledZones implements ZoneSource {
  /**
   * The version of that library's data: {@code Time-Zone-Database-Version} in its manifest, which
   * is not in this program's jar. A test holds both together.
   */
  static final String VERSION = "2026f";

  private static final String FOLDER = "/org/joda/time/tz/data/";

  /** Changes are listed up to here; the library does not tell the rules behind them. */
  private static final long LATEST = 1L << 33; // in 2242

  private Map<String, String> files; // by the name of a zone

  @Override
  public String name() {
    return ZoneChoice.BUNDLED;
  }

  @Override
  public String place() {
    return "in the jar";
  }

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public Set<String> ids() throws ZoneFault {
    return files().keySet();
  }

  @Override
  public ZoneRules rules(String id) throws ZoneFault {
    String file = files().get(id);
    if (file == null) {
      throw new ZoneFault("the jar has no zone " + id);
    }
    try (InputStream in = open(file)) {
      return rules(DateTimeZoneBuilder.readFrom(in, id));
    } catch (IOException e) {
      throw new ZoneFault("the jar's zone " + id + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static ZoneRules rules(DateTimeZone zone) {
    TreeMap<Long, ZoneOffset> wall = new TreeMap<>();
    TreeMap<Long, ZoneOffset> standard = new TreeMap<>();
    long at = Long.MIN_VALUE / 2;
    ZoneOffset first = offset(zone.getOffset(at));
    ZoneOffset firstStandard = offset(zone.getStandardOffset(at));
    long next = zone.nextTransition(at);
    while (next != at && next < LATEST * 1000) {
      at = next;
      long second = Math.floorDiv(at + 999, 1000L); // 24:00 stands there as 23:59:59.999
      wall.put(second, offset(zone.getOffset(at)));
      standard.put(second, offset(zone.getStandardOffset(at)));
      next = zone.nextTransition(at);
    }
    return ZoneRules.of(
        firstStandard,
        first,
        PosixRule.transitions(firstStandard, standard),
        PosixRule.transitions(first, wall),
        List.of());
  }

  private static ZoneOffset offset(int millis) {
    return ZoneOffset.ofTotalSeconds(Math.floorDiv(millis, 1000));
  }

  private synchronized Map<String, String> files() throws ZoneFault {
    if (files == null) {
      try (DataInputStream in = new DataInputStream(open("ZoneInfoMap"))) {
        String[] texts = new String[in.readUnsignedShort()];
        for (int i = 0; i < texts.length; i++) {
          texts[i] = in.readUTF();
        }
        Map<String, String> read = new HashMap<>();
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
          String name = texts[in.readUnsignedShort()];
          read.put(name, texts[in.readUnsignedShort()]);
        }
        files = read;
      } catch (IOException | IndexOutOfBoundsException e) {
        throw new ZoneFault("the jar's list of zones cannot be read: " + e.getMessage(), e);
      }
    }
    return files;
  }

  private static InputStream open(String file) throws IOException {
    InputStream in = DateTimeZone.class.getResourceAsStream(FOLDER + file);
    if (in == null) {
      throw new IOException(FOLDER + file + " is not in the jar");
    }
    return in;
  }
}
