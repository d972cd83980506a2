package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.callback.Callback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fires by hand, of now and of the past, and their way into the history. */
@Tag("time")
class BackfillCommandTest {
  /** Appends every fire to the file that is its command; refuses 00:10, and is away from 00:20. */
  public static final class Appending implements Callback {
    @Override
    public void deliver(Delivery delivery) throws CallbackException {
      String id = delivery.fire().id().toString();
      if (id.contains("T00:10")) {
        throw CallbackException.refused("no", null);
      }
      if (id.contains("T00:20")) {
        throw CallbackException.unavailable("gone", null);
      }
      try {
        Files.writeString(
            Path.of(delivery.action().command()),
            id + " " + delivery.fire().cause() + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw CallbackException.permanent(e.toString(), e);
      }
    }
  }

  @TempDir private Path folder;
  private Installation here;
  private Path notes;

  @BeforeEach
  void install() throws Exception {
    here = Installation.in(folder);
    here.configToo("callbacks: {notes: {type: \"" + Appending.class.getName() + "\"}}\n");
    notes = folder.resolve("notes");
    here.add("x", notes.toString(), "* * * * *");
    here.type("actions", "edit", "1", "--callback", "notes");
    try (Parts parts = parts()) {
      parts.store().own(() -> {}); // as a scheduler does once
    }
  }

  private Parts parts() throws Exception {
    return new Parts(
        ConfigLoader.load(folder.resolve("config.yaml"), folder.resolve(".env"), Map.of()),
        InstantSource.fixed(Typed.NOW));
  }

  private Typed backfill(String from, String to, String... more) {
    String[] words = {"backfill", "1", "--from", from, "--to", to};
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return here.type(all);
  }

  private List<?> history(String... options) throws Exception {
    String[] all = java.util.Arrays.copyOf(new String[] {"history", "--json"}, 2 + options.length);
    System.arraycopy(options, 0, all, 2, options.length);
    return (List<?>) Json.parse(here.type(all).out());
  }

  @Test
  void theTimesOfThePeriodAreDeliveredInOrderUnderOneRequest() throws Exception {
    Typed done = backfill("2026-11-20T03:00:00Z", "2026-11-20T03:05:00Z");
    assertThat(done.code()).isZero();
    assertThat(done.err()).isEqualTo("backfill of action 1: 5 of 5 delivered, 0 failed\n");
    List<String> delivered = Files.readAllLines(notes);
    String request = delivered.get(0).replaceAll(".*#(\\w+) .*", "$1");
    for (int minute = 0; minute < 5; minute++) {
      assertThat(delivered.get(minute))
          .isEqualTo("1@2026-11-20T03:0" + minute + ":00Z#" + request + " backfill");
    }
    assertThat(here.type("progress", "show").lines()).hasSize(1);
    assertThat(history("--cause", "backfill")).hasSize(5);
  }

  @Test
  void aRefusedFireIsToldAndTheOthersGoOn() throws Exception {
    Typed done = backfill("2026-11-20T00:09:00Z", "2026-11-20T00:12:00Z");
    assertThat(done.code()).isEqualTo(1);
    assertThat(done.err()).contains(": refused: no", "2 of 3 delivered, 1 failed");
    assertThat(history("--status", "failed")).hasSize(1);
  }

  @Test
  void itEndsWhereATargetIsAwayAndSaysHowToGoOn() throws Exception {
    Typed done = backfill("2026-11-20T00:18:00Z", "2026-11-20T00:30:00Z");
    assertThat(done.code()).isEqualTo(1);
    assertThat(done.err())
        .contains(
            "2 of 12 delivered, 1 failed; stopped, continue with --from 2026-11-20T00:20:00Z");
    assertThat(history()).hasSize(3);
  }

  @Test
  void manyFiresNeedAYes() throws Exception {
    Typed refused = backfill("2026-11-19T00:30:00Z", "2026-11-19T17:30:00Z");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("1020 fires", "--yes");
    assertThat(notes).doesNotExist();
    assertThat(backfill("2026-11-19T00:30:00Z", "2026-11-19T17:30:00Z", "--yes").code()).isZero();
    assertThat(Files.readAllLines(notes)).hasSize(1_020);
    assertThat(history("--limit", "2000")).hasSize(1_020);
  }

  @Test
  void theFutureIsNotBackfilled() {
    assertThat(backfill("2026-11-20", "2026-11-21").code()).isEqualTo(2);
    assertThat(backfill("2026-11-20", "2026-11-19").code()).isEqualTo(2);
  }

  @Test
  void aFireByHandIsInTheHistory() throws Exception {
    assertThat(here.type("fire", "1").code()).isZero();
    Map<?, ?> fire = (Map<?, ?>) history("--cause", "manual").get(0);
    assertThat(fire.get("status")).isEqualTo("success");
    assertThat(fire.get("callback")).isEqualTo("notes");
    assertThat((String) fire.get("fire_id")).matches("1@2026-11-20T10:00:00Z#\\w{8}");
  }

  @Test
  void itGoesIntoTheHistoryBesideARunningScheduler() throws Exception {
    try (Parts running = parts()) {
      running.store().own(() -> {});
      assertThat(here.type("fire", "1").err()).doesNotContain("not in the history");
    }
    assertThat(history()).hasSize(1);
  }
}
