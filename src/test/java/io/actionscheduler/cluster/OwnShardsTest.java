package io.actionscheduler.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class OwnShardsTest {
  private final List<String> done = new ArrayList<>();
  private final Map<String, CompletableFuture<?>> open = new HashMap<>();
  private final List<String> dropped = new ArrayList<>();
  private final OwnShards own = new OwnShards(3, new Work(), Runnable::run, dropped::add);

  /** Notes what it is asked for; the test answers. */
  private final class Work implements ShardWork {
    private <T> CompletionStage<T> asked(String what) {
      done.add(what);
      CompletableFuture<T> result = new CompletableFuture<>();
      open.put(what, result);
      return result;
    }

    @Override
    public CompletionStage<Long> takeToken(int shard) {
      return asked("token " + shard);
    }

    @Override
    public CompletionStage<Void> shutOut(Claim claim) {
      return asked("shut out " + claim.shard());
    }

    @Override
    public CompletionStage<Void> recall(Claim claim) {
      return asked("recall " + claim.shard());
    }

    @Override
    public CompletionStage<Void> open(Claim claim) {
      return asked("open " + claim.shard());
    }

    @Override
    public CompletionStage<Void> drain(Claim claim) {
      return asked("drain " + claim.shard());
    }

    @Override
    public void discard(int shard) {
      done.add("discard " + shard);
    }

    @Override
    public void giveBack(Claim claim) {
      done.add("give back " + claim.shard() + " with token " + claim.token());
    }
  }

  @SuppressWarnings("unchecked")
  private void answer(String what, Object value) {
    ((CompletableFuture<Object>) open.remove(what)).complete(value);
  }

  private void refuse(String what) {
    open.remove(what).completeExceptionally(new IllegalStateException("no " + what));
  }

  private void fires(int shard, long token) {
    own.assigned(Set.of(shard));
    answer("token " + shard, token);
    answer("shut out " + shard, null);
    answer("recall " + shard, null);
    answer("open " + shard, null);
    assertThat(own.states().join()).isEqualTo(Map.of(shard, Shard.State.FIRING));
  }

  @Test
  void aShardFiresAfterItIsFencedThenReadAndThenOpened() {
    fires(1, 7);
    assertThat(done).containsExactly("token 1", "shut out 1", "recall 1", "open 1");
    assertThat(own.maySend(new Claim(1, 7))).isTrue();
    assertThat(own.maySend(new Claim(1, 6))).isFalse();
    assertThat(own.maySend(new Claim(2, 7))).isFalse();
  }

  @Test
  void aShardThatIsStillBeingReadIsDrainedBecauseItsFirstActionsMayHaveFired() {
    own.assigned(Set.of(1));
    answer("token 1", 7L);
    answer("shut out 1", null);
    assertThat(own.maySend(new Claim(1, 7))).isFalse();
    answer("recall 1", null);
    assertThat(own.maySend(new Claim(1, 7))).isTrue();
    CompletableFuture<Void> released = own.revoked(Set.of(1)).toCompletableFuture();
    answer("open 1", null);
    assertThat(own.states().join()).isEqualTo(Map.of(1, Shard.State.DRAINING));
    answer("drain 1", null);
    assertThat(released).isCompleted();
  }

  @Test
  void theGroupWaitsUntilWhatIsUnderWayIsRecordedAndTheShardIsFree() {
    fires(1, 7);
    done.clear();
    CompletableFuture<Void> released = own.revoked(Set.of(1, 2)).toCompletableFuture();
    assertThat(own.maySend(new Claim(1, 7))).isFalse();
    assertThat(released).isNotDone();
    answer("drain 1", null);
    assertThat(released).isCompleted();
    assertThat(done).containsExactly("drain 1", "discard 1", "give back 1 with token 7");
    assertThat(own.states().join()).isEmpty();
  }

  @Test
  void aShardThatHasNotFiredIsFreeAtOnceAndItsLateTokenShutsNobodyOut() {
    own.assigned(Set.of(1));
    assertThat(own.revoked(Set.of(1)).toCompletableFuture()).isCompleted();
    answer("token 1", 7L);
    assertThat(done).containsExactly("token 1", "discard 1");
  }

  @Test
  void theTokenOfATermBeforeIsNotTakenForTheNext() {
    own.assigned(Set.of(1));
    CompletableFuture<?> before = open.remove("token 1");
    own.lost(Set.of(1));
    own.assigned(Set.of(1));
    answer("token 1", 8L);
    @SuppressWarnings("unchecked")
    CompletableFuture<Object> late = (CompletableFuture<Object>) before;
    late.complete(7L);
    answer("shut out 1", null);
    answer("recall 1", null);
    answer("open 1", null);
    assertThat(own.maySend(new Claim(1, 8))).isTrue();
    assertThat(own.maySend(new Claim(1, 7))).isFalse();
  }

  @Test
  void aDroppedShardComesBackOnlyAfterAProofAndIsAskedForOnce() {
    own.assigned(Set.of(0, 1));
    refuse("token 0");
    refuse("token 1");
    assertThat(dropped).containsExactly("shard 0: no token 0");
    assertThat(own.states().join())
        .isEqualTo(Map.of(0, Shard.State.DROPPED, 1, Shard.State.DROPPED));
    own.assigned(Set.of(0)); // the proof: another process has shard 1
    assertThat(own.states().join()).isEqualTo(Map.of(0, Shard.State.CLAIMING));
    refuse("token 0");
    assertThat(dropped).hasSize(2);
  }

  @Test
  void anOutdatedTokenDropsTheShardUnlessItWasClaimedAgain() {
    fires(1, 7);
    own.failed(new Claim(1, 6), new IllegalStateException("late"));
    assertThat(own.maySend(new Claim(1, 7))).isTrue();
    own.failed(new Claim(1, 7), new IllegalStateException("another process has it"));
    assertThat(own.maySend(new Claim(1, 7))).isFalse();
    assertThat(done).endsWith("discard 1");
    assertThat(dropped).containsExactly("shard 1: another process has it");
  }

  @Test
  void whoStopsIsNotKeptByAShardThatFailsWhileItDrains() {
    fires(1, 7);
    CompletableFuture<Void> released = own.revoked(Set.of(1)).toCompletableFuture();
    refuse("drain 1");
    assertThat(released).isCompleted();
    assertThat(own.states().join()).isEmpty();
  }

  @Test
  void whoStopsIsNotKeptByAShardThatWasDropped() {
    own.assigned(Set.of(1));
    refuse("token 1");
    assertThat(own.revoked(Set.of(1)).toCompletableFuture()).isCompleted();
  }

  @Test
  void aDefectOfOneStepCostsItsShardOnly() {
    ShardWork broken =
        new ShardWork() {
          @Override
          public CompletionStage<Long> takeToken(int shard) {
            throw new IllegalStateException("a defect");
          }

          @Override
          public CompletionStage<Void> shutOut(Claim claim) {
            return CompletableFuture.completedStage(null);
          }

          @Override
          public CompletionStage<Void> recall(Claim claim) {
            return CompletableFuture.completedStage(null);
          }

          @Override
          public CompletionStage<Void> open(Claim claim) {
            return CompletableFuture.completedStage(null);
          }

          @Override
          public CompletionStage<Void> drain(Claim claim) {
            return CompletableFuture.completedStage(null);
          }

          @Override
          public void discard(int shard) {}

          @Override
          public void giveBack(Claim claim) {}
        };
    OwnShards shards = new OwnShards(3, broken, Runnable::run, dropped::add);
    shards.assigned(Set.of(2));
    assertThat(dropped).containsExactly("shard 2: a defect");
  }
}
