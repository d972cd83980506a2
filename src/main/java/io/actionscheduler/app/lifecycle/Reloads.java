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
import java.util.stream.Collectors;
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
  private Optional<Target> target = Optional.empty();

  /** Reads the settings. */
  @FunctionalInterface
  public interface Reader {
    /**
     * @throws InvalidConfig when they are not valid
     */
    Settings read() throws InvalidConfig;
  }

  /** A running scheduler. */
  interface Target {
    /**
     * Uses other callbacks from now on.
     *
     * @param settings in force from now on
     * @param callbacks those whose settings differ
     * @throws InvalidConfig where one of them cannot be made; then nothing has changed
     */
    void take(Settings settings, Set<String> callbacks) throws InvalidConfig, InterruptedException;
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
  synchronized void serve(Optional<Target> running) {
    target = running;
  }

  /**
   * Reads the settings again.
   *
   * @param by who asks, for the log
   * @throws InterruptedException when the thread is interrupted while callbacks are replaced
   */
  public synchronized Outcome reload(String by) throws InterruptedException {
    Outcome outcome = read();
    outcome.lines().forEach(line -> LOG.info("reload, asked by {}: {}", by, line));
    return outcome;
  }

  private Outcome read() throws InterruptedException {
    if (target.isEmpty()) {
      return refused(List.of("this process stands by or is starting; ask the one that runs"));
    }
    try {
      Settings next = reader.read();
      SettingsChange change = SettingsChange.between(settings, next);
      List<String> restart = new ArrayList<>(change.restart());
      for (String name : next.alerts().map(Settings.Alerts::callbacks).orElse(List.of())) {
        if (change.callbacks().contains(name)) {
          restart.add("callbacks." + name + " (alerts go to it)");
        }
      }
      if (!restart.isEmpty()) {
        return refused(
            List.of(
                "these changes need a restart, and nothing was changed: "
                    + String.join(", ", restart)));
      }
      if (change.isEmpty()) {
        return new Outcome(true, List.of("nothing has changed"));
      }
      return take(next, change);
    } catch (InvalidConfig e) {
      List<String> lines = new ArrayList<>(List.of("the settings are wrong, nothing was changed"));
      e.problems().stream().map(Problem::toString).forEach(lines::add);
      return refused(lines);
    }
  }

  private Outcome take(Settings next, SettingsChange change)
      throws InvalidConfig, InterruptedException {
    target.orElseThrow().take(next, change.callbacks());
    List<String> lines = new ArrayList<>();
    if (!change.callbacks().isEmpty()) {
      lines.add(
          "callbacks with new settings: "
              + change.callbacks().stream().sorted().collect(Collectors.joining(", ")));
    }
    if (change.log()) {
      Logging.applyLevel(next);
      lines.add("log.level is " + next.logLevel());
    }
    settings = next;
    return new Outcome(true, lines);
  }

  private static Outcome refused(List<String> lines) {
    return new Outcome(false, lines);
  }
}
