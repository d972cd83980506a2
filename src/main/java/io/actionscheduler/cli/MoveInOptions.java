package io.actionscheduler.cli;

import io.actionscheduler.move.Move;
import io.actionscheduler.move.apscheduler.JobStore;
import io.actionscheduler.move.celery.BeatTables;
import io.actionscheduler.move.crontab.Crontab;
import io.actionscheduler.move.kubernetes.CronJobs;
import io.actionscheduler.move.pgcron.PgCronTable;
import io.actionscheduler.move.quartz.QuartzTables;
import io.actionscheduler.move.systemd.TimerUnits;
import io.actionscheduler.move.xxljob.XxlJobTable;
import io.actionscheduler.text.CronReader;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of {@code actions import --from}. */
final class MoveInOptions {
  /** The default of {@code cron.timezone} of a server. */
  private static final ZoneId PG_CRON_ZONE = ZoneId.of("UTC");

  /** The programs that schedules can come from. */
  enum Kind {
    CRONTAB("lines of a crontab"),
    KUBERNETES("manifests of CronJobs"),
    SYSTEMD("timer units"),
    APSCHEDULER("jobs"),
    CELERY_BEAT("periodic tasks"),
    QUARTZ("triggers"),
    PG_CRON("jobs"),
    XXL_JOB("jobs");

    /** What it has, in a few words. */
    final String entries;

    Kind(String entries) {
      this.entries = entries;
    }

    /** In the form of the option. pg_cron has an underscore, as its program is called. */
    @Override
    public String toString() {
      return this == PG_CRON ? "pg_cron" : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Option(
      names = "--from",
      required = true,
      paramLabel = "KIND",
      description =
          "Moves in from another program: ${COMPLETION-CANDIDATES}. Shows all, writes nothing.")
  Kind from;

  @Option(names = "--write", description = "Writes the settings and rows that are shown.")
  boolean write;

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      description = "Zone of schedules that name none; without it, that of the settings.")
  String timezone;

  @Option(
      names = "--system",
      description = "Each line of the crontab has a user, as in /etc/crontab and /etc/cron.d.")
  boolean system;

  @Option(
      names = "--callback",
      paramLabel = "NAME",
      description =
          "Callback of entries that are not shell commands; without it, the default callback of"
              + " the settings.")
  String callback;

  @Option(names = "--json", description = "The report as JSON.")
  boolean json;

  /**
   * Reads what {@code place} has.
   *
   * @param zone of schedules that name none
   * @param now the moment that decides which triggers have begun
   */
  Move read(MoveInPlace place, CronReader crons, ZoneId zone, Instant now) throws WrongUsage {
    Optional<String> by = Optional.ofNullable(callback);
    return switch (from) {
      case CRONTAB -> new Crontab(crons, zone, system || place.isOfSystem()).read(place.text());
      case KUBERNETES -> new CronJobs(by).read(place.text());
      case SYSTEMD -> new TimerUnits(zone).read(place.units());
      case APSCHEDULER -> place.tables(new JobStore(by)::read);
      case CELERY_BEAT -> place.tables(new BeatTables(by, zone)::read);
      case QUARTZ -> place.tables(new QuartzTables(by, zone, now)::read);
      case PG_CRON ->
          place.tables(new PgCronTable(by, timezone == null ? PG_CRON_ZONE : zone)::read);
      case XXL_JOB -> place.tables(new XxlJobTable(by, zone)::read);
    };
  }
}
