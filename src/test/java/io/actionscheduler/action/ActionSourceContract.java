package io.actionscheduler.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every source does, wherever its actions come from. */
public interface ActionSourceContract {
  Instant START = Instant.parse("2026-11-20T10:00:00Z");

  /** A source, and what it reads, which begins empty. */
  interface World extends AutoCloseable {
    ActionSource source();

    /** The action id of an entry that goes by {@code id}. */
    ActionId id(long id);

    /** Puts an entry in, beside others that may have the same id. */
    void add(long id, String name, String cron) throws Exception;

    /** Takes every entry with this id out. */
    void remove(long id) throws Exception;

    /** Puts as many entries in, from id 0 on: each tenth is as it should be, the others are not. */
    void addMangled(int count, Random random) throws Exception;

    void goAway() throws Exception;

    void comeBack() throws Exception;

    default void replace(long id, String name, String cron) throws Exception {
      remove(id);
      add(id, name, cron);
    }

    @Override
    void close() throws Exception;
  }

  /** A fresh one for each test, which closes it. */
  World listing() throws Exception;

  private static Snapshot read(World world, Snapshot last) throws SourceException {
    return world.source().poll(last, START).orElseThrow(() -> new AssertionError("no news"));
  }

  private static Snapshot read(World world) throws SourceException {
    return read(world, Snapshot.empty(START));
  }

  private static Action action(World world, Snapshot snapshot, long id) {
    return find(world, snapshot, id).orElseThrow();
  }

  private static Optional<Action> find(World world, Snapshot snapshot, long id) {
    return snapshot.actions().stream().filter(one -> one.id().equals(world.id(id))).findAny();
  }

  @Test
  default void whatIsListedIsReadInAscendingOrderOfIds() throws Exception {
    try (World world = listing()) {
      for (long id : new long[] {10, 2, 100, 9}) {
        world.add(id, "name " + id, "*/5 * * * *");
      }
      Snapshot read = read(world);
      assertThat(read.readAt()).isEqualTo(START);
      assertThat(read.rejections()).isEmpty();
      assertThat(read.actions())
          .extracting(Action::id)
          .isSortedAccordingTo(Comparator.naturalOrder())
          .containsExactlyInAnyOrder(world.id(2), world.id(9), world.id(10), world.id(100));
      assertThat(action(world, read, 9).name()).isEqualTo("name 9");
      assertThat(action(world, read, 9).timing().schedule().next(START))
          .contains(START.plusSeconds(300));
    }
  }

  @Test
  default void anEmptyListIsEmpty() throws Exception {
    try (World world = listing()) {
      assertThat(read(world).actions()).isEmpty();
    }
  }

  @Test
  default void whatDidNotChangeIsNotGivenAgain() throws Exception {
    try (World world = listing()) {
      world.add(1, "one", "*/5 * * * *");
      world.add(2, "bad", "nonsense");
      Snapshot read = read(world);
      assertThat(world.source().poll(read, START)).isEmpty();
      assertThat(world.source().poll(read, START)).isEmpty();
    }
  }

  @Test
  default void anotherSnapshotThanTheOneGivenLastIsReadAgain() throws Exception {
    try (World world = listing()) {
      world.add(1, "one", "*/5 * * * *");
      read(world);
      assertThat(read(world).actions()).hasSize(1);
    }
  }

  @Test
  default void anEditLeavesTheOthersTheSameObjects() throws Exception {
    try (World world = listing()) {
      for (long id = 1; id <= 30; id++) {
        world.add(id, "name " + id, "*/5 * * * *");
      }
      Snapshot before = read(world);
      world.replace(7, "other", "*/5 * * * *");
      world.remove(8);
      world.add(31, "new", "0 * * * *");
      Snapshot after = read(world, before);
      assertThat(after.actions()).hasSize(30);
      assertThat(action(world, after, 7).name()).isEqualTo("other");
      assertThat(find(world, after, 8)).isEmpty();
      for (long id = 1; id <= 30; id++) {
        if (id != 7 && id != 8) {
          assertThat(action(world, after, id)).isSameAs(action(world, before, id));
        }
      }
      assertThat(action(world, after, 7).timing()).isEqualTo(action(world, before, 7).timing());
    }
  }

