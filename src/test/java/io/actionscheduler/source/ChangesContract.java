package io.actionscheduler.source;

import static io.actionscheduler.source.SourceWorld.HOURLY;
import static io.actionscheduler.source.SourceWorld.UNIX;
import static io.actionscheduler.source.SourceWorld.action;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.action.SourceException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the table source notices of changes on every kind of database. */
interface ChangesContract {
  /** A fresh one for each test, which closes it. */
  SourceWorld world() throws Exception;

  @Test
  default void anEditOfOneActionLeavesTheOthersTheSameObjects() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      for (int id = 1; id <= 50; id++) {
        world.insert(id, "n" + id, "c" + id, id % 2 == 0 ? UNIX : HOURLY);
      }
      Snapshot before = world.read();
      world.run(
          "UPDATE action SET command = 'other' WHERE id = 7",
          "DELETE FROM action WHERE id = 8",
          "INSERT INTO action (id, name, command, cron) VALUES (60, 'new', 'c', '" + UNIX + "')");
      Snapshot after = world.read();
      assertThat(after.readAt()).isAfter(before.readAt());
      assertThat(action(after, 7).orElseThrow().command()).isEqualTo("other");
      assertThat(action(after, 8)).isEmpty();
      assertThat(action(after, 60)).isPresent();
      for (Action action : after.actions()) {
        if (!List.of("7", "60").contains(action.id().text())) {
          assertThat(before.actions()).anySatisfy(old -> assertThat(old).isSameAs(action));
        }
      }
    }
  }

  @Test
  default void whatRowsHaveInCommonIsOneObject() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      String longCommand = "same command ".repeat(6);
      world.insert(1, "same", longCommand, UNIX);
      world.insert(2, "same", longCommand, UNIX);
      List<Action> actions = world.read().actions();
      assertThat(actions.get(0).timing()).isSameAs(actions.get(1).timing());
      assertThat(actions.get(0).policy()).isSameAs(actions.get(1).policy());
      assertThat(actions.get(0).name()).isSameAs(actions.get(1).name());
      assertThat(actions.get(0).command()).isSameAs(actions.get(1).command());
    }
  }

  @Test
  default void eachKindOfChangeIsNoticedAndNothingElse() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
      world.insert(2, "two", "c", UNIX);
      world.read();
      assertThat(world.poll()).isEmpty();
      assertThat(world.poll()).isEmpty();
      world.run("UPDATE action SET name = 'uno' WHERE id = 1");
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("uno", "two");
      assertThat(world.poll()).isEmpty();
      world.run("DELETE FROM action WHERE id = 2");
      assertThat(world.read().actions()).hasSize(1);
      // Removed and added at once: as many rows as before.
      world.run("DELETE FROM action WHERE id = 1");
      world.insert(3, "three", "c", UNIX);
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("three");
      world.run("DELETE FROM action");
      assertThat(world.read().actions()).isEmpty();
      assertThat(world.poll()).isEmpty();
    }
  }

  @Test
  default void commitsThatDoNotTouchTheTableAreNoNews() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
      world.read();
      world.run("CREATE TABLE elsewhere (x integer)");
      assertThat(world.poll()).isEmpty();
      world.run("INSERT INTO elsewhere VALUES (1)");
      assertThat(world.poll()).isEmpty();
      world.run("UPDATE action SET name = 'one' WHERE id = 1"); // written, and the same
      assertThat(world.poll()).isEmpty();
    }
  }

  @Test
  default void anUncommittedChangeIsNotSeenAndACommittedOneIs() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
      world.read();
      world.other().setAutoCommit(false);
      world.run("UPDATE action SET name = 'uno' WHERE id = 1");
      assertThat(world.poll()).isEmpty();
      world.other().commit();
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("uno");
      world.run("UPDATE action SET name = 'eins' WHERE id = 1");
      world.other().rollback();
      assertThat(world.poll()).isEmpty();
      world.other().setAutoCommit(true);
    }
  }

  @Test
  default void aColumnThatIsAddedWithAValueForAllRowsIsNoticed() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
      assertThat(world.read().actions().get(0).policy().enabled()).isTrue();
      world.run("ALTER TABLE action ADD COLUMN enabled boolean DEFAULT false");
      assertThat(world.read().actions().get(0).policy().enabled()).isFalse();
    }
  }

  @Test
  default void aTableThatGoesIsAwayAndNotEmpty() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
      world.read();
      world.run("ALTER TABLE action RENAME TO hidden");
      assertThatThrownBy(world::poll)
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.isMisconfigured()).isFalse())
          .hasMessageContaining("table action is gone");
      world.run("ALTER TABLE hidden RENAME TO action");
      world.run("UPDATE action SET name = 'uno'");
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("uno");
    }
  }
}
