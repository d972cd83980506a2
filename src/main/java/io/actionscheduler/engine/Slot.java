package io.actionscheduler.engine;

import io.actionscheduler.action.Action;
import io.actionscheduler.schedule.Timing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** All lanes that share one schedule, and when it fires next. */
final class Slot implements Comparable<Slot> {
  private static final Lane[] NONE = {};

  final Timing timing;

  /** Null when it never fires again. */
  Instant nextAt;

  private Lane[] lanes = NONE;
  private int size;

  Slot(Timing timing) {
    this.timing = timing;
  }

  void add(Lane lane) {
    if (size == lanes.length) {
      lanes =
          Arrays.copyOf(lanes, size + 1 + (size >> 1)); // a schedule of one action has one place
    }
    lane.slot = this;
    lane.place = size;
    lanes[size++] = lane;
  }

  void remove(Lane lane) {
    Lane last = lanes[--size];
    lanes[lane.place] = last;
    last.place = lane.place;
    lanes[size] = null;
    lane.slot = null;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Hands over each lane; none may be added or removed meanwhile. */
  void forEach(Consumer<Lane> each) {
    for (int i = 0; i < size; i++) {
      each.accept(lanes[i]);
    }
  }

  /** The actions of some lanes, {@code most} at most. */
  List<Action> first(int most) {
    List<Action> first = new ArrayList<>();
    for (int i = 0; i < size && i < most; i++) {
      first.add(lanes[i].action);
    }
    return first;
  }

  @Override
  public int compareTo(Slot other) {
    return nextAt.compareTo(other.nextAt);
  }
}
