package io.actionscheduler.app.parts;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.calendar.CalendarEvents;
import io.actionscheduler.calendar.CalendarFault;
import io.actionscheduler.calendar.CalendarPlan;
import io.actionscheduler.calendar.CalendarSettings;
import io.actionscheduler.calendar.Calendars;
import io.actionscheduler.calendar.CalendarsInForce;
import io.actionscheduler.calendar.ics.IcsFile;
import io.actionscheduler.schedule.Windows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The calendars of the settings, with their files, which are read again when they change.
 * Thread-safe.
 */
public final class CalendarFiles {
  private static final long LARGEST = 16 * 1024 * 1024;

  private CalendarPlan plan;
  private final Map<Place, Kept> kept = new HashMap<>();
  private final CalendarsInForce inForce = new CalendarsInForce(Calendars.NONE);

  /** A file of a calendar; another calendar may read it by another zone. */
  private record Place(String calendar, Path file) {}

  /** What a file looks like from outside; of a missing one, nothing. */
  private record Stamp(FileTime modifiedAt, Object key, long size) {
    static final Stamp MISSING = new Stamp(FileTime.fromMillis(0), "", -1);
  }

  /** The last good contents of a file, and what was seen of it since. */
  private static final class Kept {
    CalendarEvents events;
    Stamp read; // of the contents, or of the fault that was told
    Stamp seen; // at the last look
    boolean failing;
  }

  /** Receives what happened to a file. */
  public interface Told {
    /** It is in force as it is now. */
    void changed(String message);

    /** Its last good contents stay in force. */
    void failed(String message);
  }

  private CalendarFiles(CalendarPlan plan) {
    this.plan = requireNonNull(plan, "plan is null");
  }

  /**
   * Reads all of them.
   *
   * @throws CalendarFault when a file cannot be read or understood
   */
  public static CalendarFiles open(CalendarPlan plan) throws CalendarFault {
    CalendarFiles files = new CalendarFiles(plan);
    for (CalendarSettings calendar : plan.calendars()) {
      for (Path file : calendar.files()) {
        files.kept.put(new Place(calendar.name(), file), opened(calendar, file));
      }
    }
    files.inForce.use(files.calendars());
    return files;
  }

  /** What is wrong with the files, a fault for each that cannot be read or understood. */
  public static List<CalendarFault> faults(CalendarPlan plan) {
    List<CalendarFault> faults = new ArrayList<>();
    for (CalendarSettings calendar : plan.calendars()) {
      for (Path file : calendar.files()) {
        try {
          opened(calendar, file);
        } catch (CalendarFault e) {
          faults.add(e);
        }
      }
    }
    return faults;
  }

  private static Kept opened(CalendarSettings calendar, Path file) throws CalendarFault {
    Kept one = new Kept();
    one.read = stamp(file);
    one.seen = one.read;
    try {
      one.events = read(calendar, file);
      return one;
    } catch (CalendarFault e) {
      throw new CalendarFault(label(calendar, file) + " " + e.getMessage(), e);
    }
  }

  /** The calendars; they change with every {@link #look} that finds something new. */
  public CalendarsInForce inForce() {
    return inForce;
  }

  /** Has the calendars of {@code other} hold from now on, with their files as it read them. */
  public synchronized void become(CalendarFiles other) {
    plan = other.plan;
    kept.clear();
    kept.putAll(other.kept);
    inForce.use(calendars());
  }

  /**
   * Looks at every file, and reads those that changed, once they look the same twice in a row: one
   * that is being written is left to the next look.
   */
  public synchronized void look(Told told) {
    boolean changed = false;
    for (CalendarSettings calendar : plan.calendars()) {
      for (Path file : calendar.files()) {
        changed |= look(calendar, file, kept.get(new Place(calendar.name(), file)), told);
      }
    }
    if (changed) {
      inForce.use(calendars());
    }
  }

  private static boolean look(CalendarSettings calendar, Path file, Kept one, Told told) {
    Stamp now = stamp(file);
    boolean quiet = now.equals(one.seen);
    one.seen = now;
    if (!quiet || now.equals(one.read)) {
      return false;
    }
    one.read = now;
    try {
      CalendarEvents events = read(calendar, file);
      boolean changed = !events.equals(one.events);
      one.events = events;
      if (changed || one.failing) {
        told.changed(
            label(calendar, file)
                + " is read anew: "
                + (events.days().size() + events.times().size())
                + " events");
      }
      one.failing = false;
      return changed;
    } catch (CalendarFault e) {
      one.failing = true;
      told.failed(
          label(calendar, file)
              + " "
              + e.getMessage()
              + "; its last good contents stay in force until the file is mended");
      return false;
    }
  }

  private static String label(CalendarSettings calendar, Path file) {
    return "calendars." + calendar.name() + ".ics: \"" + file + "\"";
  }

  private static Stamp stamp(Path file) {
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(is.lastModifiedTime(), String.valueOf(is.fileKey()), is.size());
    } catch (IOException e) {
      return Stamp.MISSING;
    }
  }

  private static CalendarEvents read(CalendarSettings calendar, Path file) throws CalendarFault {
    try {
      if (Files.size(file) > LARGEST) {
        throw new CalendarFault("is larger than 16 MiB");
      }
      return IcsFile.read(
          new String(Files.readAllBytes(file), StandardCharsets.UTF_8), calendar.zone());
    } catch (NoSuchFileException e) {
      throw new CalendarFault("does not exist", e);
    } catch (IOException e) {
      throw new CalendarFault("cannot be read: " + e.getMessage(), e);
    }
  }

  private Calendars calendars() {
    Map<String, Windows> byName = new HashMap<>();
    for (CalendarSettings calendar : plan.calendars()) {
      List<CalendarEvents> events = new ArrayList<>();
      for (Path file : calendar.files()) {
        events.add(kept.get(new Place(calendar.name(), file)).events);
      }
      byName.put(calendar.name(), calendar.windows(events));
    }
    return new Calendars(byName, plan.blackouts());
  }
}
