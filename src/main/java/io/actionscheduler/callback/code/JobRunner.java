package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.common.KeptOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs jobs: each with a new folder, its own user if the scheduler is root, and a sandbox, all of
 * which are removed when {@link #run} returns. Thread-safe.
 */
final class JobRunner implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final Launcher launcher;
  private final Users users;
  private final JobFolders folders;
  private final ControlGroups groups;
  private int underWay;

  /**
   * @param launcher is closed with it, as are the others
   */
  JobRunner(Launcher launcher, Users users, JobFolders folders, ControlGroups groups) {
    this.launcher = requireNonNull(launcher, "launcher is null");
    this.users = requireNonNull(users, "users is null");
    this.folders = requireNonNull(folders, "folders is null");
    this.groups = requireNonNull(groups, "groups is null");
  }

  /**
   * Runs {@code job} at {@code rung} and waits for its end.
   *
   * @param output takes what it writes, while it runs
   * @param group that may end it
   * @throws CallbackException when it cannot be started here and now
   */
  RunningJob.Ending run(Job job, Sandbox sandbox, Rung rung, KeptOutput output, JobGroup group)
      throws CallbackException, InterruptedException {
    if (group.isClosed()) {
      throw CallbackException.unavailable("the scheduler stops", null);
    }
    User lent = users.lend();
    enter();
    try {
      User user = rung == Rung.LIMITS ? users.counted(lent) : lent;
      JobFolder folder = makeFolder(user);
      try {
        return runIn(folder, job, new Place(sandbox, rung, user), output, group);
      } finally {
        cleanUp(rung, user, folder);
      }
    } finally {
      users.giveBack(lent);
      leave();
    }
  }

  /** Where a job runs. */
  private record Place(Sandbox sandbox, Rung rung, User user) {}

  private RunningJob.Ending runIn(
      JobFolder folder, Job job, Place place, KeptOutput output, JobGroup group)
      throws CallbackException, InterruptedException {
    Optional<Path> controlled = controlGroup(place);
    try {
      Process process = start(job, place, folder, controlled);
      return await(new RunningJob(process, output), job, group);
    } finally {
      if (controlled.isPresent()) {
        ControlGroups.remove(controlled.get());
      }
    }
  }

  private Optional<Path> controlGroup(Place place) throws CallbackException {
    try {
      return place.rung() == Rung.CGROUP
          ? Optional.of(groups.make(place.sandbox().limits()))
          : Optional.empty();
    } catch (IOException e) {
      throw CallbackException.unavailable("the control group of a job cannot be made: " + e, e);
    }
  }

  /** The control groups that jobs may have. */
  ControlGroups groups() {
    return groups;
  }

  private JobFolder makeFolder(User user) throws CallbackException {
    try {
      return folders.create(user);
    } catch (IOException e) {
      throw CallbackException.unavailable("the folder of a job cannot be made: " + e, e);
    }
  }

  private Process start(Job job, Place place, JobFolder folder, Optional<Path> controlled)
      throws CallbackException, InterruptedException {
    try {
      for (Map.Entry<String, byte[]> file : job.program().files().entrySet()) {
        folder.write(file.getKey(), file.getValue(), place.user());
      }
      List<String> command =
          place.sandbox().command(place.rung(), place.user(), folder, job.program().command());
      return launcher.start(
          controlled.map(group -> ControlGroups.inside(group, command)).orElse(command),
          folder.work(),
          environment(job, place.rung(), folder));
    } catch (IOException e) {
      throw CallbackException.unavailable("a job cannot be started: " + e.getMessage(), e);
    }
  }

  private void cleanUp(Rung rung, User user, JobFolder folder) throws InterruptedException {
    try {
      if (rung == Rung.LIMITS) {
        users.endAllOf(user); // it goes before its folder, which it may write into
      }
    } finally {
      folders.remove(folder);
    }
  }

  private RunningJob.Ending await(RunningJob running, Job job, JobGroup group)
      throws InterruptedException {
    group.add(running);
    try {
      return running.await(job.timeLimit(), launcher.readers());
    } finally {
      group.remove(running);
    }
  }

  /** Nothing of the scheduler's own environment, which may hold passwords. */
  private static Map<String, String> environment(Job job, Rung rung, JobFolder folder) {
    boolean inside = rung.compareTo(Rung.BUBBLEWRAP) >= 0;
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", Tools.PATH);
    environment.put("LANG", "C.UTF-8");
    environment.put("HOME", inside ? Sandbox.INSIDE : folder.work().toString());
    environment.put("TMPDIR", inside ? "/tmp" : folder.temporary().toString());
    environment.putAll(job.program().environment());
    environment.putAll(job.environment());
    return environment;
  }

  private synchronized void enter() {
    underWay++;
  }

  private synchronized void leave() {
    underWay--;
    notifyAll();
  }

  /** Waits for jobs that their groups have ended, which are being cleaned up. */
  private synchronized void awaitNone() throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    for (long left = 1; underWay > 0 && left > 0; left = until - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** Releases threads, folders and users; the groups have ended their jobs before. */
  @Override
  public void close() {
    try {
      awaitNone();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    launcher.close();
    folders.close();
    users.close();
  }
}
