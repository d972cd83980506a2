package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.callback.Callback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Cause;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FireCommandTest {
  /** Takes every fire but those that it is told to fail, and writes them to a file. */
  public static final class Notes implements Callback {
    @Override
    public void deliver(Delivery delivery) throws CallbackException {
      String command = delivery.action().command();
      if (command.startsWith("refuse")) {
        throw CallbackException.refused("no\nthanks", null);
      }
      if (command.startsWith("away")) {
        throw CallbackException.unavailableUnknown("gone", null);
      }
      try {
        Files.writeString(
            Path.of(command),
            delivery.fire().id() + " " + delivery.fire().cause() + " " + delivery.attempt());
      } catch (java.io.IOException e) {
        throw CallbackException.permanent(e.toString(), e);
      }
    }
  }

  @TempDir private Path folder;
  private Installation here;

  @BeforeEach
  void install() {
    here = Installation.in(folder);
    here.configToo("callbacks: {notes: {type: \"" + Notes.class.getName() + "\"}}\n");
  }

  private Typed fire(String command) {
    String id = here.add("x", command, "@yearly");
    here.type("actions", "edit", id, "--callback", "notes");
    return here.type("fire", id);
  }

  @Test
  void aFireByHandReachesTheCallbackOnceUnderAnIdOfItsOwn() throws Exception {
    Path note = folder.resolve("note");
    Typed fire = fire(note.toString());
    assertThat(fire.err())
        .matches(
            "fire 1@2026-11-20T10:00:00Z#\\w{8} at notes: delivered\n"
                + "not in the history: .*: it has no tables yet; start the scheduler once\n");
    assertThat(fire.code()).isZero();
    assertThat(Files.readString(note))
        .startsWith("1@2026-11-20T10:00:00Z#")
        .endsWith(" " + Cause.MANUAL + " 1");
    assertThat(here.type("progress", "show").lines()).hasSize(1);
  }

  @Test
  void aDisabledActionCanBeFiredByHand() {
    String id = here.add("x", folder.resolve("note").toString(), "@yearly");
    here.type("actions", "edit", id, "--callback", "notes", "--enabled", "false");
    assertThat(here.type("fire", id).code()).isZero();
    assertThat(folder.resolve("note")).exists();
  }

  @Test
  void aRefusalIsToldOnOneLineAndFails() {
    Typed fire = fire("refuse");
    assertThat(fire.code()).isEqualTo(1);
    assertThat(fire.err()).contains(" at notes: refused: no\\nthanks\n");
  }

  @Test
  void aTargetThatIsAwayIsToldAndWhetherItMayHaveGotThrough() {
    Typed fire = fire("away");
    assertThat(fire.code()).isEqualTo(1);
    assertThat(fire.err())
        .contains("the target is unavailable (it may have been delivered): gone\n");
  }

  @Test
  void aRowThatCannotBeUnderstoodIsNotFired() {
    here.add("x", "y", "1h");
    here.sql("UPDATE action SET cron = 'nonsense'");
    Typed fire = here.type("fire", "1");
    assertThat(fire.code()).isEqualTo(1);
    assertThat(fire.err()).contains("action 1 \"x\": cron");
  }
}
