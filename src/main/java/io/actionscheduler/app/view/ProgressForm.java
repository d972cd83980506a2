package io.actionscheduler.app.view;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Outage;
import io.actionscheduler.fire.OutageStore;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressStore;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.schedule.ZoneLaw;
import io.actionscheduler.text.IsoTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Progress in the form that {@code progress show} prints. */
public final class ProgressForm {
  private ProgressForm() {}

  /**
   * Progress of the actions that {@code wanted} accepts, in the order of actions and callbacks.
   *
   * @throws StoreException when the store cannot be read
   */
  public static List<Progress> read(ProgressStore store, Predicate<ActionId> wanted)
      throws StoreException {
    List<Progress> all = new ArrayList<>();
    store.readAll(
        progress -> {
          if (wanted.test(progress.key().action())) {
            all.add(progress);
          }
        });
    all.sort(
        Comparator.comparing((Progress progress) -> progress.key().action())
            .thenComparing(progress -> progress.key().callback()));
    return all;
  }

  /**
   * The unavailable targets, by the names of their callbacks.
   *
   * @throws StoreException when the store cannot be read
   */
  public static Map<String, Outage> outages(OutageStore store) throws StoreException {
    return store.outages().stream().collect(Collectors.toMap(Outage::callback, one -> one));
  }

  /**
   * As a JSON object.
   *
   * @param outage of its callback's target; empty while that is available
   */
  public static Map<String, Object> of(Progress progress, Optional<Outage> outage, ZoneId zone) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", progress.key().action().text());
    item.put("callback", progress.key().callback());
    item.put("settled_until", IsoTime.text(progress.settledUntil(), zone));
    item.put("cron", progress.cron());
    item.put("timezone", ZoneLaw.name(progress.zone()));
    item.put("disabled", progress.paused());
    item.put("retry", progress.open().map(open -> retry(open, zone)).orElse(null));
    item.put("unavailable", outage.map(one -> unavailable(one, zone)).orElse(null));
    return item;
  }

  private static Map<String, Object> unavailable(Outage outage, ZoneId zone) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("since", IsoTime.text(outage.since(), zone));
    item.put("reason", outage.reason());
    return item;
  }

  private static Map<String, Object> retry(OpenFire open, ZoneId zone) {
    Map<String, Object> retry = new LinkedHashMap<>();
    retry.put("scheduled_time", IsoTime.text(open.scheduledAt(), zone));
    retry.put("attempts", open.attempts());
    retry.put("retry_at", IsoTime.text(open.retryAt(), zone));
    retry.put("error", open.error());
    return retry;
  }

  /** Its unusual state in words; empty text when there is none. */
  public static String state(Progress progress, Optional<Outage> outage, ZoneId zone) {
    String waits =
        outage
            .map(
                one ->
                    "its target is unavailable since "
                        + IsoTime.text(one.since(), zone)
                        + ": "
                        + one.reason())
            .orElse("");
    String own = ownState(progress, zone);
    return own.isEmpty() || waits.isEmpty() ? own + waits : own + "; " + waits;
  }

  private static String ownState(Progress progress, ZoneId zone) {
    return progress
        .open()
        .map(
            open ->
                "in retry since attempt "
                    + open.attempts()
                    + ", again at "
                    + IsoTime.text(open.retryAt(), zone)
                    + ": "
                    + open.error())
        .orElse(progress.paused() ? "disabled" : "");
  }
}
