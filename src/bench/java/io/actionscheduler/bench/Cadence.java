package io.actionscheduler.bench;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Schedules that all differ and yet are due at the same moments: every so many seconds, in the
 * hours from now on, and, each in its own way, in some of the hours further away.
 *
 * @param seconds between two moments; a divisor of 60
 * @param hour of the day, in UTC, in which the first moment lies
 */
public record Cadence(int seconds, int hour) {

  public static Cadence every(int seconds) {
    return new Cadence(seconds, Instant.now().atOffset(ZoneOffset.UTC).getHour());
  }

  /** Schedule number {@code variant}, from 0 to 2 million, as a value of the column cron. */
  public String cron(int variant) {
    return "{\"format\": \"unix\", \"params\": {\"value\": \""
        + secondAndMinute("*/")
        + hours(variant)
        + " * * *\"}}";
  }

  /** The same schedule as Quartz writes it. */
  public String quartz(int variant) {
    return secondAndMinute("0/") + hours(variant) + " ? * *";
  }

  private String secondAndMinute(String every) {
    return switch (seconds) {
      case 1 -> "* * ";
      case 60 -> "0 * ";
      default -> every + seconds + " * ";
    };
  }

  private String hours(int variant) {
    return IntStream.range(0, 24)
        .filter(i -> i < 3 || (variant >> (i - 3) & 1) == 1)
        .map(i -> (hour + i) % 24)
        .sorted()
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }

  /** The first moment after {@code instant}. */
  public Instant after(Instant instant) {
    long second = instant.getEpochSecond();
    return Instant.ofEpochSecond(second - second % seconds + seconds);
  }

  /** Waits for the time just behind a moment, so that there is the longest time to the next. */
  Instant awaitJustBehind() throws InterruptedException {
    Instant due = after(Instant.now());
    Pause.until(due.plusMillis(100));
    return due.plusSeconds(seconds);
  }
}
