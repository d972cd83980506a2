package io.actionscheduler.move.out;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes an action as a CronJob of {@code batch/v1}. */
final class CronJobManifest {
  private static final String LABEL = "[a-z0-9](?:[-a-z0-9]{0,%d}[a-z0-9])?";

  /** {@code namespace/name}, as an import of CronJobs names its actions. */
  static final Pattern OBJECT = Pattern.compile(LABEL.formatted(61) + "/" + LABEL.formatted(50));

  /** With less, the controller of Kubernetes starts nothing. */
  private static final long LEAST_DEADLINE = 10;

  private CronJobManifest() {}

  /**
   * The manifest.
   *
   * @param line its schedule
   * @throws NotSaid where Kubernetes does not know its zone, or it has no command
   */
  static Map<String, Object> of(Leaving action, String line) throws NotSaid {
    if (action.command().isBlank()) {
      throw new NotSaid("its command is empty");
    }
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("schedule", line);
    spec.put("timeZone", Zones.named(action.timing().zone(), "Kubernetes"));
    spec.put("suspend", !action.policy().enabled());
    spec.put("concurrencyPolicy", action.policy().overlap().equals("allow") ? "Allow" : "Forbid");
    deadline(action).ifPresent(seconds -> spec.put("startingDeadlineSeconds", seconds));
    Map<String, Object> container =
        ordered(
            "name",
            "command",
            "image",
            "IMAGE",
            "command",
            List.of("/bin/sh", "-c", unexpanded(action.command())));
    Map<String, Object> pod = ordered("restartPolicy", "Never", "containers", List.of(container));
    spec.put("jobTemplate", Map.of("spec", Map.of("template", Map.of("spec", pod))));
    return ordered(
        "apiVersion", "batch/v1", "kind", "CronJob", "metadata", metadata(action), "spec", spec);
  }

  /** What the manifest lacks. */
  static List<String> notes(Leaving action) {
    List<String> notes = new ArrayList<>();
    notes.add("fill in the image");
    Leaving.Policy policy = action.policy();
    if (policy.overlap().equals("queue")) {
      notes.add("concurrencyPolicy Forbid skips what is due while a run is under way");
    }
    if (!policy.mergesMissed()) {
      notes.add("of several missed runs, Kubernetes makes up for the latest only");
    }
    if (policy.actualitySeconds().isPresent() && deadline(action).isEmpty()) {
      notes.add(
          "startingDeadlineSeconds is left out: with less than 10, Kubernetes starts nothing, and"
              + " without it, missed runs never expire");
    }
    return notes;
  }

  private static Optional<Long> deadline(Leaving action) {
    return action.policy().actualitySeconds().filter(seconds -> seconds >= LEAST_DEADLINE);
  }

  private static Map<String, Object> metadata(Leaving action) {
    String label = action.label();
    int slash = label.indexOf('/');
    return slash < 0
        ? Map.of("name", label)
        : ordered("namespace", label.substring(0, slash), "name", label.substring(slash + 1));
  }

  /** Kubernetes replaces {@code $(NAME)} in commands, and makes {@code $$} one {@code $}. */
  private static String unexpanded(String command) {
    return command.replaceAll("\\$(?=[$(])", "\\$\\$");
  }

  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i].toString(), pairs[i + 1]);
    }
    return map;
  }
}
