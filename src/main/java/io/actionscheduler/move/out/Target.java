package io.actionscheduler.move.out;

import io.actionscheduler.move.crontab.CronCommand;
import io.actionscheduler.move.crontab.VixieCron;
import io.actionscheduler.move.dialect.Kubernetes;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.text.Yaml;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A program that actions are exported to. */
public enum Target {
  /** Lines of a user's crontab, as Debian's cron and cronie read them. */
  CRONTAB {
    @Override
    public Said say(Leaving action, ZoneId machine, Instant now) throws NotSaid {
      String line = Five.of(action.timing(), now).line();
      String command = command(action);
      ZoneId zone = action.timing().zone();
      boolean hasZone = !Zones.areSame(zone, machine);
      List<String> notes = new ArrayList<>();
      StringBuilder text = new StringBuilder("# " + oneLine(action.name()) + "\n");
      if (hasZone) {
        text.append("CRON_TZ=").append(Zones.named(zone, "cron")).append('\n');
        notes.add("CRON_TZ is read by cronie; Debian's cron takes the zone of the machine");
      }
      text.append(action.policy().enabled() ? "" : "# ");
      text.append(line).append(' ').append(command).append('\n');
      if (hasZone) {
        text.append("CRON_TZ=").append(Zones.named(machine, "cron")).append('\n');
      }
      if (!action.policy().enabled()) {
        notes.add("it is disabled: its line is a comment");
      }
      if (!action.policy().overlap().equals("allow")) {
        notes.add("cron starts a run beside one that is still under way");
      }
      if (action.command().contains("\\\\")) {
        notes.add("Debian's cron makes \\\\ in the command one \\");
      }
      notes.add("cron does not make up for missed runs");
      return new Said(text.append('\n').toString(), vixie(line, zone), notes);
    }

    private String command(Leaving action) throws NotSaid {
      try {
        return new CronCommand(action.command().stripLeading(), action.input()).written();
      } catch (CronCommand.Unwritable e) {
        throw new NotSaid(e.getMessage());
      }
    }
  },

  /** CronJobs of {@code batch/v1}. */
  KUBERNETES {
    @Override
    public Said say(Leaving action, ZoneId machine, Instant now) throws NotSaid {
      String line = Five.of(action.timing(), now).line();
      ZoneId zone = action.timing().zone();
      Kubernetes read;
      try {
        read = Kubernetes.read(line, zone);
      } catch (InvalidSchedule e) {
        throw new NotSaid("Kubernetes refuses \"" + line + "\": " + e.getMessage());
      }
      return new Said(
          Yaml.write(CronJobManifest.of(action, line)),
          read.elsewhere(),
          CronJobManifest.notes(action));
    }

    @Override
    String label(String name) {
      return CronJobManifest.OBJECT.matcher(name).matches() ? name : super.label(name);
    }
  },

  /** Units as {@code systemctl cat} shows them, a timer and a service each. */
  SYSTEMD {
    @Override
    public Said say(Leaving action, ZoneId machine, Instant now) throws NotSaid {
      return SystemdUnits.say(action, machine, now);
    }
  };

  private static final int LONGEST_NAME = 52;

  /**
   * {@code action} in its form.
   *
   * @param machine the zone of the machine that it will run on
   * @param now intervals continue as they fire from then on
   * @throws NotSaid when it cannot be expressed
   */
  public abstract Said say(Leaving action, ZoneId machine, Instant now) throws NotSaid;

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

  /** {@code name} in the form that units and manifests allow. */
  String label(String name) {
    String label =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return cut(label.isEmpty() ? "action" : label, "");
  }

  /** {@code label} with {@code end}, as long as Kubernetes allows. */
  static String cut(String label, String end) {
    int most = label.indexOf('/') + 1 + LONGEST_NAME - end.length();
    return label.substring(0, Math.min(most, label.length())).replaceAll("-$", "") + end;
  }

  static String oneLine(String text) {
    return text.replaceAll("\\R", " ");
  }
}
