package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
  @Test
  void helpNamesEveryCommand() {
    Typed help = Typed.command("--help");
    assertThat(help.code()).isZero();
    for (Subcommand command : Subcommand.values()) {
      assertThat(help.out()).contains("\n  " + command.word() + " ");
    }
  }

  @ParameterizedTest
  @EnumSource(Subcommand.class)
  void everyCommandHasHelpWithAnExampleOfItself(Subcommand command) {
    Typed help = Typed.command(command.word(), "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out())
        .contains("Examples:\n", "action-scheduler " + command.word(), "--config=FILE");
  }

  @Test
  void helpOfHistoryNamesEveryStatusAndCause() {
    String[] words =
        Stream.concat(Stream.of(Run.Status.values()), Stream.of(Cause.values()))
            .map(Object::toString)
            .toArray(String[]::new);
    assertThat(Typed.command("history", "--help").out()).contains(words);
  }

  @Test
  void theVersionIsThatOfTheManifest() {
    assertThat(Typed.command("--version").out()).startsWith("action-scheduler ").contains("Java");
  }

  @Test
  void aMisspeltCommandIsWrongUsageWithAHint() {
    Typed misspelt = Typed.command("nxt");
    assertThat(misspelt.code()).isEqualTo(2);
    assertThat(misspelt.err()).contains("nxt", "did you mean next?", "--help");
    assertThat(misspelt.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--config x.yaml next 1h", "next --config x.yaml 1h", "next 1h --config=x.yaml"})
  void settingsMayStandBeforeOrBehindTheCommand(String line) {
    Typed next = Typed.command(line.split(" "));
    assertThat(next.code()).isEqualTo(2);
    assertThat(next.err()).contains("x.yaml");
  }

  @Test
  void argumentsThatTheLocaleHasSpoiltAreRefused() {
    Typed typed = Typed.command("actions", "add", "--name", "\ufffd\ufffd");
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("LC_ALL=C.UTF-8");
  }

  @Test
  void onlyTheCommandsThatAreMentionedAreBuilt() {
    assertThat(Subcommand.mentionedIn(List.of())).isEmpty();
    assertThat(Subcommand.mentionedIn(List.of("--config", "next"))).isEmpty();
    assertThat(Subcommand.mentionedIn(List.of("--env-file=x", "next", "1h")))
        .containsExactly(Subcommand.NEXT);
    assertThat(Subcommand.mentionedIn(List.of("--help")))
        .isEqualTo(Arrays.asList(Subcommand.values()));
  }

  @Test
  void aClosedPipeEndsTheCommandWithoutANoise() {
    var err = new ByteArrayOutputStream();
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Shell shell =
        new Shell(
            InputStream.nullInputStream(),
            Output.buffered(closed),
            Output.atOnce(err),
            Map.of(),
            InstantSource.fixed(Typed.NOW),
            OptionalInt::empty);
    assertThat(new Cli(shell).execute("next", "1s", "--count", "100000")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void completionIsAScriptThatKnowsEveryCommand() {
    Typed completion = Typed.command("completion");
    assertThat(completion.code()).isZero();
    assertThat(completion.out()).startsWith("#!/usr/bin/env bash").contains("bashcompinit");
    for (Subcommand command : Subcommand.values()) {
      assertThat(completion.out()).contains("_picocli_action-scheduler_" + command.word());
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "list, 'actions list, backlog list'",
    "enable, actions enable",
    "show, 'actions show, progress show'",
    "upgrade, db upgrade",
    "histroy, 'history, status, cluster'"
  })
  void aCommandWithoutItsFirstWordIsSuggestedWhole(String word, String meant) {
    Typed typed = Typed.command(word);
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("did you mean " + meant + "?");
  }

  @Test
  void tooLittleMemoryIsToldInALine() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            throw new OutOfMemoryError("Java heap space");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            endless,
            Output.buffered(new ByteArrayOutputStream()),
            Output.atOnce(err),
            Map.of(),
            InstantSource.fixed(Typed.NOW),
            OptionalInt::empty);
    assertThat(new Cli(shell).execute("actions", "apply", "-", "--owner", "me")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .matches("not enough memory: \\d+ MiB are too little .* -Xmx\\d+m .*\n");
  }
}
