package io.actionscheduler.move.kubernetes;

import io.actionscheduler.move.LeftOut;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import io.actionscheduler.move.dialect.Kubernetes;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ZoneText;
import io.actionscheduler.text.InvalidYaml;
import io.actionscheduler.text.Yaml;
import io.actionscheduler.text.YamlNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads manifests of Kubernetes: the CronJobs of {@code batch/v1} in any number of documents and
 * lists.
 */
public final class CronJobs {
  /** The zone of the controller, where a CronJob names none: that of its container. */
  private static final ZoneId CONTROLLER = ZoneId.of("UTC");

  /** More than clusters have, and few enough for memory. */
  private static final int MOST_DOCUMENTS = 20_000;

  /** robfig/cron knows a zone before the fields, so that a CronJob made long ago may have one. */
  private static final Pattern ZONE_IN_SCHEDULE =
      Pattern.compile("(?:CRON_)?TZ=(?<zone>\\S+)\\s+(?<rest>.*)");

  private static final Set<String> SHELLS = Set.of("/bin/sh", "sh");

  private static final Set<Object> POLICIES = Set.of("Allow", "Forbid", "Replace");

  private final Optional<String> callback;
  private final List<Moved> actions = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  /**
   * @param callback that runs the commands; empty: the default one of the settings
   */
  public CronJobs(Optional<String> callback) {
    this.callback = callback;
  }

  /** All CronJobs of {@code text}. */
  public Move read(String text) {
    try {
      for (YamlNode document : Yaml.parseAll(text, MOST_DOCUMENTS)) {
        document("line " + document.line(), document.plain());
      }
    } catch (InvalidYaml e) {
      leftOut.add(
          new LeftOut(
              e.line() > 0 ? "line " + e.line() : "the text",
              "",
              "not YAML: " + e.getMessage(),
              true));
    }
    return new Move(actions, leftOut, Map.of());
  }

  private void document(String place, Object document) {
    if (!(document instanceof Map<?, ?> manifest)) {
      leftOut.add(new LeftOut(place, "", "not a manifest: a section is expected", true));
      return;
    }
    String kind = String.valueOf(manifest.get("kind"));
    if (kind.endsWith("List") && manifest.get("items") instanceof List<?> items) {
      for (int i = 0; i < items.size(); i++) {
        document(place + " item " + (i + 1), items.get(i));
      }
    } else if (!kind.equals("CronJob")) {
      leftOut.add(new LeftOut(place, "kind: " + kind, "no CronJob", false));
    } else if (!(manifest.get("spec") instanceof Map<?, ?> spec)
        || !(at(manifest, "metadata", "name") instanceof String name)) {
      leftOut.add(new LeftOut(place, "CronJob", "metadata.name or spec is missing", true));
    } else {
      Object namespace = at(manifest, "metadata", "namespace");
      job(place, namespace == null ? name : namespace + "/" + name, spec);
    }
  }

  private void job(String place, String name, Map<?, ?> spec) {
    String written = String.valueOf(spec.get("schedule")).strip();
    Matcher zoned = ZONE_IN_SCHEDULE.matcher(written);
    if (zoned.matches() && spec.get("timeZone") != null) {
      leftOut.add(
          new LeftOut(
              place,
              name + ": " + written,
              "Kubernetes refuses timeZone beside a zone in the schedule; leave one of them",
              true));
      return;
    }
    Optional<String> refused = refused(spec);
    if (refused.isPresent()) {
      leftOut.add(new LeftOut(place, name, "Kubernetes refuses " + refused.get(), true));
      return;
    }
    try {
      List<String> notes = new ArrayList<>();
      ZoneId zone = zone(spec, zoned, notes);
      String plain = zoned.matches() ? zoned.group("rest") : written;
      Kubernetes schedule = Kubernetes.read(plain, zone);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", name);
      row.put("command", command(spec, notes));
      row.put("cron", schedule.text());
      row.put("timezone", zone.getId());
      callback.ifPresent(named -> row.put("callback", named));
      row.put("overlap", overlap(spec, notes));
      if (Boolean.TRUE.equals(spec.get("suspend"))) {
        row.put("enabled", false);
      }
      if (spec.get("startingDeadlineSeconds") instanceof Long seconds) {
        row.put("actuality_time", seconds);
      }
      if (!schedule.text().equals(plain)) {
        notes.add("\"" + plain + "\" becomes \"" + schedule.text() + "\" here");
      }
      if (callback.isEmpty()) {
        notes.add("runs by the default callback of the settings; --callback names another");
      }
      actions.add(new Moved(place, row, schedule.elsewhere(), notes));
    } catch (InvalidSchedule e) {
      boolean every = written.contains("@every");
      leftOut.add(
          new LeftOut(
              place,
              name + ": " + written,
              every
                  ? "an interval that begins with the CronJob; write it as an interval of your own"
                  : e.getMessage(),
              !every));
    }
  }

