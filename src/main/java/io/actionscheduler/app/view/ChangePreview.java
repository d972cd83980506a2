package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.schedule.ScheduleWords;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.text.FireTimes;
import io.actionscheduler.text.IsoTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The effects of a change of an action, without making it: the fire times before and after, and the
 * minute with the most scheduled fires.
 */
public final class ChangePreview {
  private static final int TIMES = 10;

  private final Collection<Action> all;
  private final Instant now;

  /**
   * @param all the actions in force, before the change
   */
  public ChangePreview(Collection<Action> all, Instant now) {
    this.all = requireNonNull(all, "all is null");
    this.now = requireNonNull(now, "now is null");
  }

  /**
   * The change as a JSON object with {@code before}, {@code after} (null where there is no action)
   * and {@code busiest_minute}.
   *
   * @param before empty for a new action
   * @param after empty for one that is removed
   */
  public Map<String, Object> of(Optional<Action> before, Optional<Action> after) {
    Map<String, Object> preview = new LinkedHashMap<>();
    preview.put("before", before.map(this::item).orElse(null));
    preview.put("after", after.map(this::item).orElse(null));
    Map<String, Object> busiest = new LinkedHashMap<>();
    ZoneId zone = after.or(() -> before).map(action -> action.timing().zone()).orElseThrow();
    busiest.put("before", busiest(all, zone));
    busiest.put("after", busiest(changed(before, after), zone));
    preview.put("busiest_minute", busiest);
    return preview;
  }

  private List<Action> changed(Optional<Action> before, Optional<Action> after) {
    List<Action> changed = new ArrayList<>(all);
    before.ifPresent(action -> changed.removeIf(other -> other.id().equals(action.id())));
    after.ifPresent(changed::add);
    return changed;
  }

  private Map<String, Object> item(Action action) {
    Map<String, Object> item = new LinkedHashMap<>();
    Timing timing = action.timing();
    item.put("enabled", action.policy().enabled());
    item.put("in_words", ScheduleWords.of(timing).orElse(null));
    item.put("zone", timing.zone().getId());
    item.put("next", FireTimes.next(timing, now, TIMES));
    item.put("never_fires", timing.schedule().next(now).isEmpty());
    item.put("clock_changes", clockChanges(timing));
    item.put("missed_fires", words(action.policy().missed()));
    return item;
  }

  /** The clock changes up to the last time that is shown. */
  private List<Map<String, Object>> clockChanges(Timing timing) {
    Optional<Instant> last = timing.schedule().next(now);
    for (int i = 1; i < TIMES && last.isPresent(); i++) {
      Optional<Instant> next = timing.schedule().next(last.get());
      if (next.isEmpty()) {
        break;
      }
      last = next;
    }
    List<Map<String, Object>> changes = new ArrayList<>();
    if (last.isEmpty()) {
      return changes;
    }
    ZoneOffsetTransition change = timing.zone().getRules().nextTransition(now);
    while (change != null && !change.getInstant().isAfter(last.get()) && changes.size() < TIMES) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("at", IsoTime.text(change.getInstant(), timing.zone()));
      item.put("offset_before", change.getOffsetBefore().getId());
      item.put("offset_after", change.getOffsetAfter().getId());
      changes.add(item);
      change = timing.zone().getRules().nextTransition(change.getInstant());
    }
    return changes;
  }

  private Object busiest(Collection<Action> actions, ZoneId zone) {
    return BusiestMinute.of(actions, now)
        .map(
            minute -> {
              Map<String, Object> item = new LinkedHashMap<>();
              item.put("begin", IsoTime.text(minute.begin(), zone));
              item.put("fires", minute.fires());
              item.put("looked_ahead_seconds", minute.looked().toSeconds());
              return (Object) item;
            })
        .orElse(null);
  }

  /** The rule for missed fires as a sentence. */
  public static String words(MissedPolicy missed) {
    String delivered =
        missed.merge()
            ? "of several missed fires the latest is delivered, the others are merged into it"
            : "each missed fire is delivered, in order";
    return delivered
        + missed
            .actuality()
            .map(
                age ->
                    age.isZero()
                        ? "; one that is late expires"
                        : "; one that is " + length(age) + " late expires")
            .orElse("; none expires");
  }

  /**
   * A length of time in the largest unit that it is a whole number of: {@code 2 h}, {@code 90 s}.
   */
  private static String length(Duration length) {
    long seconds = length.toSeconds();
    return seconds % 86_400 == 0
        ? seconds / 86_400 + (seconds == 86_400 ? " day" : " days")
        : seconds % 3_600 == 0
            ? seconds / 3_600 + " h"
            : seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }
}
