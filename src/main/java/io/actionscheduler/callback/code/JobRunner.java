package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.common.KeptOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs: each with a fresh folder, a user where there are users to lend, and a sandbox; all of
 * it is gone when {@link #run} returns. Thread-safe.
 */
final class JobRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

  private final Users users;
  private final JobFolders folders;
  private final Launcher launcher;
  private final Set<RunningJob> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param launcher is closed with it, as are the others
   */
  JobRunner(Launcher launcher, Users users, JobFolders folders) {
    this.launcher = requireNonNull(launcher, "launcher is null");
    this.users = requireNonNull(users, "users is null");
    this.folders = requireNonNull(folders, "folders is null");
  }

  /**
   * Runs {@code job} at {@code rung} and waits for its end.
   *
   * @param output takes what it writes, while it runs
   * @throws CallbackException when it cannot be started here and now
   */
  RunningJob.Ending run(Job job, Sandbox sandbox, Rung rung, KeptOutput output)
      throws CallbackException, InterruptedException {
    if (closed) {
      throw CallbackException.away("the scheduler stops", null);
    }
    User lent = users.lend();
    try {
      User user = rung == Rung.LIMITS ? users.counted(lent) : lent;
      return inFolder(job, sandbox, rung, user, output);
    } finally {
      users.giveBack(lent);
    }
  }

  private RunningJob.Ending inFolder(
      Job job, Sandbox sandbox, Rung rung, User user, KeptOutput output)
      throws CallbackException, InterruptedException {
    JobFolder folder;
    try {
      folder = folders.create(user);
    } catch (IOException e) {
      throw CallbackException.away("the folder of a job cannot be made: " + e, e);
    }
    try {
      for (Map.Entry<String, String> file : job.files().entrySet()) {
        folder.write(file.getKey(), file.getValue(), user);
      }
      List<String> command = sandbox.command(rung, user, folder, job.program());
      Process process = launcher.start(command, folder.work(), environment(job, rung, folder));
      return await(new RunningJob(process, output), job);
    } catch (IOException e) {
      throw CallbackException.away("a job cannot be started: " + e.getMessage(), e);
    } finally {
      cleanUp(rung, user, folder);
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

  private RunningJob.Ending await(RunningJob running, Job job) throws InterruptedException {
    underWay.add(running);
    try {
      if (closed) { // asked once it was added: close() may have missed it
        running.stop();
      }
      return running.await(job.timeLimit(), launcher.readers());
    } finally {
      underWay.remove(running);
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
    environment.putAll(job.environment());
    return environment;
  }

  @Override
  public void close() {
    closed = true;
    underWay.forEach(RunningJob::stop);
    launcher.close();
    folders.close();
    users.close();
  }
}
