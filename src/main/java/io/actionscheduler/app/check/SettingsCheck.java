package io.actionscheduler.app.check;

import io.actionscheduler.app.parts.CalendarFiles;
import io.actionscheduler.app.parts.ConfiguredCallbacks;
import io.actionscheduler.calendar.CalendarFault;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.Problem;
import io.actionscheduler.config.Settings;
import io.actionscheduler.http.HttpSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the problems of settings that only show when the parts are made that they are for:
 * callbacks, files of calendars, the key store of the HTTP API. Connects to nothing.
 */
public final class SettingsCheck {
  private static final String KEYSTORE = "http.tls.keystore";

  private SettingsCheck() {}

  /**
   * Checks settings that could be read.
   *
   * @throws InvalidConfig with all problems
   */
  public static void check(Settings settings, InstantSource clock) throws InvalidConfig {
    List<Problem> problems = problems(settings, clock);
    if (!problems.isEmpty()) {
      throw new InvalidConfig(problems);
    }
  }

  /** The same exception with the problems of the other settings added, so that all are reported. */
  public static InvalidConfig completed(InvalidConfig e, InstantSource clock) {
    return e.rest().map(rest -> e.and(problems(rest, clock))).orElse(e);
  }

  /** All problems, in no order. */
  public static List<Problem> problems(Settings settings, InstantSource clock) {
    List<Problem> problems = new ArrayList<>();
    try {
      ConfiguredCallbacks.of(settings, clock, reason -> {}).close();
    } catch (InvalidConfig e) {
      problems.addAll(e.problems());
    }
    problems.addAll(ofCalendars(settings));
    settings
        .http()
        .flatMap(http -> http.address().tls())
        .ifPresent(tls -> tls(settings, tls, problems));
    return problems;
  }

  /** What is wrong with the files of calendars, a problem for each with its place. */
  public static List<Problem> ofCalendars(Settings settings) {
    return CalendarFiles.faults(settings.calendars()).stream()
        .map(fault -> ofFile(settings, fault))
        .toList();
  }

  private static void tls(Settings settings, HttpSettings.Tls tls, List<Problem> problems) {
    try {
      KeyStore.getInstance(tls.keystore().toFile(), tls.password().toCharArray());
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      String fault = "\"" + tls.keystore() + "\" is not a readable key store: ";
      problems.add(new Problem(source(settings, KEYSTORE, ""), KEYSTORE, fault + e.getMessage()));
    }
  }

  /** The problem with its place: the message of a fault begins with the key. */
  public static Problem ofFile(Settings settings, CalendarFault file) {
    String message = file.getMessage();
    int colon = message.indexOf(": ");
    String key = message.substring(0, colon);
    String fault = message.substring(colon + 2);
    return new Problem(source(settings, key, fault), key, fault);
  }

  /** The place of a setting, or of the item of a list that {@code fault} names. */
  private static String source(Settings settings, String key, String fault) {
    List<Settings.Origin> places =
        settings.origins().stream()
            .filter(origin -> (origin.key() + ".").startsWith(key + "."))
            .toList();
    Optional<Settings.Origin> named =
        places.stream().filter(origin -> fault.contains(origin.value())).findFirst();
    return named
        .or(() -> places.stream().findFirst())
        .map(Settings.Origin::source)
        .orElse("settings");
  }
}
