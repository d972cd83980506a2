package io.actionscheduler.bench.rival;

import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.TimeZone;
import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/** Quartz in memory, as its documentation shows it: a job and a trigger for each action. */
public final class QuartzRival {
  private final Work work;

  QuartzRival(Work work) {
    this.work = work;
  }

  /** Gives the moment of the first herd. */
  Instant start() throws SchedulerException {
    Instant first = work.firstIn(work.actions() / 5_000);
    Properties properties = new Properties();
    properties.setProperty("org.quartz.threadPool.threadCount", "10");
    properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    Scheduler scheduler = new StdSchedulerFactory(properties).getScheduler();
    for (int i = 1; i <= work.actions(); i++) {
      JobDetail job =
          JobBuilder.newJob(Print.class).withIdentity("j" + i).usingJobData("action", i).build();
      var cron = CronScheduleBuilder.cronSchedule(work.cron(i));
      scheduler.scheduleJob(
          job,
          TriggerBuilder.newTrigger()
              .withIdentity("t" + i)
              .startAt(Date.from(first))
              .withSchedule(cron.inTimeZone(TimeZone.getTimeZone("UTC")))
              .build());
    }
    scheduler.start();
    return first;
  }

  /** The job. */
  public static final class Print implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      Rival.print(context.getMergedJobDataMap().getInt("action"));
    }
  }
}
