package io.actionscheduler.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the clients of the stream of events get, also those that come back late or read slowly. */
class EventStreamsTest {
  private static final Instant BEGUN = Instant.parse("2026-11-28T10:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicLong nanos = new AtomicLong();
  private final EventLog log = new EventLog(BEGUN);
  private final EventStreams streams = new EventStreams(log, nanos::get);

  @AfterEach
  void close() {
    streams.close();
  }

  /** A client that reads everything at once, or nothing. */
  private static final class Reader implements EventStreams.Wire {
    private final StringBuffer read = new StringBuffer();
    private final boolean takesAll;
    private volatile boolean isEnded;

    Reader(boolean takesAll) {
      this.takesAll = takesAll;
    }

    @Override
    public void write(ByteBuffer bytes, Done done) {
      read.append(StandardCharsets.UTF_8.decode(bytes));
      if (takesAll) {
        done.ended(null);
      }
    }

    @Override
    public void end() {
      isEnded = true;
    }

    List<Long> ids() {
      return read.toString()
          .lines()
          .filter(line -> line.startsWith("id: "))
          .map(line -> Long.valueOf(line.substring(4)))
          .toList();
    }

    void awaitText(String text) {
      await().atMost(PATIENCE).until(() -> read.indexOf(text) >= 0);
    }
  }

  private Reader follow(long after, String... types) {
    return open(new Reader(true), after, types);
  }

  private Reader open(Reader reader, long after, String... types) {
    streams.open(reader, new EventStreams.Wanted(after, Set.of(types)));
    return reader;
  }

  private void add(int events) {
    for (int i = 0; i < events; i++) {
      log.add("run", () -> "x");
    }
  }

  private static List<Long> ids(long after, long last) {
    return LongStream.rangeClosed(after + 1, last).boxed().toList();
  }

  @Test
  void whoComesBackGetsTheLatestThousandAndTheNumberOfThoseBefore() {
    long first = log.last();
    add(1_500);

    Reader back = follow(first);
    Reader late = follow(log.last() - 1_000);

    await().atMost(PATIENCE).until(() -> back.ids().size() == 1_000 && late.ids().size() == 1_000);
    assertThat(back.ids()).isEqualTo(ids(log.last() - 1_000, log.last()));
    assertThat(back.read).contains("event: missed\ndata: {\"count\":500}\n\nid: ");
    assertThat(late.read).doesNotContain("missed");
  }

  @Test
  void afterARestartWhoComesBackIsToldThatEventsWereMissedAndGetsAllSince() {
    EventLog before = new EventLog(BEGUN.minusSeconds(1));
    before.add("run", () -> "x");
    long known = before.last();
    long first = log.last();
    add(3);

    for (long id : List.of(known, 0L, log.last() + 1)) {
      Reader back = follow(id);
      await().atMost(PATIENCE).until(() -> back.ids().equals(ids(first, first + 3)));
      assertThat(back.read).contains("event: missed\ndata: {\"count\":null}\n\nid: ");
    }
    assertThat(first).isGreaterThan(known);
  }

  @Test
  void afterARestartWithoutEventsMissedIsSentOnce() {
    Reader back = follow(7);
    back.awaitText("event: missed");
    add(1);
    back.awaitText("id: ");

    assertThat(back.read.toString().split("missed", -1)).hasSize(2);
    assertThat(back.ids()).containsExactly(log.last());
  }

  @Test
  void nobodyMissesAnEventThatIsAddedWhileOthersAreSent() {
    long first = log.last();
    List<Reader> readers = List.of(follow(-1), follow(-1), follow(-1));
    log.add(
        "run",
        () -> {
          add(1); // after the first reader was looked after, before the others are
          return "x";
        });

    for (Reader reader : readers) {
      await().atMost(PATIENCE).until(() -> reader.ids().size() == 2);
      assertThat(reader.ids()).isEqualTo(ids(first, first + 2));
    }
  }

  @Test
  void aStreamIsKeptOpenByAHeartbeatEveryFifteenSeconds() {
    Reader all = follow(-1);
    Reader edits = follow(-1, "edit");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(14));
    add(1);
    all.awaitText("event: run");

    nanos.addAndGet(
        TimeUnit.SECONDS.toNanos(2)); // 16 s after the last line of one, 2 s of the other
    edits.awaitText(": still here\n\n");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(14));
    all.awaitText(": still here\n\n");
    assertThat(all.read).startsWith(": follow\n\nid: ");
    assertThat(edits.read.toString()).isEqualTo(": follow\n\n: still here\n\n");
  }

  @Test
  void aReaderThatTakesNothingIsPassedOverAndEndedAfterHalfAMinute() {
    Reader stuck = open(new Reader(false), -1);
    Reader well = follow(-1);
    add(1);
    well.awaitText("id: ");
    assertThat(stuck.ids()).isEmpty();
    assertThat(stuck.isEnded).isFalse();

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(31));

    await().atMost(PATIENCE).until(() -> stuck.isEnded && streams.size() == 1);
    add(1);
    await().atMost(PATIENCE).until(() -> well.ids().size() == 2);
    assertThat(well.isEnded).isFalse();
  }

  @Test
  void anEventThatCannotBeShownIsLeftOutAndTheStreamGoesOn() {
    Reader reader = follow(-1);
    log.add(
        "run",
        () -> {
          throw new IllegalStateException("a defect");
        });
    log.add("edit", () -> "x");

    reader.awaitText("event: edit");
    assertThat(reader.ids()).hasSize(1);
    assertThat(reader.isEnded).isFalse();
  }
}
