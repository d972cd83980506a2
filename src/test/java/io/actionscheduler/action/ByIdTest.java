package io.actionscheduler.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.schedule.Timing;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ByIdTest {
  private static List<Action> actions(long... ids) {
    Timing timing = ActionTest.timing("* * * * *");
    return LongStream.of(ids)
        .mapToObj(
            id -> new Action(ActionId.of(id), "name", "", timing, ActionTest.POLICY, Map.of()))
        .toList();
  }

  @Test
  void eachActionIsFoundWhereverItStands() {
    List<Action> five = actions(2, 4, 9, 10, 70);
    assertThat(five)
        .allSatisfy(one -> assertThat(ById.find(five, one.id())).containsSame(one))
        .allSatisfy(one -> assertThat(ById.place(five, one.id())).isEqualTo(five.indexOf(one)));
  }

  @Test
  void anIdThatIsNotThereHasThePlaceAtWhichItWouldBeAdded() {
    List<Action> five = actions(2, 4, 9, 10, 70);
    assertThat(Stream.of(1L, 3L, 11L, 71L).map(id -> ById.place(five, ActionId.of(id))))
        .containsExactly(-1, -2, -5, -6);
    assertThat(ById.find(five, ActionId.of(3))).isEmpty();
    assertThat(ById.place(List.of(), ActionId.of(3))).isEqualTo(-1);
  }
}
