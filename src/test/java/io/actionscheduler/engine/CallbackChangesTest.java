package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.engine.intake.Intake;
import io.actionscheduler.engine.target.NamedCallbackSettings;
import io.actionscheduler.testing.Logged;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callbacks come and go while the engine runs. */
@Tag("time")
@Timeout(60)
class CallbackChangesTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private static Action at(String callback) {
    return action("1", "* * * * *", EACH, callback);
  }

  private NamedCallbackSettings named(String name, FakeCallback callback) {
    return named(name, callback, Optional.empty());
  }

  private NamedCallbackSettings named(
      String name, FakeCallback callback, Optional<String> deadLetter) {
    return new NamedCallbackSettings(name, callback, world.retry, Optional.empty(), deadLetter);
  }

  private static <T> T get(CompletableFuture<T> answer) throws Exception {
    return answer.get(30, TimeUnit.SECONDS);
  }

  private void add(FakeCallback callback) throws Exception {
    add(callback, Optional.empty());
  }

  private void add(FakeCallback callback, Optional<String> deadLetter) throws Exception {
    get(world.engine().callbackChanges().add(named("later", callback, deadLetter)));
    world.settle();
  }

  @Test
  void anActionOfAnEarlierRunContinuesWhenTheSettingsHaveItsCallbackAgain() throws Exception {
    FakeCallback first = new FakeCallback();
    world.boot();
    add(first);
    world.begin(at("later")).pass(Duration.ofMinutes(2));
    assertThat(first.deliveredTimes()).containsExactly("1@10:01:00", "1@10:02:00");
    world.stop();

    world.clock.advance(Duration.ofMinutes(3));
    world.boot().begin(at("later")).pass(Duration.ofMinutes(1));
    FakeCallback second = new FakeCallback();
    add(second);
    assertThat(second.deliveredTimes())
        .containsExactly("1@10:03:00", "1@10:04:00", "1@10:05:00", "1@10:06:00");
    world.pass(Duration.ofMinutes(1));
    assertThat(second.deliveredTimes()).endsWith("1@10:07:00").hasSize(5);
  }

  /** A stop with a dead letter of a callback that the settings have no longer at the next start. */
  private void leaveADeadLetter() throws Exception {
    world.other.answer(delivery -> CallbackException.unavailable("gone", null));
    FakeCallback first = new FakeCallback();
    first.answer(delivery -> CallbackException.permanent("no such address", null));
    world.boot();
    add(first, Optional.of("other"));
    world.begin(at("later")).pass(Duration.ofMinutes(1));
    world.stop();
    assertThat(world.store.deadLetters()).hasSize(1);
    world.start(at("later")).pass(Duration.ofMinutes(1));
    world.other.takeAll();
  }

  @Test
  void deadLettersOfAnEarlierRunContinueWhenTheSettingsHaveTheirCallbackAgain() throws Exception {
    leaveADeadLetter();
    world.pass(Duration.ofMinutes(1));
    assertThat(world.store.deadLetters()).as("they wait with their action").hasSize(1);

    add(new FakeCallback(), Optional.of("other"));
    world.pass(Duration.ofMinutes(1));
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:01:00");
    assertThat(world.store.deadLetters()).isEmpty();
  }

  @Test
  void deadLettersOfAnEarlierRunContinueWhenTheirActionNamesAnotherCallback() throws Exception {
    world.deadLetter = Optional.of("other");
    leaveADeadLetter();
    world.edit(action("1", "1 1 1 1 *", EACH, "later")); // still missing
    world.edit(at("main")).pass(Duration.ofMinutes(1));
    assertThat(world.callback.deliveredTimes()).isNotEmpty();
    assertThat(world.store.deadLetters()).as("their callback does not say to whom").isEmpty();
    assertThat(world.other.deliveredTimes()).isEmpty();
  }

  @Test
  void deadLettersOfAnEarlierRunEndWithTheRowThatWaitedForItsCallback() throws Exception {
    leaveADeadLetter();
    world.edit().pass(Duration.ofMinutes(1));
    assertThat(world.store.deadLetters()).isEmpty();
    add(new FakeCallback(), Optional.of("other"));
    world.pass(Duration.ofMinutes(1));
    assertThat(world.other.deliveredTimes()).isEmpty();
  }

  @Test
  void anActionWithoutItsCallbackIsNoDefectAndContinuesWithIt() throws Exception {
    world.boot().begin();
    world.edit(at("later")).pass(Duration.ofMinutes(1));
    FakeCallback later = new FakeCallback();
    add(later);
    world.pass(Duration.ofMinutes(1));
    assertThat(later.deliveredTimes()).containsExactly("1@10:02:00");
  }

  @Test
  void anActionWhoseCallbackIsAddedWhileItsSourceBeginsFires() throws Exception {
    FakeCallback later = new FakeCallback();
    world.boot();
    world.store.onRead(() -> world.engine().callbackChanges().add(named("later", later)).join());
    world.begin(at("later")).pass(Duration.ofMinutes(1));
    assertThat(later.deliveredTimes()).containsExactly("1@10:01:00");
  }

  @Test
  void oneThatIsUsedSaysByWhom() throws Exception {
    world.start(at("other"), action("2", "* * * * *", EACH, "main"));
    CallbackChanges changes = world.engine().callbackChanges();
    assertThat(get(changes.usersOf("other"))).contains("action 1 \"name1\"");
    assertThat(get(changes.followersOf("holidays"))).isEmpty();
    world.edit(
        at("main"), EngineWorld.following(action("2", "* * * * *", EACH, "main"), "holidays"));
    assertThat(get(changes.usersOf("other"))).isEmpty();
    assertThat(get(changes.usersOf("main"))).contains("action 1 \"name1\", action 2 \"name2\"");
    assertThat(get(changes.followersOf("holidays"))).contains("action 2 \"name2\"");
  }

  @Test
  void aRetiredOneEndsItsCallGetsNoMoreFiresAndMayComeBack() throws Exception {
    world.start(at("other"));
    world.other.hang();
    world.pass(Duration.ofMinutes(1));
    world.edit(); // the action is gone while its fire is under way
    CompletableFuture<Void> unused = get(world.engine().callbackChanges().retire("other"));
    assertThat(unused).isNotDone();
    world.other.release();
    get(unused);
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:01:00");
    assertThat(world.status().waiting()).isZero();

    FakeCallback again = new FakeCallback();
    get(world.engine().callbackChanges().add(named("other", again)));
    world.edit(at("other")).pass(Duration.ofMinutes(1));
    assertThat(again.deliveredTimes()).containsExactly("1@10:02:00");
    assertThat(world.other.deliveredTimes()).hasSize(1);
  }

  @Test
  void anActionContinuesAsItWasIfARowNamesACallbackThatWasJustRemoved() throws Exception {
    world.start(at("main"));
    get(world.engine().callbackChanges().retire("other"));
    try (Logged log = Logged.of(Intake.class)) {
      world.edit(at("other"));
      assertThat(log.lines())
          .containsExactly(
              "action 1 \"name1\": continues as before its edit, because a callback of [other] is"
                  + " not in the settings");
    }
    world.pass(Duration.ofMinutes(2));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00", "1@10:02:00");

    FakeCallback again = new FakeCallback();
    get(world.engine().callbackChanges().add(named("other", again)));
    world.pass(Duration.ofMinutes(1));
    assertThat(again.deliveredTimes()).as("the edit is applied").containsExactly("1@10:03:00");
    assertThat(world.callback.deliveredTimes()).hasSize(2);
  }

  @Test
  void anEditThatWaitsForItsCallbackEndsWithTheNextEdit() throws Exception {
    Action two = action("2", "* * * * *", EACH, "main");
    world.start(at("main"), two);
    get(world.engine().callbackChanges().retire("other"));
    world.edit(at("other"), action("2", "* * * * *", EACH, "other", "main"));
    world.edit(at("main"));
    get(world.engine().callbackChanges().add(named("other", world.other)));
    world.pass(Duration.ofMinutes(1));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00");
    assertThat(world.other.deliveredTimes()).isEmpty();
  }

  /** Rows may name it after the reload found that none does. */
  @Test
  void whatWaitsForOneThatIsRemovedIsLoggedAndContinuesOnceItIsBack() throws Exception {
    world.other.answer(delivery -> CallbackException.unavailable("gone", null));
    world.start(action("1", "1 10 2 3 *", EACH, "other")).pass(Duration.ofMinutes(1));
    assertThat(world.status().waiting()).isOne();
    try (Logged log = Logged.of(CallbackChanges.class)) {
      get(world.engine().callbackChanges().retire("other"));
      assertThat(log.lines())
          .containsExactly(
              "callback other: removed, but now used by action 1 \"name1\"; fires for it wait until"
                  + " the settings have it again or the rows name another one");
    }
    FakeCallback again = new FakeCallback();
    get(world.engine().callbackChanges().add(named("other", again)));
    world.pass(Duration.ofMinutes(1));
    assertThat(again.deliveredTimes()).containsExactly("1@10:01:00");
  }

  @Test
  void theOutageOfARetiredOneIsOver() throws Exception {
    world.other.answer(delivery -> CallbackException.unavailable("gone", null));
    world.start(at("other")).pass(Duration.ofMinutes(1));
    assertThat(world.status().unavailable()).containsExactly("other");
    world.other.takeAll();
    world.edit(at("main"));
    get(world.engine().callbackChanges().retire("other"));
    assertThat(world.status().unavailable()).isEmpty();
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00");
    assertThat(get(world.engine().place("other")))
        .as("a fire by hand waits for nothing")
        .isNotNull();
  }
}
