package io.actionscheduler.move.dialect;

import io.actionscheduler.schedule.InvalidSchedule;
import java.time.ZoneId;

/**
 * Programs that read schedules like crontab lines, each in its own way. These rules were measured
 * with the programs themselves, except where stated: docs/dialects.md.
 */
public enum Dialect {
  DEBIAN_CRON("Debian cron", new VixieReader()),
  CRONIE("cronie", new VixieReader()),
  SYSTEMD("systemd", new SystemdReader()),
  QUARTZ("Quartz", new QuartzReader()),
  SPRING("Spring", new SpringReader()),
  APSCHEDULER("APScheduler", new ApschedulerReader()),
  ROBFIG("robfig/cron (Kubernetes)", new RobfigReader()),
  CRONER("croner", new CronerReader()),
  EVENTBRIDGE("AWS EventBridge (by its documentation)", new EventBridgeReader());

  private final String title;
  private final Reader reader;

  /** Reads in the way of one program. */
  @FunctionalInterface
  interface Reader {
    /**
     * The schedule that it reads from {@code text}.
     *
     * @throws InvalidSchedule when it refuses the text; the message says why
     */
    Reading read(String text, ZoneId zone) throws InvalidSchedule;
  }

  Dialect(String title, Reader reader) {
    this.title = title;
    this.reader = reader;
  }

  public String title() {
    return title;
  }

  /** The schedule that this program reads from {@code text}, by the clock of {@code zone}. */
  public Reading read(String text, ZoneId zone) {
    try {
      return reader.read(text.strip(), zone);
    } catch (InvalidSchedule e) {
      return new Reading.Refused(e.getMessage());
    }
  }
}
