package io.actionscheduler.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A command as it was typed, and what came of it: run in this process, at a fixed time. */
record Typed(int code, String out, String err) {
  static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  static Typed command(String... arguments) {
    return withInput("", arguments);
  }

  static Typed withInput(String input, String... arguments) {
    return on(OptionalInt.empty(), input, arguments);
  }

  /** With standard output as a terminal of so many columns. */
  static Typed onTerminal(int columns, String... arguments) {
    return on(OptionalInt.of(columns), "", arguments);
  }

  private static Typed on(OptionalInt columns, String input, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            Output.buffered(out),
            Output.atOnce(err),
            Map.of(),
            InstantSource.fixed(NOW),
            () -> columns);
    int code = new Cli(shell).execute(arguments);
    return new Typed(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  List<String> lines() {
    return out.lines().toList();
  }
}
