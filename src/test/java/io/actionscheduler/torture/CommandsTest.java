package io.actionscheduler.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.torture.Failure.Kind;
import io.actionscheduler.torture.Receipt.Merged;
import io.actionscheduler.torture.Receipt.Passport;
import io.actionscheduler.torture.Version.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An edit is noticed within 5 s, and what was under way then is received within 2 s more. */
class CommandsTest {
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
  private static final int ACTION = 7;

  private final Commands commands = new Commands();
  private final List<Fault> faults = new ArrayList<>();
  private final String old = commands.another(ACTION);
  private String edited;

  @BeforeEach
  void editedAt20() {
    commands.written(ACTION, old, new Span(at(0), at(0)));
    edited = commands.another(ACTION);
    commands.written(ACTION, edited, new Span(at(20), at(20)));
  }

  @Test
  void untilAnEditIsNoticedEitherCommandIsRight() {
    assertThat(check(received(21, old), received(22, edited), received(27, old))).isEmpty();
  }

  @Test
  void theOldCommandIsWrongOnceTheEditWasNoticed() {
    assertThat(check(received(26, edited), received(28, old)))
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(Kind.WRONG_COMMAND);
              assertThat(failure.text()).startsWith("7@2026-11-20T10:00:28Z");
            });
  }

  @Test
  void whatIsFrozenNoticesLater() {
    faults.add(Fault.of(Fault.Kind.PAUSE, at(22), at(30)));
    assertThat(check(received(36, old))).isEmpty();
    assertThat(check(received(38, old))).isNotEmpty();
  }

  @Test
  void aCommandThatNoRowEverHadIsWrong() {
    assertThat(check(received(10, "something else"))).isNotEmpty();
  }

  private List<Failure> check(Receipt... receipts) {
    return commands.check(List.of(receipts), new Faults(faults, Allowance.USUAL));
  }

  private static Receipt received(int second, String command) {
    Passport passport = new Passport(1, Merged.NONE, command);
    return new Receipt(at(second), 1, ACTION, at(second), passport, true);
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
