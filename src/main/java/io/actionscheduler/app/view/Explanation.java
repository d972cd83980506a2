package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.move.dialect.Dialect;
import io.actionscheduler.move.dialect.Reading;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.ScheduleWords;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.text.CronReader;
import io.actionscheduler.text.IsoTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The meaning of a schedule here, and in other programs that read its text.
 *
 * @param meaning what it means here, or why it is refused
 * @param zone in which it was read
 * @param same programs that run it at the same times
 * @param others those that do not
 */
public record Explanation(Meaning meaning, ZoneId zone, List<String> same, List<Other> others) {
  private static final int SHOWN = 3;
  private static final int COMPARED = 50;

  /**
   * @param words the schedule in words, empty where it is refused
   * @param clockChanges what happens when the clock changes
   * @param fault why it is refused
   */
  public record Meaning(
      String words, Optional<String> clockChanges, List<Instant> next, Optional<String> fault) {}

  /**
   * A program that reads it in another way, or refuses it.
   *
   * @param differsAt the first moment at which it runs there or here only; empty where it is
   *     refused
   */
  public record Other(
      String title, List<Instant> next, Optional<Instant> differsAt, Optional<String> refusal) {}

  public Explanation {
    requireNonNull(meaning, "meaning is null");
    requireNonNull(zone, "zone is null");
    same = List.copyOf(same);
    others = List.copyOf(others);
  }

  /**
   * Explains {@code cron}.
   *
   * @param zone of a schedule that names none
   */
  public static Explanation of(String cron, CronReader crons, ZoneId zone, Instant after) {
    Meaning meaning;
    ZoneId in = zone;
    List<Instant> ours = List.of();
    try {
      Timing timing = crons.read(cron, zone);
      in = timing.zone();
      Schedule schedule = timing.schedule();
      ours = next(schedule, after);
      meaning =
          new Meaning(
              ScheduleWords.of(timing).orElse("a schedule without words"),
              ScheduleWords.ofClockChanges(schedule),
              shown(ours),
              Optional.empty());
    } catch (InvalidSchedule e) {
      meaning = new Meaning("", Optional.empty(), List.of(), Optional.of(e.getMessage()));
    }
    Others found = new Others(ours, meaning.fault().isEmpty(), after);
    boolean isAtStart = cron.strip().equals("@reboot"); // which cron takes, but not as a time
    if (!isAtStart && cron.strip().matches("[^{\"].*\\s.*|@.*")) { // others know no other form
      for (Dialect dialect : Dialect.values()) {
        found.add(dialect.title(), dialect.read(cron, in));
      }
    }
    return new Explanation(meaning, in, found.same, found.others);
  }

  /** Compares the readings of other programs with ours. */
  private static final class Others {
    private final List<Instant> ours;
    private final boolean isTaken;
    private final Instant after;
    private final List<String> same = new ArrayList<>();
    private final List<Other> others = new ArrayList<>();

    Others(List<Instant> ours, boolean isTaken, Instant after) {
      this.ours = ours;
      this.isTaken = isTaken;
      this.after = after;
    }

    void add(String title, Reading reading) {
      if (reading instanceof Reading.Fires fires) {
        List<Instant> theirs = fires.schedule().after(after, COMPARED);
        if (isTaken && theirs.equals(ours)) {
          same.add(title);
        } else {
          others.add(new Other(title, shown(theirs), differsAt(theirs), Optional.empty()));
        }
      } else if (reading instanceof Reading.Refused refused) {
        others.add(new Other(title, List.of(), Optional.empty(), Optional.of(refused.reason())));
      }
    }

    private Optional<Instant> differsAt(List<Instant> theirs) {
      for (int i = 0; isTaken && i < Math.max(ours.size(), theirs.size()); i++) {
        Instant here = i < ours.size() ? ours.get(i) : Instant.MAX;
        Instant there = i < theirs.size() ? theirs.get(i) : Instant.MAX;
        if (!here.equals(there)) {
          return Optional.of(here.isBefore(there) ? here : there);
        }
      }
      return Optional.empty();
    }
  }

  /** As a JSON object. */
  public Map<String, Object> form() {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("words", fault().isEmpty() ? words() : null);
    form.put("clock_changes", clockChanges().orElse(null));
    form.put("error", fault().orElse(null));
    form.put("timezone", zone.getId());
    form.put("next", texts(next()));
    form.put("same", same);
    List<Object> list = new ArrayList<>();
    for (Other other : others) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("program", other.title());
      one.put("refusal", other.refusal().orElse(null));
      one.put("next", texts(other.next()));
      one.put("differs_at", other.differsAt().map(at -> IsoTime.text(at, zone)).orElse(null));
      list.add(one);
    }
    form.put("others", list);
    return form;
  }

  public String words() {
    return meaning.words();
  }

  public Optional<String> clockChanges() {
    return meaning.clockChanges();
  }

  public Optional<String> fault() {
    return meaning.fault();
  }

  public List<Instant> next() {
    return meaning.next();
  }

  private List<String> texts(List<Instant> times) {
    return times.stream().map(at -> IsoTime.text(at, zone)).toList();
  }

  private static List<Instant> shown(List<Instant> times) {
    return times.subList(0, Math.min(SHOWN, times.size()));
  }

  private static List<Instant> next(Schedule schedule, Instant after) {
    List<Instant> times = new ArrayList<>();
    Optional<Instant> fire = schedule.next(after);
    while (fire.isPresent() && times.size() < COMPARED) {
      times.add(fire.get());
      fire = schedule.next(fire.get());
    }
    return times;
  }
}
