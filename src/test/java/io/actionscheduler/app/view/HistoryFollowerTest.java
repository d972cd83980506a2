package io.actionscheduler.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.HistoryStore;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Stretch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistoryFollowerTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final Committed committed = new Committed();
  private final HistoryFollower follower = new HistoryFollower(committed, Filter.ALL);

  /** Records with numbers, in whatever order they are committed. */
  private static final class Committed implements HistoryStore {
    private final TreeMap<Long, Entry> entries = new TreeMap<>();

    void commit(long... numbers) {
      LongStream.of(numbers).forEach(number -> entries.put(number, new Entry(number, run())));
    }

    @Override
    public List<Entry> history(Filter filter, long before, int most) {
      return entries.headMap(before, false).descendingMap().values().stream().limit(most).toList();
    }

    @Override
    public List<Entry> historyAfter(Filter filter, long after, int most) {
      return entries.tailMap(after, false).values().stream().limit(most).toList();
    }

    @Override
    public List<Entry> historyPage(Filter filter, long skip, int most) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Count countHistory(Filter filter) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void addByHand(Collection<Run> runs) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean pruneHistory(Instant before, long maxRows) {
      throw new UnsupportedOperationException();
    }
  }

  private static Run run() {
    return new Run(
        new ProgressKey(ActionId.of(1), "stdout"),
        "report",
        Stretch.of(NOON),
        "",
        Cause.SCHEDULE,
        Run.Status.SUCCESS,
        Optional.of(NOON),
        NOON,
        1,
        0,
        "",
        "");
  }

  private static List<Long> numbers(List<Entry> entries) {
    return entries.stream().map(Entry::number).toList();
  }

  @Test
  void aRecordThatIsCommittedBehindALaterOneIsSeen() throws Exception {
    committed.commit(1, 2, 3);
    assertThat(numbers(follower.latest(2))).containsExactly(2L, 3L);
    committed.commit(5);
    assertThat(numbers(follower.next())).containsExactly(5L);
    committed.commit(4, 6);
    assertThat(numbers(follower.next())).containsExactly(4L, 6L);
    assertThat(follower.next()).isEmpty();
  }

  @Test
  void eachOfManyIsSeenOnce() throws Exception {
    assertThat(follower.latest(50)).isEmpty();
    committed.commit(LongStream.rangeClosed(1, 25_000).toArray());
    List<Long> seen = new ArrayList<>();
    for (List<Entry> next = follower.next(); !next.isEmpty(); next = follower.next()) {
      seen.addAll(numbers(next));
    }
    assertThat(seen).hasSize(25_000).doesNotHaveDuplicates();
    assertThat(Collections.max(seen)).isEqualTo(25_000L);
  }
}
