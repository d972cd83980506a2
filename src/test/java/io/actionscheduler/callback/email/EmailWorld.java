package io.actionscheduler.callback.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.TestMail;
import jakarta.mail.internet.MimeMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Mail on its way to a server of the test. */
final class EmailWorld {
  static final Map<String, Object> TO_ADMIN =
      Map.of("recipient", "admin@company.com", "subject", "Daily report ready");
  static final Delivery REMINDER = Deliveries.of("Daily reminder", "remind", TO_ADMIN);

  private EmailWorld() {}

  static MimeMessage sent(Map<String, String> settings, Delivery fire) throws Exception {
    try (TestMail mail = TestMail.start()) {
      Reported reported = deliver(mail.port(), settings, fire);
      assertThat(reported.failed()).isEmpty();
      return mail.taken().get(0);
    }
  }

  static String header(MimeMessage mail, String name) throws Exception {
    return mail.getHeader(name)[0];
  }

  static Reported deliver(int port, Map<String, String> settings, Delivery... fires)
      throws Exception {
    BatchCallback callback = callback(port, settings);
    try {
      return Reported.on(callback, List.of(fires));
    } finally {
      callback.close();
    }
  }

  static BatchCallback callback(int port, Map<String, String> settings) throws InvalidSetting {
    Map<String, String> all = new HashMap<>();
    all.put("host", "127.0.0.1");
    all.put("port", Integer.toString(port));
    all.put("security", "none");
    all.put("from", "Scheduler <scheduler@example.com>");
    all.putAll(settings);
    return new EmailFactory("email_notification")
        .create(new CallbackSettings("mail", "email_notification", "callbacks.mail", all));
  }
}
