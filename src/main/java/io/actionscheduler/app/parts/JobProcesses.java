package io.actionscheduler.app.parts;

import io.actionscheduler.callback.code.CodeExecution;
import io.actionscheduler.callback.code.Reached;
import io.actionscheduler.callback.common.RunningOutputs;
import io.actionscheduler.config.Settings;
import java.util.Optional;

/**
 * What callbacks that start processes share in this process, be their fires scheduled or by hand:
 * the outputs of what runs, and the sandboxes for code.
 *
 * @param outputs what fires under way have written so far
 */
public record JobProcesses(RunningOutputs outputs, CodeExecution code) implements AutoCloseable {

  static JobProcesses of(Settings settings) {
    RunningOutputs outputs = new RunningOutputs();
    return new JobProcesses(outputs, new CodeExecution(OwnFiles.of(settings), outputs));
  }

  /**
   * The rung at which jobs that run code are kept apart; empty where no callback runs code, or
   * before the first look.
   */
  public Optional<Reached> rung() {
    return code.reached();
  }

  @Override
  public void close() {
    code.close();
  }
}
