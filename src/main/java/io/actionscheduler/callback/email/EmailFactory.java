package io.actionscheduler.callback.email;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackFactory;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import java.util.Set;

/** Makes callbacks that send e-mail. */
public final class EmailFactory implements CallbackFactory {
  private final String type;

  /**
   * @param type its name in the settings: {@code email}, or {@code email_notification}, the name
   *     that a former job service used
   */
  public EmailFactory(String type) {
    this.type = requireNonNull(type, "type is null");
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public Set<String> settings() {
    return EmailSettings.KEYS;
  }

  @Override
  public BatchCallback create(CallbackSettings settings) throws InvalidSetting {
    return EmailSettings.callback(settings);
  }
}
