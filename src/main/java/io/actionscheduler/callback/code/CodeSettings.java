package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.common.EnvironmentSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a callback runs code.
 *
 * @param network whether jobs may reach the network
 * @param least the rung below which no job is run
 * @param readable what jobs may read besides the system's own folders
 * @param environment variables that jobs get
 */
record CodeSettings(
    CodeLimits limits,
    boolean network,
    Rung least,
    String interpreter,
    List<Path> readable,
    Map<String, String> environment) {

  /** Keys of a callback, and of the section {@code execution}, whose values it takes over. */
  static final Set<String> KEYS =
      Set.of(
          "enabled",
          "cgroup",
          "first_uid",
          "folder",
          "least_rung",
          "network",
          "interpreter",
          "readable",
          "readable.*",
          "environment.*",
          "time_limit",
          "max_time_limit",
          "memory",
          "cpu_seconds",
          "file_size",
          "processes");

  CodeSettings {
    requireNonNull(limits, "limits is null");
    requireNonNull(least, "least is null");
    requireNonNull(interpreter, "interpreter is null");
    readable = List.copyOf(readable);
    environment = Map.copyOf(environment);
  }

  static CodeSettings of(CallbackSettings settings) throws InvalidSetting {
    boolean network = settings.flag("network", false);
    Rung least = Rung.of(settings.number("least_rung", 2, 1, 4));
    if (!network && least == Rung.LIMITS) {
      throw settings.invalid(
          "least_rung",
          "1",
          "2 or more, since rung 1 does not keep jobs from the network; with network: true also 1");
    }
    return new CodeSettings(
        CodeLimits.of(settings),
        network,
        least,
        settings.text("interpreter").map(String::strip).orElse("python3"),
        readable(settings),
        EnvironmentSettings.of(settings));
  }

  private static List<Path> readable(CallbackSettings settings) throws InvalidSetting {
    List<Path> readable = new ArrayList<>();
    for (String written : settings.list("readable")) {
      try {
        Path path = Path.of(written.strip()).normalize();
        if (path.isAbsolute() && path.getNameCount() > 0) {
          readable.add(path);
          continue;
        }
      } catch (InvalidPathException e) {
        // reported below, with what is allowed
      }
      throw settings.invalid("readable", written, "absolute paths of files and folders, except /");
    }
    return readable;
  }
}
