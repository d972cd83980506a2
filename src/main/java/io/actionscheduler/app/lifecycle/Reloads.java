package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.logging.Logging;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.Problem;
import io.actionscheduler.config.Settings;
import io.actionscheduler.config.SettingsChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings in force, and how they are read again while the scheduler runs: all of a change, or
 * nothing of it. Thread-safe.
 */
public final class Reloads {
  private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);

  private final Reader reader;
  private Settings settings;
  private Optional<Part> scheduler = Optional.empty();
  private final List<Part> beside = new CopyOnWriteArrayList<>();

  /** Reads the settings. */
  @FunctionalInterface
  public interface Reader {
    /**
     * @throws InvalidConfig when they are not valid
     */
    Settings read() throws InvalidConfig;
  }

  /** What works by the settings and can take others while it runs. */
  @FunctionalInterface
  public interface Part {
    /**
     * Makes what it needs for other settings, and uses none of it yet.
     *
     * @throws InvalidConfig where they cannot be used; then nothing of it is left open
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    Next prepare(Settings settings, SettingsChange change)
        throws InvalidConfig, InterruptedException;
  }

  /** A part that has what it needs for other settings. One of the two methods is called, once. */
  public interface Next {
    /**
     * Works by the other settings from now on.
     *
     * @throws InterruptedException when the thread is interrupted meanwhile: the program stops
     */
    void use() throws InterruptedException;

    /** The settings stay as they are: closes what was made. */
    void drop();
  }

  /**
   * What came of reading them again.
   *
   * @param done whether they are in force; otherwise nothing has changed
   * @param lines for people: what has changed, or why nothing has
   */
  public record Outcome(boolean done, List<String> lines) {
    public Outcome {
      lines = List.copyOf(lines);
    }
  }

  /**
   * @param settings that the program starts with, as {@code reader} reads them
   */
  public Reloads(Settings settings, Reader reader) {
    this.settings = requireNonNull(settings, "settings is null");
    this.reader = requireNonNull(reader, "reader is null");
  }

  /** The settings in force. */
  synchronized Settings settings() {
    return settings;
  }

  /** A scheduler runs from now on; empty: none does. */
  synchronized void serve(Optional<Part> running) {
    scheduler = running;
  }

  /** A part beside the scheduler follows the settings, until what this gives back is run. */
  public Runnable follow(Part part) {
    beside.add(part);
    return () -> beside.remove(part);
  }

  /**
   * Reads the settings again.
   *
   * @param by who asks, for the log
   * @throws InterruptedException when the thread is interrupted while parts are replaced
   */
  public synchronized Outcome reload(String by) throws InterruptedException {
    Outcome outcome = read();
    outcome.lines().forEach(line -> LOG.info("reload, asked by {}: {}", by, line));
    return outcome;
  }

  private Outcome read() throws InterruptedException {
    if (scheduler.isEmpty()) {
      return refused(List.of("this process stands by or is starting; ask the one that runs"));
    }
    Settings next;
    try {
      next = reader.read();
    } catch (InvalidConfig e) {
      return refused("these settings cannot be used, nothing was changed", e);
    }
    SettingsChange change = SettingsChange.between(settings, next);
    if (!change.restart().isEmpty()) {
      return refused(
          List.of(
              "these changes need a restart, and nothing was changed: "
                  + String.join(", ", change.restart())));
    }
    if (change.isEmpty()) {
      return new Outcome(true, List.of("the settings are the same as before"));
    }
    try {
      take(next, change);
    } catch (InvalidConfig e) {
      return refused("these settings cannot be used, nothing was changed", e);
    }
    return new Outcome(true, told(next, change));
  }

  private void take(Settings next, SettingsChange change)
      throws InvalidConfig, InterruptedException {
    // The scheduler is asked first: it lists every fault of every callback that has changed.
    List<Part> parts = new ArrayList<>(List.of(scheduler.orElseThrow()));
    parts.addAll(beside);
    List<Next> prepared = new ArrayList<>();
    boolean isUsed = false;
    try {
      for (Part part : parts) {
        prepared.add(part.prepare(next, change));
      }
      isUsed = true;
      for (Next part : prepared) {
        part.use();
      }
    } finally {
      if (!isUsed) {
        prepared.forEach(Next::drop);
      }
    }
    if (change.log()) {
      Logging.applyLevel(next);
    }
    settings = next;
  }

  private static List<String> told(Settings next, SettingsChange change) {
    List<String> lines = new ArrayList<>();
    tell("callbacks added: ", change.callbacks().added(), lines);
    tell("callbacks with new settings: ", change.callbacks().other(), lines);
    tell("callbacks removed: ", change.callbacks().removed(), lines);
    if (change.calendars().differ()) {
      lines.add("calendars and blackouts have changed");
    }
    if (change.alerts()) {
      lines.add("alerts have changed");
    }
    if (change.log()) {
      lines.add("log.level is " + next.logLevel());
    }
    return lines;
  }

  private static void tell(String what, Set<String> names, List<String> lines) {
    if (!names.isEmpty()) {
      lines.add(what + String.join(", ", new TreeSet<>(names)));
    }
  }

  private static Outcome refused(String why, InvalidConfig e) {
    List<String> lines = new ArrayList<>(List.of(why));
    e.problems().stream().map(Problem::toString).forEach(lines::add);
    return refused(lines);
  }

  private static Outcome refused(List<String> lines) {
    return new Outcome(false, lines);
  }
}
