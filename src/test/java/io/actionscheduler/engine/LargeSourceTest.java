package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.engine.intake.SourceStart;
import io.actionscheduler.engine.intake.StartReport;
import io.actionscheduler.engine.intake.SyncPlan;
import io.actionscheduler.engine.target.NamedCallbackSettings;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.testing.Logged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A source of half a million actions begins beside one that fires. */
@Timeout(120)
class LargeSourceTest {
  private static final int MANY = 500_000;

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private static Action[] many() {
    return many(MANY, "main");
  }

  private static Action[] many(int count, String callback) {
    Action one = action("big:0", "0 0 1 1 *", MissedPolicy.of(true, -1), callback);
    List<Action> actions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      actions.add(
          new Action(
              new ActionId("big:" + i),
              one.name(),
              one.command(),
              one.timing(),
              one.policy(),
              one.parameters()));
    }
    actions.sort(Comparator.comparing(Action::id));
    return actions.toArray(Action[]::new);
  }

  private static Progress progress(Action action, Instant at) {
    return new Progress(
        new ProgressKey(action.id(), action.policy().callbacks().get(0)),
        at,
        action.timing().text(),
        action.timing().zone().getId(),
        false,
        Account.begun(at),
        Optional.empty());
  }

  @Test
  void theStoreIsNeverReadOnTheEnginesThread() throws Exception {
    world
        .boot()
        .begin("small", action("small:1", "* * * * * *", MissedPolicy.of(true, -1), "main"));
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    world.store.onRead(
        () -> {
          reading.countDown();
          mayGoOn.await();
        });
    Action late = action("late:1", "* * * * *", MissedPolicy.of(true, -1), "main");
    CompletableFuture<Void> begun = world.beginBeside("late", late);
    reading.await();
    world.pass(Duration.ofSeconds(3));
    assertThat(world.callback.deliveredTimes())
        .containsExactly("small:1@10:00:01", "small:1@10:00:02", "small:1@10:00:03");
    mayGoOn.countDown();
    begun.get(60, TimeUnit.SECONDS);
  }

  /** Steps of the engine that run while the source begins are those that a fire needs. */
  @Test
  void firesGoOutWhileTheActionsAreTakenIn() throws Exception {
    Action[] many = many();
    for (Action action : many) {
      world.store.put(progress(action, world.clock.instant()));
    }
    world
        .boot()
        .begin("small", action("small:1", "* * * * * *", MissedPolicy.of(true, -1), "main"));
    AtomicInteger deliveredBefore = new AtomicInteger(-1);
    passASecondOnceSomeAreTakenIn();
    CompletableFuture<Void> begun = world.beginBeside("big", many);
    begun.thenRun(() -> deliveredBefore.set(world.callback.delivered().size()));
    begun.get(60, TimeUnit.SECONDS);
    assertThat(world.status().actions()).isEqualTo(MANY + 1);
    assertThat(world.callback.deliveredTimes()).containsExactly("small:1@10:00:01");
    assertThat(deliveredBefore.get()).as("delivered before the last was taken in").isOne();
  }

  /** On the engine's thread, between two steps: a slow test cannot be too late for it. */
  private void passASecondOnceSomeAreTakenIn() {
    world
        .engine()
        .status()
        .thenAccept(
            status -> {
              if (status.actions() == 1) {
                passASecondOnceSomeAreTakenIn();
              } else {
                world.clock.advance(Duration.ofSeconds(1));
                world.ring();
              }
            });
  }

  @Test
  void actionsThatContinueWithANewCallbackAreTakenInInSmallSteps() throws Exception {
    Action[] some = waitForACallback();
    CompletableFuture<Integer> between = new CompletableFuture<>();
    try (Logged log = Logged.of(StartReport.class)) {
      onTheEngine(
          () -> {
            addLater();
            world.engine().status().thenAccept(status -> between.complete(status.actions()));
          });
      assertThat(between.get(60, TimeUnit.SECONDS)).isLessThanOrEqualTo(1_001);
      await().until(() -> world.status().actions() == some.length + 1);
      assertThat(log.lines()).singleElement().asString().contains("of 2500 actions is more than");
    }
  }

  @Test
  void oneThatIsRemovedBeforeItsTurnToContinueIsGone() throws Exception {
    Action[] some = waitForACallback();
    Instant now = world.clock.instant();
    List<ActionId> ids = Stream.of(some).map(Action::id).toList();
    SyncPlan plan = new SyncPlan(List.of(), List.of(), ids, List.of());
    onTheEngine(
        () -> {
          addLater();
          world.engine().apply(plan, new SourceStart.Readings(now, Optional.of(now)));
        });
    world.settle();
    assertThat(world.status().actions()).isOne();
    assertThat(world.store.all()).extracting(Progress::key).hasSize(1);
  }

  /** 2500 actions of an earlier run that name a callback which the settings no longer have. */
  private Action[] waitForACallback() throws Exception {
    Action[] some = many(2_500, "later");
    for (Action action : some) {
      world.store.put(progress(action, world.clock.instant().plus(Duration.ofDays(2))));
    }
    world
        .boot()
        .begin("small", action("small:1", "* * * * * *", MissedPolicy.of(true, -1), "main"));
    world.begin("big", some);
    assertThat(world.status().actions()).isOne();
    return some;
  }

  private void addLater() {
    world
        .engine()
        .callbackChanges()
        .add(
            new NamedCallbackSettings(
                "later", new FakeCallback(), world.retry, Optional.empty(), Optional.empty()));
  }

  /** Does it in one step of the engine: steps that it posts follow each other in that order. */
  private void onTheEngine(Runnable posts) throws Exception {
    CompletableFuture<Void> posted = new CompletableFuture<>();
    world
        .engine()
        .tell(
            run -> {
              if (!posted.isDone()) {
                posts.run();
                posted.complete(null);
              }
            });
    world.pass(Duration.ofSeconds(1));
    posted.get(60, TimeUnit.SECONDS);
  }

  @Test
  void onlyTheProgressOfTheSourceThatBeginsIsRead() throws Exception {
    world.store.put(
        progress(
            action("other:1", "* * * * *", MissedPolicy.of(true, -1), "main"),
            world.clock.instant()));
    world.boot().begin("small", action("small:1", "* * * * *", MissedPolicy.of(true, -1), "main"));
    assertThat(world.store.progressRead()).isZero();
  }
}
