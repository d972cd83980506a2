package io.actionscheduler.callback.code;

import io.actionscheduler.action.CodeType;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is wrong with the parameters of an action that runs code, known before it fires. */
public final class CodeCheck {
  private final Map<String, String> faults = new LinkedHashMap<>();

  private CodeCheck() {}

  /** Reads one parameter. */
  @FunctionalInterface
  private interface Reading {
    void read() throws CallbackException;
  }

  /**
   * The faults that would make each of its fires fail for good, by the names of the parameters.
   *
   * @param settings of the callback; there are no faults if it does not run code
   * @throws InvalidSetting when the callback has no valid settings
   */
  public static Map<String, String> faults(
      CallbackSettings settings, Map<String, Object> parameters) throws InvalidSetting {
    CodeCheck check = new CodeCheck();
    if (CodeType.isOne(settings.type())) {
      check.all(settings.type(), CodeLimits.of(settings), new Parameters(parameters));
    }
    return check.faults;
  }

  private void all(String type, CodeLimits limits, Parameters parameters) {
    Optional<Language> language =
        Arrays.stream(Language.values()).filter(one -> one.type().equals(type)).findFirst();
    if (language.isPresent()) {
      String name = language.get().parameter();
      add(name, () -> parameters.text(name));
    } else {
      add("operation", () -> Operation.of(parameters));
      Optional.ofNullable(parameters.values().get("operation"))
          .flatMap(operation -> Operation.find(operation.toString()))
          .ifPresent(operation -> add(operation.parameter(), () -> operation.number(parameters)));
    }
    add("time_limit", () -> parameters.timeLimit(limits.time(), limits.longestTime()));
  }

  private void add(String name, Reading reading) {
    try {
      reading.read();
    } catch (CallbackException e) {
      faults.put(name, e.getMessage().substring(Parameters.SUBJECT.length()));
    }
  }
}
