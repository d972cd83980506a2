package io.actionscheduler.callback.email;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.common.TemplateSettings;
import io.actionscheduler.callback.common.Tls;
import io.actionscheduler.callback.email.MailServer.Security;
import io.actionscheduler.template.Escape;
import io.actionscheduler.template.Template;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the settings of the mail server and of the mails. */
final class EmailSettings {
  static final Set<String> KEYS =
      Set.of(
          "host",
          "port",
          "security",
          "tls_ca",
          "username",
          "password",
          "timeout",
          "max_connections",
          "mails_per_connection",
          "helo_name",
          "from",
          "recipient",
          "subject",
          "body");

  private EmailSettings() {}

  static BatchCallback callback(CallbackSettings settings) throws InvalidSetting {
    int most = settings.number("max_concurrent", 20, 1, 1_000);
    int connections = settings.number("max_connections", 4, 1, 1_000);
    int mails = settings.number("mails_per_connection", 10, 1, 100_000);
    return new EmailCallback(
        server(settings), letters(settings), mails, Math.min(most, connections));
  }

  private static MailServer server(CallbackSettings settings) throws InvalidSetting {
    Security security = security(settings);
    return new MailServer(
        settings.host("host", "localhost"),
        settings.number("port", security.port(), 1, 65_535),
        security,
        Tls.context(settings, "tls_ca"),
        login(settings),
        clientName(settings),
        settings.span("timeout", Duration.ofSeconds(20), Duration.ofHours(1)));
  }

  private static Security security(CallbackSettings settings) throws InvalidSetting {
    String written = settings.text("security").orElse("starttls").strip();
    for (Security security : Security.values()) {
      if (security.name().toLowerCase(Locale.ROOT).equals(written)) {
        return security;
      }
    }
    throw settings.invalid("security", written, "starttls, tls or none");
  }

  private static Optional<MailServer.Login> login(CallbackSettings settings) throws InvalidSetting {
    Optional<String> user = settings.text("username");
    Optional<String> password = settings.text("password");
    if (user.isPresent() != password.isPresent()) {
      String missing = user.isPresent() ? "password" : "username";
      throw new InvalidSetting(
          settings.prefix() + "." + missing + ": required, since the other of the two is set");
    }
    return user.map(name -> new MailServer.Login(name, password.orElseThrow()));
  }

  private static Optional<String> clientName(CallbackSettings settings) throws InvalidSetting {
    Optional<String> written = settings.text("helo_name").map(String::strip);
    if (written.isPresent() && !ClientName.isValid(written.get())) {
      throw settings.invalid(
          "helo_name",
          written.get(),
          "a full host name such as jobs.example.com, or an address in brackets such as"
              + " [10.0.0.5]");
    }
    return written;
  }

  /** A list of recipients becomes one text, in which a comma in a name separates nothing. */
  private static CallbackSettings withRecipients(CallbackSettings settings) {
    if (!settings.values().containsKey("recipient.0")) {
      return settings;
    }
    Map<String, String> values = new HashMap<>(settings.values());
    values.put("recipient", Recipients.together(settings.list("recipient")));
    return new CallbackSettings(settings.name(), settings.type(), settings.prefix(), values);
  }

  private static Letters letters(CallbackSettings settings) throws InvalidSetting {
    TemplateSettings templates = new TemplateSettings(withRecipients(settings));
    return new Letters(
        from(settings),
        recipient(settings, templates),
        templates.find("subject", Escape.PLAIN),
        templates.find("body", Escape.PLAIN));
  }

  /** A recipient that is the same for every mail is checked here, before the first one is due. */
  private static Template recipient(CallbackSettings settings, TemplateSettings templates)
      throws InvalidSetting {
    Template recipient = templates.get("recipient", "{parameters.recipient}", Escape.PLAIN);
    if (recipient.isFixed()) {
      try {
        Recipients.addresses(recipient.fixedText());
      } catch (AddressException e) {
        throw new InvalidSetting(settings.prefix() + ".recipient: " + e.getMessage(), e);
      }
    }
    return recipient;
  }

  private static InternetAddress from(CallbackSettings settings) throws InvalidSetting {
    String written = settings.required("from").strip();
    try {
      return Recipients.checked(new InternetAddress(written, true));
    } catch (AddressException e) {
      throw settings.invalid(
          "from",
          written,
          "an address such as Scheduler <scheduler@example.com> (" + e.getMessage() + ")");
    }
  }
}
