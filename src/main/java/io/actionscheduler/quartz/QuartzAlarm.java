package io.actionscheduler.quartz;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.engine.clock.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.simpl.RAMJobStore;
import org.quartz.simpl.SimpleThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An alarm that uses Quartz: one trigger, which is moved from one moment to the next; the timetable
 * knows what is due then. With a trigger for each schedule, Quartz needs seconds for 100,000 of
 * them, and its own rule for late triggers would compete with the one for missed fires: see {@code
 * docs/design.md}.
 */
public final class QuartzAlarm implements Alarm {
  private static final Logger LOG = LoggerFactory.getLogger(QuartzAlarm.class);
  private static final TriggerKey TRIGGER = TriggerKey.triggerKey("timetable");
  private static final String ALARM = "alarm";
  // Quartz looks at the clock at least this often: how soon it notices a step of it.
  private static final String IDLE_WAIT_MILLIS = "1000";
  // Quartz and its worker take some milliseconds to wake: they are woken ahead, and wait precisely.
  private static final Duration AHEAD = Duration.ofMillis(5);
  private static final Duration EARLY = Duration.ofMillis(20);

  private final InstantSource clock;
  private final Scheduler scheduler;
  private final JobDetail job;
  private volatile Runnable wake = () -> {};
  private volatile Instant ringAt = Instant.MAX;

  /** Starts a Quartz scheduler in memory. */
  public QuartzAlarm(InstantSource clock) {
    this.clock = requireNonNull(clock, "clock is null");
    try {
      this.scheduler = new StdSchedulerFactory(settings()).getScheduler();
      this.job = JobBuilder.newJob(Ring.class).withIdentity(ALARM).storeDurably().build();
      scheduler.getContext().put(ALARM, this);
      scheduler.addJob(job, true);
      scheduler.start();
    } catch (SchedulerException e) {
      throw new IllegalStateException("Quartz does not start: " + e.getMessage(), e);
    }
  }

  private static Properties settings() {
    Properties settings = new Properties();
    settings.setProperty("org.quartz.scheduler.instanceName", "timetable-" + System.nanoTime());
    settings.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    settings.setProperty("org.quartz.scheduler.idleWaitTime", IDLE_WAIT_MILLIS);
    settings.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    settings.setProperty("org.quartz.jobStore.class", RAMJobStore.class.getName());
    settings.setProperty("org.quartz.threadPool.class", SimpleThreadPool.class.getName());
    settings.setProperty("org.quartz.threadPool.threadCount", "1");
    settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    return settings;
  }

  @Override
  public void onRing(Runnable wake) {
    this.wake = requireNonNull(wake, "wake is null");
  }

  @Override
  public void set(Instant at) {
    ringAt = at;
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(TRIGGER)
            .forJob(job)
            .startAt(Date.from(at.minus(AHEAD)))
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule()
                    .withMisfireHandlingInstructionIgnoreMisfires())
            .build();
    try {
      if (scheduler.rescheduleJob(TRIGGER, trigger) == null) {
        scheduler.scheduleJob(trigger);
      }
    } catch (SchedulerException e) {
      throw new IllegalStateException("Quartz refuses to ring at " + at + ": " + e.getMessage(), e);
    }
  }

  private void ring() {
    // A delivery before its time would be a defect.
    Duration rest = Duration.between(clock.instant(), ringAt);
    while (rest.compareTo(Duration.ZERO) > 0 && rest.compareTo(EARLY) < 0) {
      LockSupport.parkNanos(rest.toNanos());
      rest = Duration.between(clock.instant(), ringAt);
    }
    wake.run(); // where it was asked anew meanwhile, nothing is found due, and it is set again
  }

  @Override
  public void close() {
    try {
      scheduler.shutdown(false);
    } catch (SchedulerException e) {
      LOG.warn("Quartz does not shut down: {}", e.getMessage());
    }
  }

  /** What Quartz calls; its thread hands over and returns. */
  @DisallowConcurrentExecution
  public static final class Ring implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      try {
        ((QuartzAlarm) context.getScheduler().getContext().get(ALARM)).ring();
      } catch (SchedulerException e) {
        throw new IllegalStateException(e); // the context of a running scheduler is at hand
      }
    }
  }
}
