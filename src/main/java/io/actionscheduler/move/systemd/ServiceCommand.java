package io.actionscheduler.move.systemd;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The command of a service as a shell command line, and the callback that runs it.
 *
 * @param callback the name of the callback, if it is free
 * @param notes settings that are not taken over
 */
record ServiceCommand(
    String text, String callback, Map<String, Object> settings, List<String> notes) {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final String NO_LIMIT = "24h"; // systemd sets no variables for these

  private static final Set<String> TAKEN_OVER =
      Set.of(
          "Type",
          "ExecStart",
          "Environment",
          "User",
          "WorkingDirectory",
          "RuntimeMaxSec",
          "TimeoutStartSec");

  /** The command of {@code service}, whose name is {@code name}. */
  static ServiceCommand of(String name, UnitFile service) throws ExecLine.Unreadable {
    List<String> notes = new ArrayList<>();
    List<String> others =
        service.names("Service").stream().filter(of -> !TAKEN_OVER.contains(of)).toList();
    if (!others.isEmpty()) {
      notes.add("not taken over of the service: " + String.join(", ", others));
    }
    Optional<String> user = service.last("Service", "User").filter(of -> !of.equals("root"));
    String suffix = user.map(of -> "_" + of.replaceAll("[^A-Za-z0-9]", "_")).orElse("");
    return new ServiceCommand(
        command(name, service, user.isPresent(), notes),
        "systemd" + suffix,
        settings(name, service, user),
        List.copyOf(notes));
  }

  private static String command(String name, UnitFile service, boolean hasUser, List<String> notes)
      throws ExecLine.Unreadable {
    List<String> lines = service.all("Service", "ExecStart");
    if (lines.isEmpty()) {
      throw new ExecLine.Unreadable("the service has no ExecStart=");
    }
    List<String> commands = new ArrayList<>();
    for (String written : lines) {
      ExecLine line = ExecLine.read(written, name);
      if (line.isPrivileged() && hasUser) {
        notes.add("ExecStart=+… runs as the user here, not as root");
      }
      if (lines.size() == 1 && line.ofShell().isPresent()) {
        return line.ofShell().get();
      }
      commands.add(line.mayFail() ? "{ " + line.shell() + " || true; }" : line.shell());
    }
    return String.join(" && ", commands);
  }

  private static Map<String, Object> settings(String name, UnitFile service, Optional<String> user)
      throws ExecLine.Unreadable {
    List<String> shell = List.of("/bin/sh", "-c", "exec /bin/sh -c \"$COMMAND\" < /dev/null");
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("type", "process");
    settings.put(
        "command",
        user.isEmpty()
            ? shell
            : Stream.concat(Stream.of("runuser", "-u", user.get(), "--"), shell.stream()).toList());
    String folder = service.last("Service", "WorkingDirectory").orElse("/");
    folder = folder.startsWith("-") ? folder.substring(1) : folder;
    settings.put("working_directory", folder.equals("~") ? "${HOME:/}" : folder);
    settings.put("environment", environment(name, service));
    settings.put("timeout", limit(service));
    settings.put("retry", Map.of("max_retries", 0));
    return settings;
  }

  private static Map<String, String> environment(String name, UnitFile service)
      throws ExecLine.Unreadable {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", PATH);
    for (String line : service.all("Service", "Environment")) {
      for (String word : ExecLine.words(line, name)) {
        int equals = word.indexOf('=');
        if (equals <= 0) {
          throw new ExecLine.Unreadable("Environment=" + word + " is not an assignment");
        }
        environment.put(word.substring(0, equals), word.substring(equals + 1).replace("${", "$${"));
      }
    }
    return environment;
  }

  private static String limit(UnitFile service) {
    return service
        .last("Service", "RuntimeMaxSec")
        .or(() -> service.last("Service", "TimeoutStartSec"))
        .flatMap(UnitSpan::seconds)
        .filter(seconds -> seconds.signum() > 0)
        .map(seconds -> seconds.max(BigDecimal.ONE).setScale(0, RoundingMode.UP) + "s")
        .orElse(NO_LIMIT);
  }
}
