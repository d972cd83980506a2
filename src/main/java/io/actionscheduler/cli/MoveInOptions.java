package io.actionscheduler.cli;

import io.actionscheduler.move.Move;
import io.actionscheduler.move.apscheduler.JobStore;
import io.actionscheduler.move.crontab.Crontab;
import io.actionscheduler.move.kubernetes.CronJobs;
import io.actionscheduler.move.systemd.TimerUnits;
import io.actionscheduler.text.CronReader;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What {@code actions import --from} takes beside the file. */
final class MoveInOptions {
  /** Where schedules come from. */
  enum Kind {
    CRONTAB,
    KUBERNETES,
    SYSTEMD,
    APSCHEDULER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Option(
      names = "--from",
      required = true,
      paramLabel = "KIND",
      description =
          "Moves in from another program: ${COMPLETION-CANDIDATES}. Shows all, writes nothing.")
  Kind from;

  @Option(names = "--write", description = "Writes what is shown: settings and rows.")
  boolean write;

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      description = "Of schedules that name none; that of the settings when not given.")
  String timezone;

  @Option(
      names = "--system",
      description = "Lines of the crontab name their user, as in /etc/crontab and /etc/cron.d.")
  boolean system;

  @Option(
      names = "--callback",
      paramLabel = "NAME",
      description =
          "Runs what is no command of a shell; the default one of the settings when not given.")
  String callback;

  @Option(names = "--json", description = "The report as JSON.")
  boolean json;

  /**
   * Reads what {@code place} has.
   *
   * @param zone of schedules that name none
   */
  Move read(MoveInPlace place, CronReader crons, ZoneId zone) throws WrongUsage {
    return switch (from) {
      case CRONTAB -> new Crontab(crons, zone, system || place.isOfSystem()).read(place.text());
      case KUBERNETES -> new CronJobs(Optional.ofNullable(callback)).read(place.text());
      case SYSTEMD -> new TimerUnits(zone).read(place.units());
      case APSCHEDULER -> place.tables(new JobStore(Optional.ofNullable(callback))::read);
    };
  }
}
