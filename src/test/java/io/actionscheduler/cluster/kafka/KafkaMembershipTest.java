package io.actionscheduler.cluster.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.cluster.Membership;
import io.actionscheduler.cluster.kafka.GroupSettings.Protocol;
import io.actionscheduler.cluster.kafka.GroupSettings.Times;
import io.actionscheduler.testing.TcpProxy;
import io.actionscheduler.testing.TestKafka;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Members of a group at a real broker, with both of Kafka's protocols. */
class KafkaMembershipTest {
  private static final int SHARDS = 12;

  /** Long enough for a busy machine, where no member is to be given up. */
  private static final Times PATIENT =
      new Times(Duration.ofSeconds(30), Duration.ofMillis(300), Duration.ofSeconds(60));

  private static final Times SHORT =
      new Times(Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofSeconds(3));

  private static TcpProxy proxy;
  private static TestKafka kafka;
  private static int clusters;

  private final String cluster = "test-" + ++clusters;
  private final Group group = new Group();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeAll
  static void start() {
    proxy = TcpProxy.open();
    kafka =
        TestKafka.behind(
            proxy,
            Map.of(
                "group.min.session.timeout.ms", "1000",
                "group.consumer.min.session.timeout.ms", "2000",
                "group.consumer.session.timeout.ms", "45000",
                "group.consumer.min.heartbeat.interval.ms", "300",
                "group.consumer.heartbeat.interval.ms", "300"));
  }

  @AfterAll
  static void stop() throws IOException {
    kafka.close();
    proxy.close();
  }

