package io.actionscheduler.app.alert;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.app.parts.CallbackMaker;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.Settings;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Timing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Sends alerts to the callbacks that the settings name. An alert is a fire of an action {@code
 * alert:<kind>}, whose name is a summary and whose command is the whole message. It is not in the
 * ledger, nor in the history.
 */
final class Alerts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

  private final Parts parts;
  private final Map<String, AlertSender> senders = new ConcurrentHashMap<>();
  private final AtomicLong number = new AtomicLong();

  /** Callbacks that were made to receive alerts; none is in use yet. */
  record Receivers(Map<String, BatchCallback> byName) {
    void close() {
      byName.forEach(Receivers::close);
    }

    private static void close(String name, BatchCallback callback) {
      try {
        callback.close();
      } catch (RuntimeException e) { // the others are closed all the same
        LOG.warn("callback {} could not be closed: {}", name, e.toString());
      }
    }
  }

  /** Sends nothing before {@link #use}. */
  Alerts(Parts parts) {
    this.parts = parts;
  }

  /**
   * Makes those of {@code names} to which alerts go.
   *
   * @throws InvalidConfig when one cannot be made; then none is left open
   */
  Receivers made(Settings settings, Predicate<String> names) throws InvalidConfig {
    List<String> wanted = receivers(settings).stream().filter(names).toList();
    if (wanted.isEmpty()) {
      return new Receivers(Map.of());
    }
    Receivers made = new Receivers(new LinkedHashMap<>());
    try (CallbackMaker maker = CallbackMaker.byHand(settings, parts.clock(), parts.processes())) {
      for (String name : wanted) {
        Settings.Named named = settings.callbacks().get(name);
        try {
          made.byName().put(name, maker.create(named));
        } catch (InvalidSetting e) { // a file that it needs may be gone since the scheduler made it
          made.close();
          throw new InvalidConfig(List.of(maker.problem(named, e)));
        }
      }
    }
    return made;
  }

  /** The callbacks to which alerts go by those settings. */
  static List<String> receivers(Settings settings) {
    return settings.alerts().map(Settings.Alerts::callbacks).orElse(List.of());
  }

  /**
   * Sends alerts to the receivers of {@code settings} from now on. What waits for one that is no
   * longer among them goes to those that are new.
   *
   * @param made those that are new, or have other settings
   */
  void use(Settings settings, Receivers made) {
    Set<Fire> left = new LinkedHashSet<>();
    String from = "";
    for (String name : List.copyOf(senders.keySet())) {
      if (!receivers(settings).contains(name)) {
        left.addAll(senders.remove(name).end());
        from = name;
      }
    }
    boolean isTaken = false;
    for (Map.Entry<String, BatchCallback> one : made.byName().entrySet()) {
      AlertSender sender = senders.get(one.getKey());
      if (sender != null) {
        sender.use(one.getValue());
      } else {
        AlertSender added = new AlertSender(one.getKey(), one.getValue(), parts.clock());
        senders.put(one.getKey(), added);
        left.forEach(added::send);
        isTaken = true;
      }
    }
    if (!isTaken) {
      AlertSender.tellUnsent(from, List.copyOf(left));
    }
  }

  void send(Alert alert) {
    LOG.atLevel(alert.state() == Alert.State.RAISED ? Level.WARN : Level.INFO)
        .log("alert: {}", alert.message());
    Fire fire = fire(alert);
    senders.values().forEach(sender -> sender.send(fire));
  }

  private Fire fire(Alert alert) {
    Instant at = alert.at().truncatedTo(ChronoUnit.MILLIS);
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("alert", alert.kind().toString());
    parameters.put("state", alert.state().toString());
    parameters.put("subject", alert.subject());
    parameters.put("remedy", alert.remedy());
    Policy policy =
        new Policy(
            true, MissedPolicy.of(false, -1), Overlap.QUEUE, List.of("alerts"), Optional.empty());
    Action action =
        new Action(
            new ActionId("alert:" + alert.kind()),
            alert.kind() + " " + alert.state() + ": " + alert.subject(),
            alert.message(),
            once(at),
            policy,
            parameters);
    return new Fire(
        action, at, Cause.MANUAL, Optional.empty(), Long.toString(number.incrementAndGet()));
  }

  private Timing once(Instant at) {
    String date = "{\"format\": \"date\", \"params\": {\"run_date\": \"" + at + "\"}}";
    try {
      return parts.crons().read(date, ZoneOffset.UTC);
    } catch (InvalidSchedule e) {
      throw new IllegalStateException(e); // every instant is a date
    }
  }

  @Override
  public void close() {
    senders.values().forEach(AlertSender::close);
  }
}
