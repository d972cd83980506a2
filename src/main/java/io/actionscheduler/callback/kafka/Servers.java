package io.actionscheduler.callback.kafka;

import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.text.BrokerList;
import java.util.List;

/** Reads {@code kafka.server}. */
final class Servers {
  private static final String KEY = "server";

  private Servers() {}

  /**
   * The brokers for the first connection, as {@code host:port}.
   *
   * @throws InvalidSetting when one of them is not an address
   */
  static List<String> of(CallbackSettings settings) throws InvalidSetting {
    String written = settings.required(KEY);
    BrokerList.Read read = BrokerList.read(written);
    if (read.fault().isPresent()) {
      throw settings.invalid(KEY, written, BrokerList.ALLOWED);
    }
    return read.servers();
  }
}
