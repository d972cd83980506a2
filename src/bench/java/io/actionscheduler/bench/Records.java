package io.actionscheduler.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Records as the broker has them. */
final class Records {
  private final List<Record> records = new ArrayList<>();

  /**
   * @param appendedAt by the broker's clock, in milliseconds
   */
  private record Record(int action, Instant scheduledAt, long appendedAt) {}

  void add(String key, String scheduledAt, long appendedAt) {
    records.add(new Record(Integer.parseInt(key), Instant.parse(scheduledAt), appendedAt));
  }

  long count() {
    return records.size();
  }

  /** Those of one herd. */
  Arrivals scheduledAt(Instant dueAt) {
    List<Record> herd =
        records.stream().filter(record -> record.scheduledAt().equals(dueAt)).toList();
    return new Arrivals(
        herd.stream().mapToLong(record -> record.appendedAt() * 1000).toArray(),
        herd.stream().mapToInt(Record::action).toArray());
  }

  /** How many were appended before they were due. */
  long early() {
    return records.stream()
        .filter(record -> record.appendedAt() < record.scheduledAt().toEpochMilli())
        .count();
  }
}
