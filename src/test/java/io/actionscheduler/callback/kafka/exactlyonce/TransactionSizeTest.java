package io.actionscheduler.callback.kafka.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransactionSizeTest {
  private static final Duration QUICK = Duration.ofMillis(100);
  private static final Duration SLOW = Duration.ofSeconds(4);
  private static final int KIB = 1024;

  private static TransactionSize room(int buffer) {
    return TransactionSize.of(
        Map.of("max.block.ms", "5000", "buffer.memory", Integer.toString(buffer)));
  }

  /** Fills a transaction with records of 1 KiB; how many it takes. */
  private static int fill(TransactionSize room) {
    room.clear();
    int records = 0;
    while (room.take(KIB)) {
      records++;
    }
    return records;
  }

  @Test
  void aTransactionHoldsHalfOfTheBufferAnd16MebibytesAtMost() {
    assertThat(fill(room(1024 * KIB))).isEqualTo(512);
    assertThat(fill(room(64 * 1024 * KIB))).isEqualTo(16 * 1024);
  }

  @Test
  void aRecordLargerThanTheRoomGoesAlone() {
    TransactionSize room = room(8 * KIB);
    room.clear();
    assertThat(room.take(1_000_000)).isTrue();
    assertThat(room.take(1)).isFalse();
  }

  @Test
  void itHalvesWithEachThatRunsOutOfTimeDownTo64Kibibytes() {
    TransactionSize room = room(1024 * KIB);
    for (int expected : new int[] {512, 256, 128, 64, 64}) {
      assertThat(fill(room)).isEqualTo(expected);
      room.timedOut();
    }
  }

  @Test
  void itDoublesAgainAfterFullOnesThatWereQuick() {
    TransactionSize room = room(1024 * KIB);
    fill(room);
    room.timedOut();
    assertThat(fill(room)).isEqualTo(256);
    room.committed(SLOW);
    assertThat(fill(room)).isEqualTo(256);
    room.committed(QUICK);
    assertThat(fill(room)).isEqualTo(512);
    room.committed(QUICK);
    assertThat(fill(room)).isEqualTo(512);
  }

  @Test
  void aSmallOneThatWasQuickTellsNothing() {
    TransactionSize room = room(1024 * KIB);
    fill(room);
    room.timedOut();
    room.clear();
    room.take(KIB);
    room.committed(QUICK);
    assertThat(fill(room)).isEqualTo(256);
  }

  @Test
  void aSmallOneThatRanOutOfTimeStartsTheNextSmallToo() {
    TransactionSize room = room(1024 * KIB);
    room.clear();
    room.take(KIB);
    room.timedOut();
    assertThat(fill(room)).isEqualTo(64);
  }
}
