package io.actionscheduler.cluster.kafka;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.cluster.Membership;
import io.actionscheduler.cluster.kafka.ShardTopic.WrongTopic;
import io.actionscheduler.concurrent.Backoff;
import io.actionscheduler.concurrent.Daemons;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Membership in a consumer group. A thread of its own is a member, and begins again after any
 * fault: no fault of the group ends the program.
 */
public final class KafkaMembership implements Membership {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaMembership.class);
  private static final Backoff AFTER_A_FAULT =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

  private final GroupSettings settings;
  private final ShardTopic topic;
  private final Listener listener;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile Optional<String> problem = Optional.empty();
  private volatile boolean proofWanted;

  private KafkaMembership(GroupSettings settings, int shards, Listener listener) {
    this.settings = requireNonNull(settings, "settings is null");
    this.topic = new ShardTopic(settings, shards);
    this.listener = requireNonNull(listener, "listener is null");
    this.thread = Daemons.named("cluster-membership").newThread(this::run);
  }

  /**
   * Joins the group of the cluster, and makes its topic if there is none. Returns at once.
   *
   * @param shards how many there are
   * @param listener called on the thread of the membership
   */
  public static KafkaMembership join(GroupSettings settings, int shards, Listener listener) {
    KafkaMembership membership = new KafkaMembership(settings, shards, listener);
    membership.thread.start();
    return membership;
  }

  @Override
  public void prove() {
    proofWanted = true;
  }

  @Override
  public Optional<String> problem() {
    return problem;
  }

  private void run() {
    int failures = 0;
    while (closing.getCount() > 0) {
      try {
        topic.ensure();
        try (Member member = Member.join(settings, listener)) {
          failures = 0;
          told();
          takePart(member);
        }
      } catch (WrongTopic | RuntimeException e) { // whatever it is, it begins again
        failed(e.getMessage() == null ? e.toString() : e.getMessage(), ++failures);
      } catch (InterruptedException e) {
        return; // nobody interrupts this thread but the end of the process
      }
    }
  }

  private void takePart(Member member) {
    while (closing.getCount() > 0) {
      member.poll();
      if (proofWanted) {
        proofWanted = false;
        if (!member.prove()) {
          proofWanted = true;
        }
      }
    }
  }

  private void told() {
    problem.ifPresent(
        was -> LOG.info("cluster {}: joins the group again, after: {}", settings.cluster(), was));
    problem = Optional.empty();
  }

  private void failed(String why, int failures) {
    if (!problem.equals(Optional.of(why))) {
      LOG.warn(
          "cluster {}: this process is not in the group, and retries: {}", settings.cluster(), why);
    }
    problem = Optional.of(why);
    try {
      closing.await(AFTER_A_FAULT.after(failures).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closing.countDown();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      // Bounded: a member lets go of its shards, then tells the broker that it leaves.
      thread.join(settings.toRelease().plus(Member.TO_LEAVE).plusSeconds(1).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
