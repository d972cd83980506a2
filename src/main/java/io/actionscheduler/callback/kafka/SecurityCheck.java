package io.actionscheduler.callback.kafka;

import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.common.Reasons;
import io.actionscheduler.text.DidYouMean;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClientFactory;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.network.ChannelBuilder;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.LogContext;

/**
 * Finds at the start permanent faults that the producer would report only when it is made: a key
 * store that is missing or has another password, a login that cannot be read. Does not connect.
 */
final class SecurityCheck {
  /** Mechanisms that ask a server at login: their settings are checked, the login is not tried. */
  private static final Set<String> ASK_A_SERVER = Set.of("GSSAPI", "OAUTHBEARER");

  private static final Set<String> STORES =
      Set.of("ssl.truststore.location", "ssl.keystore.location");

  private static final Pattern PASSWORD =
      Pattern.compile("(?i)\\w*(?:password|secret|token)\\w*\\s*=\\s*[\"']?([^\"';\\s]+)");

  private SecurityCheck() {}

  static void check(CallbackSettings settings, Map<String, String> own, ProducerConfig parsed)
      throws InvalidSetting {
    String protocol = parsed.getString("security.protocol");
    if (protocol.equals("PLAINTEXT")) {
      return;
    }
    for (Map.Entry<String, String> property : own.entrySet()) {
      checkFile(settings, property.getKey(), property.getValue().strip());
    }
    try {
      boolean asks =
          protocol.startsWith("SASL_") && ASK_A_SERVER.contains(parsed.getString("sasl.mechanism"));
      if (asks) {
        JaasContext.loadClientContext(parsed.values());
      } else {
        ChannelBuilder made =
            ClientUtils.createChannelBuilder(parsed, Time.SYSTEM, new LogContext());
        made.close();
        if (protocol.startsWith("SASL_")) {
          checkMechanism(settings, parsed.getString("sasl.mechanism"));
        }
      }
    } catch (KafkaException | IllegalArgumentException e) {
      if (!isOfTheNetwork(e)) {
        String reason = masked(Reasons.of(e), own);
        throw new InvalidSetting(settings.prefix() + "." + key(own, reason) + ": " + reason, e);
      }
    }
  }

  /**
   * The client would look for the mechanism at each connection, and find none. Called after its
   * login modules were loaded, as these bring what is not a part of Java.
   */
  private static void checkMechanism(CallbackSettings settings, String mechanism)
      throws InvalidSetting {
    Set<String> offered = new TreeSet<>(ASK_A_SERVER);
    for (SaslClientFactory factory : Collections.list(Sasl.getSaslClientFactories())) {
      offered.addAll(List.of(factory.getMechanismNames(Map.of())));
    }
    if (offered.contains(mechanism)) {
      return;
    }
    if (ScramMechanism.isScram(mechanism)) {
      throw new InvalidSetting(
          settings.prefix()
              + ".properties.sasl.jaas.config: its login module does not offer the mechanism "
              + mechanism
              + " of sasl.mechanism; use the login module "
              + ScramLoginModule.class.getName());
    }
    Set<String> usual = new TreeSet<>(ScramMechanism.mechanismNames());
    usual.addAll(ASK_A_SERVER);
    usual.add("PLAIN");
    throw settings.invalid(
        "properties.sasl.mechanism",
        mechanism,
        String.join(", ", usual)
            + ", and the mechanisms of your own login modules"
            + DidYouMean.hint(mechanism, usual));
  }

  /** Checked first, since the client would log each fault with a stack trace. */
  private static void checkFile(CallbackSettings settings, String name, String file)
      throws InvalidSetting {
    if (!STORES.contains(name)) {
      return;
    }
    try {
      Files.newInputStream(Path.of(file)).close();
    } catch (IOException | InvalidPathException e) {
      throw new InvalidSetting(settings.prefix() + ".properties." + name + ": " + Reasons.of(e), e);
    }
  }

  /** A user's own login module may ask a server that is unavailable now. */
  private static boolean isOfTheNetwork(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof SocketException
          || at instanceof SocketTimeoutException
          || at instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  /** The property that the reason is about, if the reason shows it. */
  private static String key(Map<String, String> own, String reason) {
    Optional<String> named =
        own.entrySet().stream()
            .filter(property -> property.getKey().endsWith(".location"))
            .filter(property -> reason.contains(property.getValue().strip()))
            .map(Map.Entry::getKey)
            .findFirst();
    if (named.isPresent()) {
      return "properties." + named.get();
    }
    boolean login = reason.matches("(?is).*(jaas|login).*");
    return login ? "properties.sasl.jaas.config" : "properties";
  }

  private static String masked(String reason, Map<String, String> own) {
    String masked = reason;
    Matcher secret = PASSWORD.matcher(own.getOrDefault("sasl.jaas.config", ""));
    while (secret.find()) {
      masked = masked.replace(secret.group(1), "***");
    }
    return masked;
  }
}