  /** What no CronJob of a cluster has, as it is checked there; empty where all is well. */
  private static Optional<String> refused(Map<?, ?> spec) {
    Object policy = spec.get("concurrencyPolicy");
    if (policy != null && !POLICIES.contains(policy)) {
      return Optional.of("concurrencyPolicy " + policy + "; it is Allow, Forbid or Replace");
    }
    Object deadline = spec.get("startingDeadlineSeconds");
    if (deadline != null && !(deadline instanceof Long seconds && seconds >= 0)) {
      return Optional.of(
          "startingDeadlineSeconds " + deadline + "; it is a whole number of at least 0");
    }
    Object suspend = spec.get("suspend");
    return suspend == null || suspend instanceof Boolean
        ? Optional.empty()
        : Optional.of("suspend " + suspend + "; it is true or false, without quotes");
  }

  private static ZoneId zone(Map<?, ?> spec, Matcher zoned, List<String> notes)
      throws InvalidSchedule {
    if (zoned.matches()) {
      notes.add(
          "the zone in the schedule became the time zone of the action. Kubernetes never supported"
              + " it officially, and refuses new CronJobs with it; timeZone replaces it there");
      return ZoneText.read("CRON_TZ", zoned.group("zone"));
    }
    return spec.get("timeZone") == null
        ? CONTROLLER
        : ZoneText.read("timeZone", spec.get("timeZone").toString());
  }

  private static String overlap(Map<?, ?> spec, List<String> notes) {
    Object policy = spec.get("concurrencyPolicy");
    if ("Replace".equals(policy)) {
      notes.add("concurrencyPolicy Replace ends the run under way; here the new one is skipped");
    }
    return policy == null || policy.equals("Allow") ? "allow" : "skip";
  }

  /** The command of the first container as a shell command line. */
  private static String command(Map<?, ?> spec, List<String> notes) {
    Object containers = at(spec, "jobTemplate", "spec", "template", "spec", "containers");
    if (!(containers instanceof List<?> list)
        || list.isEmpty()
        || !(list.get(0) instanceof Map<?, ?> container)) {
      notes.add("no container: the command is empty");
      return "";
    }
    if (list.size() > 1) {
      notes.add("of several containers the first one's command is taken");
    }
    List<Object> words = new ArrayList<>();
    for (String part : List.of("command", "args")) {
      if (container.get(part) instanceof List<?> some) {
        words.addAll(some);
      }
    }
    if (words.isEmpty()) {
      notes.add("the image " + container.get("image") + " has the command in it: fill it in");
    }
    List<String> expanded = words.stream().map(word -> expanded(word.toString())).toList();
    return expanded.size() == 3 && SHELLS.contains(expanded.get(0)) && expanded.get(1).equals("-c")
        ? expanded.get(2)
        : expanded.stream().map(CronJobs::quoted).collect(Collectors.joining(" "));
  }

  /** Kubernetes makes {@code $$} one {@code $}. */
  private static String expanded(String word) {
    return word.replace("$$", "$");
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static Object at(Map<?, ?> map, String... path) {
    Object value = map;
    for (String name : path) {
      value = value instanceof Map<?, ?> section ? section.get(name) : null;
    }
    return value;
  }
}
