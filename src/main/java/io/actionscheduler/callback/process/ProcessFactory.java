package io.actionscheduler.callback.process;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackFactory;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import java.util.Set;

/** Makes callbacks that run a command of the user's own. */
public final class ProcessFactory implements CallbackFactory {

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
    return ProcessSettings.callback(settings);
  }
}
