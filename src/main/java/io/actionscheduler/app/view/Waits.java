package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.calendar.Calendars;
import io.actionscheduler.config.Settings;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.schedule.Window;
import io.actionscheduler.text.IsoTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What waits for what: running fires, retries and dead letters by the store, and a blackout. */
public final class Waits {
  private static final Duration AHEAD = Duration.ofDays(2); // as far as the log names the end

  /** The kinds. */
  public enum Kind {
    /** Fires that their callback has had for more than two seconds. */
    RUNNING,
    /** Fires that failed, and are tried again. */
    RETRY,
    /** Fires that failed permanently, and were not handed to their dead-letter callback yet. */
    DEAD_LETTER;

    /** As JSON has it: {@code dead_letter}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Fires that wait for one callback.
   *
   * @param count 1 or more
   * @param at since when the longest runs, when the first is tried again, for when the first dead
   *     letter was scheduled
   * @param reason of the one at that time; empty text where there is none
   */
  public record Wait(Kind kind, String callback, long count, Instant at, String reason) {
    public Wait {
      requireNonNull(kind, "kind is null");
      requireNonNull(callback, "callback is null");
      requireNonNull(at, "at is null");
      requireNonNull(reason, "reason is null");
    }

    private Wait and(Wait other) {
      Wait first = other.at.isBefore(at) ? other : this;
      return new Wait(kind, callback, count + other.count, first.at, first.reason);
    }

    /** In words. */
    public String words() {
      return switch (kind) {
        case RUNNING ->
            count + " fires have been with callback " + callback + " for more than two seconds";
        case RETRY -> count + " fires of callback " + callback + " are tried again: " + reason;
        case DEAD_LETTER -> count + " dead letters wait for callback " + callback + ": " + reason;
      };
    }

    /** As a JSON object. */
    public Map<String, Object> form() {
      Map<String, Object> form = new LinkedHashMap<>();
      form.put("kind", kind.toString());
      form.put("callback", callback);
      form.put("count", count);
      form.put(
          switch (kind) {
            case RUNNING -> "since";
            case RETRY -> "next_at";
            case DEAD_LETTER -> "scheduled_at";
          },
          IsoTime.text(at, ZoneOffset.UTC));
      form.put("message", words());
      return form;
    }
  }

  private final Map<String, Wait> waits = new TreeMap<>(); // by kind and callback

  private Waits() {}

  /**
   * All of {@code store}, one for each kind and callback.
   *
   * @throws StoreException when the store cannot be read
   */
  public static List<Wait> of(Store store, Settings settings) throws StoreException {
    Waits waits = new Waits();
    store.readRunning(
        run ->
            waits.add(
                Kind.RUNNING,
                run.key().callback(),
                run.startedAt().orElseGet(run.fires()::first),
                ""));
    store.readAll(
        progress ->
            progress
                .open()
                .ifPresent(
                    open ->
                        waits.add(
                            Kind.RETRY, progress.key().callback(), open.retryAt(), open.error())));
    store.readDeadLetters(
        IdScope.ALL,
        letter ->
            waits.add(
                Kind.DEAD_LETTER,
                receiver(settings, letter.key().callback()),
                letter.fire().scheduledAt(),
                letter.fire().error()));
    return new ArrayList<>(waits.waits.values());
  }

  /**
   * That everything waits for the end of a blackout, as a JSON object; empty while there is none.
   */
  public static Optional<Map<String, Object>> blackout(Calendars calendars, Instant now) {
    List<Window> ahead = calendars.blackouts().between(now, now.plus(AHEAD));
    if (ahead.isEmpty() || !ahead.get(0).start().equals(now)) {
      return Optional.empty();
    }
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("kind", "blackout");
    form.put("until", IsoTime.text(ahead.get(0).end(), ZoneOffset.UTC));
    form.put("message", "a blackout is in force: only fires started by hand are delivered");
    return Optional.of(form);
  }

  /** The callback that dead letters of {@code callback} wait for. */
  private static String receiver(Settings settings, String callback) {
    return settings.callbacks().containsKey(callback)
        ? settings
            .limits(callback)
            .deadLetter()
            .orElse("(none: " + callback + " has no dead_letter in the settings)")
        : "(none: " + callback + " is not in the settings)";
  }

  private void add(Kind kind, String callback, Instant at, String reason) {
    waits.merge(kind + " " + callback, new Wait(kind, callback, 1, at, reason), Wait::and);
  }
}
