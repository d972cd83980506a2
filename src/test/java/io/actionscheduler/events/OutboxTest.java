package io.actionscheduler.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.events.Standing.State;
import io.actionscheduler.fire.Run;
import io.actionscheduler.testing.Logged;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of events whose receiver is down, slow, or does not want them. */
class OutboxTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  /** Requests under way, by the id of their event, the earliest first. */
  private final Map<String, CompletableFuture<Reply>> open = new TreeMap<>();

  private final List<String> sent = new ArrayList<>();
  private final TreeMap<Long, List<Runnable>> timers = new TreeMap<>();
  private long now;

  private Outbox outbox(int concurrent, int queue) {
    Receiver receiver =
        new Receiver(
            "ops",
            URI.create("http://127.0.0.1:9/"),
            List.of(SECRET),
            Set.of(Run.Status.SUCCESS, Run.Status.FAILED),
            Set.of("shell"),
            new Receiver.Limits(Duration.ofSeconds(10), concurrent, queue, Duration.ofHours(24)));
    return new Outbox(
        receiver,
        (to, event) -> {
          sent.add(event.id());
          CompletableFuture<Reply> reply = new CompletableFuture<>();
          open.put(event.id(), reply);
          return reply;
        },
        (delay, work) ->
            timers.computeIfAbsent(now + delay.toNanos(), at -> new ArrayList<>()).add(work),
        () -> now);
  }

  private static Event event(String id) {
    return new Event(id, Run.Status.SUCCESS, "shell", () -> Map.of("id", id));
  }

  private void reply(String id, int status) {
    open.remove(id).complete(Reply.of(status, Duration.ZERO));
  }

  private void noAnswer(String id) {
    open.remove(id).complete(Reply.unavailable("no answer within 10 s"));
  }

  private void pass(Duration time) {
    long until = now + time.toNanos();
    while (!timers.isEmpty() && timers.firstKey() <= until) {
      Map.Entry<Long, List<Runnable>> due = timers.pollFirstEntry();
      now = due.getKey();
      due.getValue().forEach(Runnable::run);
    }
    now = until;
  }

  @Test
  void onlyWhatIsAskedForIsSentAndSoManyAtATime() {
    Outbox outbox = outbox(2, 10);
    for (String id : List.of("a", "b", "c")) {
      outbox.offer(event(id));
    }
    outbox.offer(new Event("other", Run.Status.SUCCESS, "kafka", Map::of));
    outbox.offer(new Event("merged", Run.Status.MERGED, "shell", Map::of));

    assertThat(sent).containsExactly("a", "b");
    reply("b", 204);
    assertThat(sent).containsExactly("a", "b", "c");
    assertThat(outbox.standing()).isEqualTo(new Standing("ops", State.OK, "", 2, 1, 0));
  }

  @Test
  void whileAReceiverIsDownOneEventAtATimeLooksForItEverMoreSeldom() {
    Outbox outbox = outbox(3, 10);
    List.of("a", "b", "c", "d").forEach(id -> outbox.offer(event(id)));
    try (Logged log = Logged.of(Outbox.class)) {
      noAnswer("a");
      noAnswer("b");
      noAnswer("c");
      assertThat(outbox.standing().state()).isEqualTo(State.UNAVAILABLE);
      sent.clear();
      for (int i = 0; i < 7; i++) {
        assertThat(open).isEmpty();
        pass(Duration.ofSeconds(1L << i));
        assertThat(sent).hasSize(i + 1);
        noAnswer(sent.get(i));
      }
      // Another event's turn each time: should one of them be the reason, the rest get through.
      assertThat(Set.copyOf(sent)).containsExactlyInAnyOrder("a", "b", "c", "d");
      pass(Duration.ofMinutes(5));
      sent.clear();
      reply(open.keySet().iterator().next(), 200);

      assertThat(sent).hasSize(3);
      assertThat(outbox.standing().state()).isEqualTo(State.OK);
      assertThat(outbox.standing().dropped()).isZero();
      assertThat(log.lines())
          .containsExactly(
              "webhook ops is unavailable, its events wait: no answer within 10 s",
              "webhook ops is available again; events that wait: 3");
    }
  }

  @Test
  void aReceiverIsLeftAloneForAsLongAsItAsks() {
    Outbox outbox = outbox(1, 10);
    outbox.offer(event("a"));
    open.remove("a").complete(Reply.of(429, Duration.ofSeconds(90)));

    pass(Duration.ofSeconds(89));
    assertThat(sent).containsExactly("a");
    pass(Duration.ofSeconds(1));
    assertThat(sent).containsExactly("a", "a");
    open.remove("a").complete(Reply.of(503, Duration.ofDays(900)));
    pass(Duration.ofHours(1));
    assertThat(sent).as("an hour at most").hasSize(3);
  }

  @Test
  void whatIsRefusedIsSentAgainLaterAndHoldsUpNothing() {
    Outbox outbox = outbox(1, 10);
    outbox.offer(event("a"));
    outbox.offer(event("b"));
    reply("a", 500);
    assertThat(sent).containsExactly("a", "b");
    assertThat(outbox.standing().state()).isEqualTo(State.REFUSING);
    assertThat(outbox.standing().problem()).isEqualTo("it answered 500");
    reply("b", 200);

    pass(Duration.ofSeconds(5));
    reply("a", 404);
    pass(Duration.ofSeconds(9));
    assertThat(sent).containsExactly("a", "b", "a");
    pass(Duration.ofSeconds(1));
    reply("a", 200);
    assertThat(outbox.standing()).isEqualTo(new Standing("ops", State.OK, "", 0, 2, 0));
  }

  @Test
  void anEventThatADefectKeepsFromBeingSentIsTriedAgainAndHoldsUpNothing() {
    Outbox outbox = outbox(1, 10);
    outbox.offer(event("a"));
    outbox.offer(event("b"));
    open.remove("a").completeExceptionally(new IllegalStateException("no such value"));
    assertThat(sent).containsExactly("a", "b");
    assertThat(outbox.standing().state()).isEqualTo(State.REFUSING);
    assertThat(outbox.standing().problem()).contains("no such value");
    reply("b", 200);

    pass(Duration.ofSeconds(5));
    assertThat(sent).containsExactly("a", "b", "a");
  }

  @Test
  void aRedirectIsNotFollowedAndCountsAsRefused() {
    assertThat(Reply.of(302, Duration.ZERO).kind()).isEqualTo(Reply.Kind.REFUSED);
  }

  @Test
  void aFullQueueLosesTheOldestAndTellsOnce() {
    Outbox outbox = outbox(1, 4);
    try (Logged log = Logged.of(Outbox.class)) {
      for (int i = 10; i < 100; i++) {
        outbox.offer(event("e" + i)); // e10 is under way all the time
      }
      assertThat(outbox.standing().waiting()).isEqualTo(5);
      assertThat(outbox.standing().dropped()).isEqualTo(85);
      for (String id : List.of("e10", "e96", "e97", "e98", "e99")) {
        reply(id, 200);
      }
      assertThat(log.lines())
          .containsExactly(
              "webhook ops: the oldest events are dropped: 4 events wait, which is the most "
                  + "that may",
              "webhook ops: there is room again; events dropped so far: 85");
    }
  }

  @Test
  void whatWasNotTakenForADayIsDropped() {
    Outbox outbox = outbox(1, 10);
    outbox.offer(event("old"));
    noAnswer("old");
    now += Duration.ofHours(25).toNanos();
    outbox.offer(event("new"));

    assertThat(sent).containsExactly("old", "new");
    assertThat(outbox.standing().dropped()).isEqualTo(1);
  }

  @Test
  void aReceiverThatIsGoneIsToldNothingMore() {
    Outbox outbox = outbox(2, 10);
    List.of("a", "b", "c").forEach(id -> outbox.offer(event(id)));
    try (Logged log = Logged.of(Outbox.class)) {
      reply("a", 410);
      reply("b", 410);
      outbox.offer(event("d"));
      pass(Duration.ofDays(1));

      assertThat(sent).containsExactly("a", "b");
      assertThat(outbox.standing().state()).isEqualTo(State.DISABLED);
      assertThat(outbox.standing().dropped()).isEqualTo(4);
      assertThat(log.lines())
          .containsExactly(
              "webhook ops is disabled until the scheduler restarts: it answered 410; events"
                  + " dropped: 2");
    }
  }

  @Test
  void afterTheStopNothingIsSentAnyMore() {
    Outbox outbox = outbox(1, 10);
    List.of("a", "b", "c").forEach(id -> outbox.offer(event(id)));
    try (Logged log = Logged.of(Outbox.class)) {
      assertThat(outbox.close()).as("the one under way and those that wait").isEqualTo(3);
      noAnswer("a");
      outbox.offer(event("d"));
      pass(Duration.ofDays(1));

      assertThat(sent).containsExactly("a");
      assertThat(outbox.standing().waiting()).isZero();
      assertThat(log.lines()).isEmpty();
    }
  }
}
