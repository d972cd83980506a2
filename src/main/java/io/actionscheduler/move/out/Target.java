package io.actionscheduler.move.out;

import io.actionscheduler.move.crontab.VixieCron;
import io.actionscheduler.move.dialect.Kubernetes;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.text.Yaml;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A program that actions are exported to. */
public enum Target {
  /** Lines of a user's crontab, as Debian's cron and cronie read them. */
  CRONTAB {
    @Override
    public Said say(Leaving action, ZoneId machine) throws NotSaid {
      String line = Five.of(action.timing()).line();
      if (action.command().isBlank() || action.command().contains("\n")) {
        throw new NotSaid("its command is empty, or has several lines");
      }
      List<String> notes = new ArrayList<>();
      StringBuilder text = new StringBuilder("# " + oneLine(action.name()) + "\n");
      ZoneId zone = action.timing().zone();
      boolean hasZone = !zone.equals(machine);
      if (hasZone) {
        text.append("CRON_TZ=").append(zone.getId()).append('\n');
        notes.add("CRON_TZ is read by cronie; Debian's cron takes the zone of the machine");
      }
      text.append(action.policy().enabled() ? "" : "# disabled: ");
      text.append(line).append(' ').append(action.command().replace("%", "\\%")).append('\n');
      if (hasZone) {
        text.append("CRON_TZ=").append(machine.getId()).append('\n');
      }
      if (!action.policy().overlap().equals("allow")) {
        notes.add("cron starts a run beside one that is still under way");
      }
      notes.add("cron does not make up for missed runs");
      return new Said(text.toString(), vixie(line, zone), notes);
    }
  },

  /** CronJobs of {@code batch/v1}. */
  KUBERNETES {
    @Override
    public Said say(Leaving action, ZoneId machine) throws NotSaid {
      String line = Five.of(action.timing()).line();
      ZoneId zone = action.timing().zone();
      Kubernetes read;
      try {
        read = Kubernetes.read(line, zone);
      } catch (InvalidSchedule e) {
        throw new NotSaid("Kubernetes refuses \"" + line + "\": " + e.getMessage());
      }
      if (zone.getId().matches("[+-].*|.*[+-]\\d.*")) {
        throw new NotSaid("Kubernetes knows no zone " + zone);
      }
      List<String> notes = new ArrayList<>();
      notes.add("fill in the image");
      if (action.policy().overlap().equals("queue")) {
        notes.add("concurrencyPolicy Forbid skips what is due while a run is under way");
      }
      return new Said(Yaml.write(manifest(action, line, zone)), read.elsewhere(), notes);
    }
  },

  /** Units as {@code systemctl cat} shows them, a timer and a service each. */
  SYSTEMD {
    @Override
    public Said say(Leaving action, ZoneId machine) throws NotSaid {
      return SystemdUnits.say(action, machine);
    }
  };

  private static final int LONGEST_NAME = 52;

  /**
   * {@code action} in its form.
   *
   * @param machine the zone of the machine that it will run on
   * @throws NotSaid when it cannot be expressed
   */
  public abstract Said say(Leaving action, ZoneId machine) throws NotSaid;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static VixieCron vixie(String line, ZoneId zone) throws NotSaid {
    try {
      return VixieCron.of(line, zone);
    } catch (IllegalArgumentException e) {
      throw new NotSaid("cron refuses \"" + e.getMessage() + "\" in \"" + line + "\"");
    }
  }

  private static Map<String, Object> manifest(Leaving action, String line, ZoneId zone) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("schedule", line);
    spec.put("timeZone", zone.getId().equals("Z") ? "UTC" : zone.getId());
    spec.put("suspend", !action.policy().enabled());
    spec.put("concurrencyPolicy", action.policy().overlap().equals("allow") ? "Allow" : "Forbid");
    action
        .policy()
        .actualitySeconds()
        .filter(seconds -> seconds >= 10) // with less, its controller starts nothing
        .ifPresent(seconds -> spec.put("startingDeadlineSeconds", seconds));
    Map<String, Object> container =
        ordered(
            "name",
            "command",
            "image",
            "IMAGE",
            "command",
            List.of("/bin/sh", "-c", action.command()));
    Map<String, Object> pod = ordered("restartPolicy", "Never", "containers", List.of(container));
    spec.put("jobTemplate", Map.of("spec", Map.of("template", Map.of("spec", pod))));
    return ordered(
        "apiVersion",
        "batch/v1",
        "kind",
        "CronJob",
        "metadata",
        Map.of("name", label(action.name())),
        "spec",
        spec);
  }

  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i].toString(), pairs[i + 1]);
    }
    return map;
  }

  /** A name in the form that units and manifests allow. */
  static String label(String name) {
    String label =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String some = label.isEmpty() ? "action" : label;
    return some.substring(0, Math.min(LONGEST_NAME, some.length())).replaceAll("-$", "");
  }

  static String oneLine(String text) {
    return text.replaceAll("\\R", " ");
  }
}
