package io.actionscheduler.callback.process;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.template.Field;
import io.actionscheduler.template.JsonText;
import io.actionscheduler.template.Passport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The environment of a process: a few variables of the scheduler, those of the settings, and the
 * fire.
 */
public final class Variables {
  private static final Logger log = LoggerFactory.getLogger(Variables.class);

  /** Most systems accept no variable above 128 KiB; longer values are only on standard input. */
  private static final int LONGEST = 100_000;

  /** Variables that most programs need and that contain no secrets. */
  private static final List<String> USUAL =
      List.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "LANG",
          "LANGUAGE",
          "TZ",
          "TMPDIR",
          "TEMP",
          "TMP",
          "SYSTEMROOT",
          "COMSPEC",
          "PATHEXT");

  /** The most sets of parameters that are warned of, since there may be as many sets as fires. */
  private static final int MOST_TOLD = 100;

  private final Command command;
  private final Set<Map<String, List<String>>> told = ConcurrentHashMap.newKeySet();

  Variables(Command command) {
    this.command = requireNonNull(command, "command is null");
  }

  /**
   * Sets the variables of one process.
   *
   * @param environment that of the scheduler, which it becomes that of the process
   * @throws CallbackException when the fire does not fit
   */
  void set(Map<String, String> environment, Passport passport) throws CallbackException {
    if (!command.inherits()) {
      environment
          .keySet()
          .removeIf(name -> !USUAL.contains(name.toUpperCase(Locale.ROOT)) && !isLocale(name));
    }
    environment.putAll(command.environment());
    ParameterNames names = ParameterNames.of(passport.parameters().keySet());
    if (!names.shared().isEmpty() && told.size() < MOST_TOLD && told.add(names.shared())) {
      log.warn("{}: {}", passport.fire().action().label(), names.warning());
    }
    passport
        .parameters()
        .forEach((name, value) -> parameter(environment, names.variable(name), value));
    for (Field field : Field.values()) {
      String name = name(field);
      environment.remove(name); // a variable without a value must not be inherited
      Optional<String> value = field.of(passport).map(Object::toString).map(Variables::clean);
      if (value.isPresent() && !isTooLong(value.get())) {
        environment.put(name, value.get());
      } else if (value.isPresent() && !command.tellsAll()) {
        throw CallbackException.permanent(
            name
                + " has "
                + value.get().length()
                + " characters, more than a variable can hold; with input: everything it is only on"
                + " standard input",
            null);
      }
    }
  }

  /**
   * The name of the variable of a field: {@code FIRE_ID}, {@code ACTION_NAME}, {@code COMMAND} …
   */
  public static String name(Field field) {
    return field == Field.NAME ? "ACTION_NAME" : field.name();
  }

  private static void parameter(Map<String, String> environment, String variable, Object value) {
    String text = clean(value instanceof String plain ? plain : JsonText.of(value));
    if (!isTooLong(text)) {
      environment.put(variable, text);
    }
  }

  private static boolean isLocale(String name) {
    return name.startsWith("LC_");
  }

  private static boolean isTooLong(String value) {
    return value.length() > LONGEST
        || value.length() > LONGEST / 4 && value.getBytes(StandardCharsets.UTF_8).length > LONGEST;
  }

  /** Replaces NUL, which would end the value. */
  private static String clean(String value) {
    return value.indexOf('\0') < 0 ? value : value.replace('\0', '\ufffd');
  }
}
