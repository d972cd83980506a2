package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {
  private static final Instant ZERO = Instant.parse("2026-11-28T00:00:00Z");

  private static Instant at(int second) {
    return ZERO.plusSeconds(second);
  }

  /** From the first number of each pair until the second. */
  private static List<Window> windows(int... ends) {
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < ends.length; i += 2) {
      windows.add(new Window(at(ends[i]), at(ends[i + 1])));
    }
    return windows;
  }

  private static Windows of(int... ends) {
    List<Window> all = windows(ends);
    return (from, until) -> Windows.cut(all, from, until);
  }

  @Test
  void windowsThatTouchOrOverlapAreJoined() {
    assertThat(Windows.joined(windows(10, 20, 20, 30, 40, 50))).isEqualTo(windows(10, 30, 40, 50));
    assertThat(Windows.joined(windows(40, 50, 10, 30, 15, 20))).isEqualTo(windows(10, 30, 40, 50));
    assertThat(Windows.joined(windows(10, 30, 15, 35, 36, 37))).isEqualTo(windows(10, 35, 36, 37));
    assertThat(Windows.joined(List.of())).isEmpty();
  }

  @Test
  void whatLiesOutsideOfTheMomentsIsCutOff() {
    assertThat(Windows.cut(windows(10, 20, 30, 40), at(15), at(35)))
        .isEqualTo(windows(15, 20, 30, 35));
    assertThat(Windows.cut(windows(10, 20, 30, 40), at(20), at(30))).isEmpty();
    assertThat(Windows.cut(windows(10, 20), at(0), at(50))).isEqualTo(windows(10, 20));
    assertThat(Windows.cut(windows(10, 20), at(50), at(0))).isEmpty();
  }

  @Test
  void theComplementIsEveryOtherTime() {
    assertThat(of(10, 20, 30, 40).complement().between(at(0), at(50)))
        .isEqualTo(windows(0, 10, 20, 30, 40, 50));
    assertThat(of(0, 20, 30, 50).complement().between(at(0), at(50))).isEqualTo(windows(20, 30));
    assertThat(Windows.NONE.complement().between(at(0), at(50))).isEqualTo(windows(0, 50));
    assertThat(Windows.NONE.complement().between(at(50), at(50))).isEmpty();
  }

  @Test
  void theUnionHasTheTimesOfAnyOfThem() {
    assertThat(Windows.union(List.of(of(10, 20), of(15, 30, 40, 50))).between(at(0), at(45)))
        .isEqualTo(windows(10, 30, 40, 45));
    Windows one = of(10, 20);
    assertThat(Windows.union(List.of(one))).isSameAs(one);
    assertThat(Windows.union(List.of())).isSameAs(Windows.NONE);
  }

  @Test
  void aMomentBelongsToAWindowFromItsStartUntilJustBeforeItsEnd() {
    Windows windows = of(10, 20);

    assertThat(windows.contain(at(10).minusNanos(1))).isFalse();
    assertThat(windows.contain(at(10))).isTrue();
    assertThat(windows.contain(at(20).minusNanos(1))).isTrue();
    assertThat(windows.contain(at(20))).isFalse();
  }

  @Test
  void aWindowThatDoesNotEndAfterItsStartIsRefused() {
    assertThatThrownBy(() -> new Window(at(1), at(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no window: 2026-11-28T00:00:01Z until 2026-11-28T00:00:01Z");
  }
}
