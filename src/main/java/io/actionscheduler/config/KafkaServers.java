package io.actionscheduler.config;

import io.actionscheduler.text.BrokerList;
import java.util.Optional;

/** The type of {@code kafka.server}; the callback reads it in the same way. */
final class KafkaServers {
  static final Type<String> TYPE =
      text -> {
        Optional<String> fault = BrokerList.read(text).fault();
        if (fault.isPresent()) {
          throw new Refused(fault.get(), BrokerList.ALLOWED);
        }
        return text.strip();
      };

  private KafkaServers() {}
}
