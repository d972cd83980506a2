package io.actionscheduler.callback.process;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackFactory;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.common.RunningOutputs;
import java.util.Set;

/** Makes callbacks that run a command of the user's own. */
public final class ProcessFactory implements CallbackFactory {

  private final RunningOutputs outputs;

  /**
   * @param outputs makes the output of running processes visible
   */
  public ProcessFactory(RunningOutputs outputs) {
    this.outputs = requireNonNull(outputs, "outputs is null");
  }

  @Override
  public String type() {
    return "process";
  }

  @Override
  public Set<String> settings() {
    return ProcessSettings.KEYS;
  }

  @Override
  public BatchCallback create(CallbackSettings settings) throws InvalidSetting {
    return ProcessSettings.callback(settings, outputs);
  }
}
