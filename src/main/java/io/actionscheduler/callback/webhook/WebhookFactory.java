package io.actionscheduler.callback.webhook;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackFactory;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import java.util.Set;

/** Makes callbacks that send HTTP requests. */
public final class WebhookFactory implements CallbackFactory {

  @Override
  public String type() {
    return "webhook";
  }

  @Override
  public Set<String> settings() {
    return WebhookSettings.KEYS;
  }

  @Override
  public BatchCallback create(CallbackSettings settings) throws InvalidSetting {
    return new WebhookSettings(settings).callback();
  }
}
