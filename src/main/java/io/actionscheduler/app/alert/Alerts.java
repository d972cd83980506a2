package io.actionscheduler.app.alert;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.app.parts.CallbackMaker;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.config.Settings;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Timing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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
  private final CallbackMaker maker;
  private final List<AlertSender> senders = new ArrayList<>();
  private final AtomicLong number = new AtomicLong();

  private Alerts(Parts parts, CallbackMaker maker) {
    this.parts = parts;
    this.maker = maker;
  }

  /** Opens the callbacks that receive alerts; their settings are already checked. */
  static Alerts to(Settings.Alerts settings, Parts parts) {
    CallbackMaker maker = CallbackMaker.byHand(parts.settings(), parts.clock(), parts.processes());
    Alerts alerts = new Alerts(parts, maker);
    for (String name : settings.callbacks()) {
      Settings.Named named = parts.settings().callbacks().get(name);
      try {
        alerts.senders.add(new AlertSender(name, maker.create(named), parts.clock()));
      } catch (InvalidSetting e) { // the scheduler made its own callbacks of the same settings
        throw new IllegalStateException(e);
      }
    }
    return alerts;
  }

  void send(Alert alert) {
    LOG.atLevel(alert.state() == Alert.State.RAISED ? Level.WARN : Level.INFO)
        .log("alert: {}", alert.message());
    Fire fire = fire(alert);
    senders.forEach(sender -> sender.send(fire));
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
    senders.forEach(AlertSender::close);
    maker.close();
  }
}
