package io.actionscheduler.callback.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.FireId;
import io.actionscheduler.fire.Stretch;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.RecordBatch;

/** Makes records of deliveries: the command is the value, everything else is in headers. */
public final class Records {
  private static final byte[] NONE = {};

  private final String topic;
  private final boolean keyed;
  private final InstantSource clock;

  /**
   * @param keyed whether the action's id is the key, so that an action's fires stay in order
   */
  public Records(String topic, boolean keyed, InstantSource clock) {
    this.topic = requireNonNull(topic, "topic is null");
    this.keyed = keyed;
    this.clock = requireNonNull(clock, "clock is null");
  }

  public String topic() {
    return topic;
  }

  /** The size of {@code record} in bytes as the producer computes it for its limit. */
  public static int size(ProducerRecord<byte[], byte[]> record) {
    return AbstractRecords.estimateSizeInBytesUpperBound(
        RecordBatch.CURRENT_MAGIC_VALUE,
        CompressionType.NONE,
        record.key(),
        record.value(),
        record.headers().toArray());
  }

  /** Makes records of one batch, which all have this moment as their time. */
  public Batch batch() {
    return new Batch(clock.instant().truncatedTo(ChronoUnit.MICROS));
  }

  /** Makes the records of one batch; what they have in common is turned into bytes once. */
  public final class Batch {
    private final Header deliveredTime;
    private final Map<Cause, Header> causes = new EnumMap<>(Cause.class);
    private final Header noneMissed = header("missed-count", "0");
    private final Header firstAttempt = header("attempt", "1");
    private Instant scheduledAt = Instant.MIN;
    private Header scheduledTime = header("scheduled-time", "");

    private Batch(Instant now) {
      deliveredTime = header("delivered-time", now.toString());
    }

    public ProducerRecord<byte[], byte[]> of(Delivery delivery) {
      Fire fire = delivery.fire();
      byte[] id = fire.action().id().text().getBytes(UTF_8);
      Header scheduled = scheduledTime(fire.scheduledAt());
      List<Header> headers = new ArrayList<>(10);
      headers.add(new RecordHeader("fire-id", fireId(id, scheduled.value(), fire.request())));
      headers.add(new RecordHeader("action-id", id));
      headers.add(scheduled);
      headers.add(deliveredTime);
      headers.add(header("action-name", fire.action().name()));
      headers.add(causes.computeIfAbsent(fire.cause(), cause -> header("cause", cause.toString())));
      if (fire.merged().isPresent()) {
        Stretch merged = fire.merged().get();
        headers.add(header("missed-count", Long.toString(merged.count())));
        headers.add(header("first-missed", merged.first().toString()));
        headers.add(header("last-missed", merged.last().toString()));
      } else {
        headers.add(noneMissed);
      }
      headers.add(
          delivery.attempt() == 1
              ? firstAttempt
              : header("attempt", Integer.toString(delivery.attempt())));
      byte[] value = CommandJson.of(fire.action().command());
      return new ProducerRecord<>(topic, null, keyed ? id : null, value, headers);
    }

    /**
     * The bytes of a {@link FireId}; converting the same moment to text for every record would cost
     * a third more.
     */
    private byte[] fireId(byte[] action, byte[] scheduled, String request) {
      byte[] tail = request.isEmpty() ? NONE : ("#" + request).getBytes(UTF_8);
      byte[] id = new byte[action.length + 1 + scheduled.length + tail.length];
      System.arraycopy(action, 0, id, 0, action.length);
      id[action.length] = '@';
      System.arraycopy(scheduled, 0, id, action.length + 1, scheduled.length);
      System.arraycopy(tail, 0, id, id.length - tail.length, tail.length);
      return id;
    }

    private Header scheduledTime(Instant at) {
      if (!at.equals(scheduledAt)) {
        scheduledAt = at;
        scheduledTime = header("scheduled-time", at.toString());
      }
      return scheduledTime;
    }
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }
}
