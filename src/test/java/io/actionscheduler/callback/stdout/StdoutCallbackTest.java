package io.actionscheduler.callback.stdout;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StdoutCallbackTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<String> messages = new ArrayList<>();

  @Tag("time")
  @ParameterizedTest
  @CsvSource({
    "2023-06-17T20:18:40.011761999Z, Europe/Moscow, 2023-06-17T23:18:40.011761+03:00",
    "2026-11-20T10:00:00Z, UTC, 2026-11-20T10:00:00.000000+00:00",
    "2026-11-20T10:00:00.1Z, Asia/Kathmandu, 2026-11-20T15:45:00.100000+05:45",
    "2026-11-01T05:30:00Z, America/New_York, 2026-11-01T01:30:00.000000-04:00",
    "2026-11-01T06:30:00Z, America/New_York, 2026-11-01T01:30:00.000000-05:00"
  })
  void aLineTellsTheLocalTimeOfDeliveryWithMicrosecondsAndOffset(
      Instant now, String zone, String told) throws Exception {
    Reported.on(callback(bytes, now, zone), Deliveries.of("command2"));
    assertThat(written()).isEqualTo(told + " | command2\n");
  }

  @Test
  void theFactoryMakesThisCallback() throws Exception {
    StdoutFactory factory =
        new StdoutFactory(
            new StandardOutput(bytes, () -> false, messages::add),
            InstantSource.fixed(Deliveries.DUE),
            ZoneId.of("UTC"));
    CallbackSettings none = new CallbackSettings("out", "stdout", "callbacks.out", Map.of());
    Reported.on(factory.create(none), Deliveries.of("x"));
    assertThat(factory.type()).isEqualTo("stdout");
    assertThat(written()).isEqualTo("2026-11-20T10:00:00.000000+00:00 | x\n");
  }

  @Test
  void aCommandStaysOnItsLineWhateverIsInIt() throws Exception {
    Reported.on(
        callback(bytes, Deliveries.DUE, "UTC"),
        Deliveries.of(
            "",
            "a\r\nb\tc\u0007\u0000\u001b[31m\u007f",
            "\u0085\u009f\u2028\u2029\u00a0",
            "back\\slash \"quoted\"",
            "\u00e9 \u0416 \u4e2d \ud83d\ude00",
            "\ud83d x \ude00"));
    assertThat(written().lines().map(line -> line.substring(line.indexOf(" | ") + 3)))
        .containsExactly(
            "",
            "a\\r\\nb\\u0009c\\u0007\\u0000\\u001b[31m\\u007f",
            "\\u0085\\u009f\\u2028\\u2029\u00a0",
            "back\\slash \"quoted\"",
            "\u00e9 \u0416 \u4e2d \ud83d\ude00",
            "\\ud83d x \\ude00");
  }

  @Test
  void aCommandOfAMegabyteIsOneLine() throws Exception {
    String large = "\u0007x".repeat(500_000);
    Reported.on(callback(bytes, Deliveries.DUE, "UTC"), Deliveries.of("a", large, "b"));
    assertThat(written().lines().map(String::length)).containsExactly(36, 35 + 3_500_000, 36);
  }

  @Test
  void whatTheWritesThatReturnedHeldIsDeliveredAndTheRestIsNot() throws Exception {
    List<Delivery> batch = Deliveries.many(10_000);
    Reported reported = Reported.on(callback(new TakesTwoWrites(), Deliveries.DUE, "UTC"), batch);

    int whole = (int) written().lines().count();
    assertThat(reported.count()).isEqualTo(batch.size());
    assertThat(reported.delivered()).hasSize(whole).last().isEqualTo(whole - 1);
    assertThat(reported.failed().values()).allMatch(why -> why.kind() == Kind.UNAVAILABLE);
    List<Integer> unknown =
        reported.failed().entrySet().stream()
            .filter(failed -> failed.getValue().outcomeUnknown())
            .map(Map.Entry::getKey)
            .toList();
    assertThat(unknown).first().isEqualTo(whole);
    assertThat(unknown).hasSizeBetween(1_000, 2_000).last().isEqualTo(whole + unknown.size() - 1);
  }

  @Test
  void aClosedPipeIsToldOnceAndNothingIsTriedAgain() throws Exception {
    Process reader = new ProcessBuilder("true").start();
    reader.waitFor();
    StdoutCallback callback = callback(reader.getOutputStream(), Deliveries.DUE, "UTC");

    Reported first = Reported.on(callback, Deliveries.of("a"));
    Reported second = Reported.on(callback, Deliveries.of("b"));

    assertThat(first.failed().get(0).outcomeUnknown()).isTrue();
    assertThat(second.failed().get(0).outcomeUnknown()).isFalse();
    assertThat(messages)
        .hasSize(1)
        .first()
        .asString()
        .startsWith("standard output: its reader has closed it");
  }

  @Test
  void afterAWriteThatFailedInTheMiddleTheNextLineBeginsANewOne() throws Exception {
    TakesTwoWrites full = new TakesTwoWrites();
    StdoutCallback callback =
        new StdoutCallback(
            new StandardOutput(full, () -> true, messages::add),
            InstantSource.fixed(Deliveries.DUE),
            ZoneId.of("UTC"));
    Reported.on(callback, Deliveries.many(10_000));
    bytes.reset();
    full.left = 1;
    assertThat(Reported.on(callback, Deliveries.of("a")).delivered()).hasSize(1);
    assertThat(written()).startsWith("\n2026").endsWith(" | a\n");
    assertThat(messages).isEmpty();
  }

  private StdoutCallback callback(OutputStream out, Instant now, String zone) {
    return new StdoutCallback(
        new StandardOutput(out, () -> false, messages::add),
        InstantSource.fixed(now),
        ZoneId.of(zone));
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private final class TakesTwoWrites extends OutputStream {
    private int left = 2;

    @Override
    public void write(int b) {
      throw new IllegalStateException("bytes are written one by one");
    }

    @Override
    public void write(byte[] from, int at, int length) throws IOException {
      if (left-- <= 0) {
        throw new IOException("Broken pipe");
      }
      bytes.write(from, at, length);
    }
  }
}
