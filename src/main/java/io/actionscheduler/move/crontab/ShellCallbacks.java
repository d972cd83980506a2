package io.actionscheduler.move.crontab;

import io.actionscheduler.move.CallbackNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Callbacks that run commands as cron does: by a shell, with the variables of the crontab, the text
 * after {@code %} as standard input, and no retries.
 */
final class ShellCallbacks {
  /** Names that cron uses itself and that do not become variables of commands. */
  private static final Set<String> OF_CRON =
      Set.of("CRON_TZ", "RANDOM_DELAY", "MAILTO", "MAILFROM");

  private static final String PATH = "/usr/bin:/bin";

  private final CallbackNames names = new CallbackNames();

  /** The name of the callback for a command with these variables, made when it is first needed. */
  String name(Map<String, String> variables, Optional<String> user) {
    String base = "crontab" + user.map(of -> "_" + of.replaceAll("[^A-Za-z0-9]", "_")).orElse("");
    return names.name(base, settings(variables, user));
  }

  /** The settings of all callbacks that were needed, by name. */
  Map<String, Map<String, Object>> settings() {
    return names.settings();
  }

  private static Map<String, Object> settings(
      Map<String, String> variables, Optional<String> user) {
    String shell = variables.getOrDefault("SHELL", "/bin/sh");
    List<String> run =
        List.of(shell, "-c", "printf %s \"$PARAMETER_STDIN\" | " + shell + " -c \"$COMMAND\"");
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", PATH);
    environment.put("SHELL", shell);
    variables.forEach(
        (name, value) -> {
          if (!OF_CRON.contains(name)) {
            environment.put(name, value.replace("${", "$${"));
          }
        });
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("type", "process");
    settings.put(
        "command",
        user.isEmpty()
            ? run
            : Stream.concat(List.of("runuser", "-u", user.get(), "--").stream(), run.stream())
                .toList());
    settings.put("working_directory", variables.getOrDefault("HOME", "${HOME:/}"));
    settings.put("environment", environment);
    settings.put("retry", Map.of("max_retries", 0));
    return settings;
  }
}
