package io.actionscheduler.app.parts;

import io.actionscheduler.callback.code.CodeExecution;
import io.actionscheduler.callback.code.Reached;
import io.actionscheduler.callback.common.RunningOutputs;
import io.actionscheduler.config.Settings;
import java.util.Optional;

/**
 * What callbacks that start processes share, for scheduled fires and fires by hand: the outputs of
 * running fires, and the sandboxes for code.
 *
 * @param outputs what fires under way have written so far
 */
public record JobProcesses(RunningOutputs outputs, CodeExecution code) implements AutoCloseable {

  static JobProcesses of(Settings settings) {
    RunningOutputs outputs = new RunningOutputs();
    return new JobProcesses(outputs, new CodeExecution(OwnFiles.of(settings), outputs));
  }

  /**
   * The rung (level of isolation) of jobs that run code; empty where no callback runs code, or
   * before it was determined.
   */
  public Optional<Reached> rung() {
    return code.reached();
  }

  @Override
  public void close() {
    code.close();
  }
}
