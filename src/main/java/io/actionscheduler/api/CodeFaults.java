package io.actionscheduler.api;

import io.actionscheduler.action.Action;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.code.CodeCheck;
import io.actionscheduler.config.Settings;
import io.actionscheduler.config.Settings.Named;
import io.actionscheduler.http.Faults;
import io.actionscheduler.http.Problem;
import io.actionscheduler.source.Column;
import java.util.Map;
import java.util.stream.Stream;

/** Refuses parameters of a job that runs code with which every run would fail. */
final class CodeFaults {
  private CodeFaults() {}

  /** Whether {@code body} says what a job runs, or with which parameters. */
  static boolean concern(Map<String, Object> body) {
    return Stream.of("payload", "parameters", "job_type", "callback").anyMatch(body::containsKey);
  }

  /**
   * Checks what {@code action} hands to the callbacks that run code.
   *
   * @param body of the request, for the places of the faults
   * @throws Problem 422 that names each wrong parameter
   */
  static void check(Action action, Map<String, Object> body, Settings settings) throws Problem {
    Faults faults = new Faults();
    String parameters = JobInput.pointer(Column.PARAMETERS, body);
    for (String name : action.policy().callbacks()) {
      of(settings.callbacks().get(name), action)
          .forEach((parameter, fault) -> faults.add(parameters + "/" + parameter, fault));
    }
    faults.throwIfAny();
  }

  private static Map<String, String> of(Named callback, Action action) {
    try {
      return CodeCheck.faults(
          new CallbackSettings(
              callback.name(), callback.type(), callback.prefix(), callback.values()),
          action.parameters());
    } catch (InvalidSetting e) {
      throw new IllegalStateException("settings that the start accepted are not valid", e);
    }
  }
}
