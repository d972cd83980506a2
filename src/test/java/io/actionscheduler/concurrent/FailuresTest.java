package io.actionscheduler.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private final Failures failures = new Failures();

  @Test
  void allOfTheWorkIsDoneAndTheFirstFailureCarriesTheOthers() {
    List<String> done = new ArrayList<>();
    IllegalStateException first = new IllegalStateException("first");
    failures.attempt(() -> done.add("a"));
    assertThat(failures.areNone()).isTrue();
    failures.attempt(
        () -> {
          throw first;
        });
    failures.attempt(
        () -> {
          throw new OutOfMemoryError("planted");
        });
    failures.attempt(
        () -> {
          throw first; // again, as a shared one may be
        });
    failures.attempt(() -> done.add("b"));
    assertThat(done).containsExactly("a", "b");
    assertThat(failures.areNone()).isFalse();
    assertThatThrownBy(failures::rethrow).isSameAs(first);
    assertThat(first.getSuppressed()).singleElement().isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void withoutAFailureNothingIsThrown() {
    assertThatCode(failures::rethrow).doesNotThrowAnyException();
  }
}
