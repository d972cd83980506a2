package io.actionscheduler.app.check;

import io.actionscheduler.app.parts.CalendarFiles;
import io.actionscheduler.app.parts.ConfiguredCallbacks;
import io.actionscheduler.calendar.CalendarFault;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.KeyedMessage;
import io.actionscheduler.config.Problem;
import io.actionscheduler.config.Settings;
import io.actionscheduler.http.HttpSettings;
import io.actionscheduler.http.ServerKeys;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

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
      ServerKeys.check(tls);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      String fault = "\"" + tls.keystore() + "\" is not a key store that can be used: ";
      problems.add(new Problem(settings.placeOf(KEYSTORE), KEYSTORE, fault + e.getMessage()));
    }
  }

  /** The problem with its place: the message of a fault begins with the key. */
  public static Problem ofFile(Settings settings, CalendarFault file) {
    KeyedMessage told = KeyedMessage.of(file.getMessage(), "calendars");
    String place =
        settings.originsOf(told.key()).stream()
            .filter(item -> told.fault().contains(item.value()))
            .findFirst()
            .map(Settings.Origin::source)
            .orElseGet(() -> settings.placeOf(told.key()));
    return new Problem(place, told.key(), told.fault());
  }
}
