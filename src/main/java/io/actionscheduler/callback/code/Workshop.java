package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.common.RunningOutputs;
import java.nio.file.Path;
import java.util.List;

/**
 * What the callbacks that run code share.
 *
 * @param hidden the scheduler's own folders and files, which no job may see
 */
record Workshop(JobRunner runner, Ladder ladder, RunningOutputs outputs, List<Path> hidden)
    implements AutoCloseable {
  Workshop {
    requireNonNull(runner, "runner is null");
    requireNonNull(ladder, "ladder is null");
    requireNonNull(outputs, "outputs is null");
    hidden = List.copyOf(hidden);
  }

  @Override
  public void close() {
    runner.close();
  }
}
