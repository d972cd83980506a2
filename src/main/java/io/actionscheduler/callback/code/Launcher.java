package io.actionscheduler.callback.code;

import io.actionscheduler.concurrent.Daemons;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * Starts processes from one thread that does not end. Linux kills a process that wants to die with
 * its parent when the <em>thread</em> that started it ends, and threads of callbacks may end.
 */
final class Launcher implements AutoCloseable {
  private static final File NOTHING = new File("/dev/null");

  private final ExecutorService starter = Daemons.worker("code-starter");
  private final ExecutorService readers =
      Executors.newCachedThreadPool(Daemons.named("code-output"));

  /**
   * Starts a process with nothing on its standard input; standard error goes where standard output
   * goes.
   *
   * @param environment all of the process's variables
   * @throws IOException when the system cannot start it
   */
  Process start(List<String> command, Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(NOTHING)
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Future<Process> started;
    try {
      started = starter.submit(builder::start);
    } catch (RejectedExecutionException e) {
      throw new IOException("the scheduler stops", e);
    }
    try {
      return started.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException fault) {
        throw fault;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      abandon(started);
      throw e;
    }
  }

  /** Threads that read what processes write. */
  ExecutorService readers() {
    return readers;
  }

  /** Ends a process that nobody waits for any more. */
  private static void abandon(Future<Process> started) {
    if (!started.cancel(false)) {
      try {
        started.get().destroyForcibly();
      } catch (ExecutionException | InterruptedException e) {
        // It was not started, or the thread is stopped once more: it dies with this program then.
      }
    }
  }

  @Override
  public void close() {
    starter.shutdown();
    readers.shutdown();
  }
}