  @Test
  default void whatIsGoneAndWhatIsNewIsNoticedWithAsManyEntriesAsBefore() throws Exception {
    try (World world = listing()) {
      world.add(1, "one", "*/5 * * * *");
      Snapshot before = read(world);
      world.remove(1);
      world.add(3, "three", "*/5 * * * *");
      Snapshot after = read(world, before);
      assertThat(after.actions()).extracting(Action::id).containsExactly(world.id(3));
      world.remove(3);
      assertThat(read(world, after).actions()).isEmpty();
    }
  }

  @Test
  default void anEntryThatCannotBeUnderstoodIsRejectedAndTheOthersGoOn() throws Exception {
    try (World world = listing()) {
      world.add(1, "one", "*/5 * * * *");
      world.add(2, "bad", "0/15 * * * *");
      world.add(3, "three", "*/5 * * * *");
      Snapshot read = read(world);
      assertThat(read.actions()).extracting(Action::id).containsExactly(world.id(1), world.id(3));
      Rejection rejection = read.rejections().get(0);
      assertThat(read.rejections()).hasSize(1);
      assertThat(rejection.id()).isEqualTo(world.id(2));
      assertThat(rejection.message())
          .startsWith("action " + world.id(2) + " \"bad\": cron")
          .contains("0/15 * * * *", "write 0-59/15")
          .doesNotContain("\n");
      world.replace(2, "bad", "*/15 * * * *");
      Snapshot mended = read(world, read);
      assertThat(mended.rejections()).isEmpty();
      assertThat(find(world, mended, 2)).isPresent();
    }
  }

  @Test
  default void anIdThatTwoEntriesHaveIsRejectedUntilOneHasIt() throws Exception {
    try (World world = listing()) {
      world.add(1, "one", "*/5 * * * *");
      world.add(2, "first", "*/5 * * * *");
      world.add(2, "second", "*/5 * * * *");
      Snapshot read = read(world);
      assertThat(read.actions()).extracting(Action::id).containsExactly(world.id(1));
      assertThat(read.rejections()).extracting(Rejection::id).containsExactly(world.id(2));
      assertThat(read.rejections().get(0).message()).contains("2 ", "have it; allowed is one");
      world.replace(2, "third", "*/5 * * * *");
      assertThat(action(world, read(world, read), 2).name()).isEqualTo("third");
    }
  }

  @Test
  default void aSourceThatIsAwayIsNotEmptyAndNothingIsLostWhenItIsBack() throws Exception {
    try (World world = listing()) {
      world.add(1, "one", "*/5 * * * *");
      world.add(2, "two", "*/5 * * * *");
      Snapshot before = read(world);
      world.goAway();
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> world.source().poll(before, START))
            .isInstanceOfSatisfying(
                SourceException.class, e -> assertThat(e.isMisconfigured()).isFalse());
      }
      world.comeBack();
      world.replace(2, "zwei", "*/5 * * * *");
      Snapshot after = read(world, before);
      assertThat(action(world, after, 1)).isSameAs(action(world, before, 1));
      assertThat(action(world, after, 2).name()).isEqualTo("zwei");
    }
  }

  @Test
  default void aSourceThatIsBackAsItWasHasNoNewsOfItsActions() throws Exception {
    try (World world = listing()) {
      world.add(1, "one", "*/5 * * * *");
      Snapshot before = read(world);
      world.goAway();
      assertThatThrownBy(() -> world.source().poll(before, START))
          .isInstanceOf(SourceException.class);
      world.comeBack();
      List<Action> actions = world.source().poll(before, START).orElse(before).actions();
      assertThat(actions).hasSize(1);
      assertThat(actions.get(0)).isSameAs(before.actions().get(0));
    }
  }

  @Test
  default void noEntryHoweverMangledStopsTheOthers() throws Exception {
    long seed = Long.getLong("seed", 20_261_120L);
    System.out.println("mangled entries: -Dseed=" + seed);
    int count = 10_000;
    try (World world = listing()) {
      world.addMangled(count, new Random(seed));
      Snapshot read = read(world);
      for (long id = 0; id < count; id += 1_000) {
        assertThat(find(world, read, id)).as("entry %s", id).isPresent();
      }
      assertThat(read.rejections()).hasSizeGreaterThan(count / 100);
      assertThat(read.actions()).hasSizeGreaterThanOrEqualTo(count / 10);
      assertThat(read.rejections())
          .extracting(Rejection::message)
          .allSatisfy(
              message ->
                  assertThat(message)
                      .hasSizeLessThan(2_000)
                      .doesNotContain("Exception", "\n", "\r", "\u0007"));
      assertThat(world.source().poll(read, START)).isEmpty();
    }
  }
}
