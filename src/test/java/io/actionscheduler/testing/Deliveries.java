package io.actionscheduler.testing;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fires to deliver in tests of callbacks. */
public final class Deliveries {
  /** When they were due. */
  public static final Instant DUE = Instant.parse("2026-11-20T10:00:00Z");

  private static final Timing TIMING =
      new Timing("* * * * *", ZoneOffset.UTC, Duration.ZERO, new Never());
  private static final Policy POLICY =
      new Policy(
          true, MissedPolicy.of(false, -1), Overlap.QUEUE, List.of("test"), Optional.empty());

  private Deliveries() {}

  /** A fire on time of each command; actions are numbered from 1. */
  public static List<Delivery> of(String... commands) {
    List<Delivery> deliveries = new ArrayList<>();
    Arrays.stream(commands).forEach(command -> deliveries.add(of(deliveries.size() + 1, command)));
    return deliveries;
  }

  /** Fires of {@code command1} to {@code command<count>}. */
  public static List<Delivery> many(int count) {
    List<Delivery> deliveries = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      deliveries.add(of(i, "command" + i));
    }
    return deliveries;
  }

  public static Delivery of(long id, String command) {
    Fire fire = new Fire(action(id, command), DUE, Cause.SCHEDULE, Optional.empty(), "");
    return new Delivery(fire, 1, DUE);
  }

  /** A fire on time of action 7, named {@code name}. */
  public static Delivery of(String name, String command, Map<String, Object> parameters) {
    Action action = new Action(ActionId.of(7), name, command, TIMING, POLICY, parameters);
    return new Delivery(
        new Fire(action, DUE, Cause.SCHEDULE, Optional.empty(), ""), 1, DUE.plusMillis(2));
  }

  /** An action named {@code Action<id>}. */
  public static Action action(long id, String command) {
    return new Action(ActionId.of(id), "Action" + id, command, TIMING, POLICY, Map.of());
  }

  public static List<String> commands(List<Delivery> deliveries) {
    return deliveries.stream().map(delivery -> delivery.action().command()).toList();
  }

  private record Never() implements Schedule {
    @Override
    public Optional<Instant> next(Instant after) {
      return Optional.empty();
    }

    @Override
    public Optional<Instant> previous(Instant at) {
      return Optional.empty();
    }

    @Override
    public long count(Instant after, Instant upTo) {
      return 0;
    }
  }
}