  @AfterEach
  void leave() throws Exception {
    proxy.mend();
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  /** Who has which shard, as the members hear it. */
  private final class Group {
    private final List<String> doubles = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();

    synchronized void await(String what, BooleanSupplier state) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      try {
        while (!state.getAsBoolean()) {
          long left = deadline - System.nanoTime();
          assertThat(left).as("%s within a minute; now: %s", what, members).isPositive();
          // A problem is told to nobody, so it is looked for.
          TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, TimeUnit.MILLISECONDS.toNanos(50)));
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    Member join(Protocol protocol, Times times, String server) {
      return join(protocol, times, server, new CountDownLatch(0));
    }

    /** A member whose work begins once {@code wakeUp} is counted down. */
    Member join(Protocol protocol, Times times, String server, CountDownLatch wakeUp) {
      Member member = new Member();
      member.blocked = wakeUp; // before it gets shards
      synchronized (this) {
        members.add(member);
      }
      member.membership =
          KafkaMembership.join(
              new GroupSettings(cluster, protocol, times, Map.of("bootstrap.servers", server)),
              SHARDS,
              member);
      opened.add(member.membership);
      return member;
    }
  }

  /** A member that lets go at once, unless it is told to keep its shards. */
  private final class Member implements Membership.Listener {
    private Membership membership;
    private final Set<Integer> has = new TreeSet<>();
    private final Set<Integer> wereRevoked = new HashSet<>();
    private final Set<Integer> wereLost = new HashSet<>();
    private int proofs;
    private boolean keeps;
    private CountDownLatch blocked = new CountDownLatch(0);

    @Override
    public void assigned(Set<Integer> all) {
      CountDownLatch waits;
      synchronized (group) {
        proofs++;
        for (Member other : group.members) {
          if (other != this && all.stream().anyMatch(other.has::contains)) {
            group.doubles.add(all + " beside " + other.has);
          }
        }
        has.clear();
        has.addAll(all);
        group.notifyAll();
        // The first assignment may be empty, where the topic is not known to the client yet.
        waits = all.isEmpty() ? new CountDownLatch(0) : blocked;
      }
      try {
        waits.await(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public CompletionStage<Void> revoked(Set<Integer> some) {
      synchronized (group) {
        wereRevoked.addAll(some);
        if (keeps) {
          return new CompletableFuture<>();
        }
        has.removeAll(some);
        group.notifyAll();
        return CompletableFuture.completedStage(null);
      }
    }

    @Override
    public void lost(Set<Integer> some) {
      synchronized (group) {
        wereLost.addAll(some);
        has.removeAll(some);
        group.notifyAll();
      }
    }

    @Override
    public String toString() {
      return has + ", problem: " + membership.problem();
    }
  }

  @ParameterizedTest
  @EnumSource
  void membersShareTheShardsAndOneThatLeavesGivesItsOwnAtOnce(Protocol protocol) {
    Member one = group.join(protocol, PATIENT, kafka.direct());
    group.await("one member has all", () -> one.has.size() == SHARDS);
    Member other = group.join(protocol, PATIENT, kafka.direct());
    group.await("both have half", () -> one.has.size() == 6 && other.has.size() == 6);
    synchronized (group) {
      assertThat(one.wereRevoked).as("the first keeps what is not taken away").hasSize(6);
      assertThat(one.has).doesNotContainAnyElementsOf(one.wereRevoked);
    }
    other.membership.close();
    group.await("the one that stays has all", () -> one.has.size() == SHARDS);
    synchronized (group) {
      assertThat(other.has).isEmpty();
      assertThat(other.wereRevoked).as("let go of before it left").hasSize(6);
      assertThat(group.doubles).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aProofIsTheWholeAssignmentOnceMore(Protocol protocol) {
    Member one = group.join(protocol, PATIENT, kafka.direct());
    group.await("it has all", () -> one.has.size() == SHARDS);
    int before;
    synchronized (group) {
      before = one.proofs;
      one.has.clear();
    }
    one.membership.prove();
    group.await("a further proof", () -> one.proofs > before && one.has.size() == SHARDS);
  }

  @ParameterizedTest
  @EnumSource
  void whatAMemberHadThatIsCutOffGoesToOthersAndItHearsOfItLater(Protocol protocol)
      throws Exception {
    shortSessionOfGroup();
    Member cut = group.join(protocol, SHORT, kafka.server());
    group.await("the first has all", () -> cut.has.size() == SHARDS);
    Member other = group.join(protocol, SHORT, kafka.direct());
    group.await("both have half", () -> cut.has.size() == 6 && other.has.size() == 6);
    Set<Integer> had;
    synchronized (group) {
      had = Set.copyOf(cut.has);
      cut.wereLost.clear();
    }
    proxy.cut();
    group.await("the other has all", () -> other.has.size() == SHARDS);
    proxy.mend();
    group.await("it hears what it lost", () -> cut.wereLost.containsAll(had));
    group.await("it is a member again", () -> cut.has.size() == 6 && other.has.size() == 6);
  }

  /** With the protocol in which the broker decides, it also decides how long it waits. */
  private void shortSessionOfGroup() throws Exception {
    ConfigResource resource =
        new ConfigResource(ConfigResource.Type.GROUP, "action-scheduler." + cluster);
    AlterConfigOp op =
        new AlterConfigOp(
            new ConfigEntry("consumer.session.timeout.ms", "2000"), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.direct()))) {
      admin.incrementalAlterConfigs(Map.of(resource, List.of(op))).all().get();
    }
  }

  @Test
  void aPausedMemberLosesItsShardsAndJoinsAgain() {
    CountDownLatch wakeUp = new CountDownLatch(1);
    Member paused = group.join(Protocol.CLASSIC, SHORT, kafka.direct(), wakeUp);
    group.await("it has all and does nothing more", () -> paused.has.size() == SHARDS);
    Member other = group.join(Protocol.CLASSIC, SHORT, kafka.direct());
    group.await("the other has all", () -> other.has.size() == SHARDS);
    synchronized (group) {
      paused.blocked = new CountDownLatch(0);
    }
    wakeUp.countDown();
    group.await("it hears what it lost", () -> paused.wereLost.size() == SHARDS);
    group.await("it is a member again", () -> paused.has.size() == 6 && other.has.size() == 6);
  }

  @Test
  void shardsThatAreNotLetGoOfInTimeAreLost() {
    Member slow = group.join(Protocol.CLASSIC, SHORT, kafka.direct());
    group.await("it has all", () -> slow.has.size() == SHARDS);
    synchronized (group) {
      slow.keeps = true;
    }
    Member other = group.join(Protocol.CLASSIC, SHORT, kafka.direct());
    group.await("half of them are lost", () -> slow.wereLost.size() >= 6);
    synchronized (group) {
      slow.keeps = false;
    }
    group.await("both have half", () -> slow.has.size() == 6 && other.has.size() == 6);
  }

  @Test
  void aTopicOfAnotherSizeIsToldAndOnceItFitsTheMemberJoins() throws Exception {
    kafka.createTopic("action-scheduler." + cluster + ".shards", 5, Map.of());
    Member one = group.join(Protocol.CLASSIC, PATIENT, kafka.direct());
    String problem =
        "topic action-scheduler."
            + cluster
            + ".shards has 5 partitions, but the database has 12 shards; stop all processes of the"
            + " cluster and delete the topic; the next process that starts creates it";
    group.await(
        "the problem is known", () -> one.membership.problem().equals(Optional.of(problem)));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.direct()))) {
      admin
          .createPartitions(
              Map.of("action-scheduler." + cluster + ".shards", NewPartitions.increaseTo(SHARDS)))
          .all()
          .get();
    }
    group.await("it has all", () -> one.has.size() == SHARDS);
    assertThat(one.membership.problem()).isEmpty();
  }
}
