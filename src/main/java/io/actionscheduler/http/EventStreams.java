package io.actionscheduler.http;

import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.text.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients that follow an {@link EventLog}. One thread serves all of them ten times a second and
 * waits for none: a client that has not read what was sent is passed over, and its stream ends
 * after half a minute. A client that needs older events than the log keeps is told how many it
 * missed, and one that followed an earlier term that it missed some.
 */
public final class EventStreams implements AutoCloseable {
  /** The most streams at a time; more are refused. */
  static final int MOST = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
  private static final long LOOK_MILLIS = 100;
  private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final EventLog log;
  private final LongSupplier nanoTime;
  private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService thread = Daemons.timer("events");

  /**
   * What a client wants.
   *
   * @param after the id of the last event that it knows; negative: only events from now on
   * @param types empty for all
   */
  public record Wanted(long after, Set<String> types) {
    public Wanted {
      types = Set.copyOf(types);
    }
  }

  /** The connection of a stream. */
  interface Wire {
    /** Called at the end of a write: with null when it succeeded. */
    @FunctionalInterface
    interface Done {
      void ended(Throwable failed);
    }

    /** Writes, without waiting. */
    void write(ByteBuffer bytes, Done done);

    /** Ends it. */
    void end();
  }

  private static final class Stream {
    private final Wire wire;
    private final Set<String> types;
    private long known;
    private long wroteAt;
    private volatile boolean busy;
    private volatile boolean broken;

    Stream(Wire wire, Set<String> types, long known, long now) {
      this.wire = wire;
      this.types = types;
      this.known = known;
      this.wroteAt = now;
    }
  }

  /**
   * What is written to all streams that are at the same event and want the same types. Its last id
   * belongs to its bytes: events are added meanwhile.
   */
  private record Batch(byte[] bytes, long last) {
    private static Batch of(EventLog.News news, Set<String> types) {
      StringBuilder text = new StringBuilder();
      if (news.missed().orElse(1) > 0) {
        String count = news.missed().isPresent() ? "" + news.missed().getAsLong() : "null";
        text.append("event: missed\ndata: {\"count\":").append(count).append("}\n\n");
      }
      for (EventLog.Event event : news.events()) {
        if (types.isEmpty() || types.contains(event.type())) {
          text.append(shown(event));
        }
      }
      return new Batch(text.toString().getBytes(StandardCharsets.UTF_8), news.last());
    }

    /** Empty for one that cannot be shown: the others are sent all the same. */
    private static String shown(EventLog.Event event) {
      try {
        return "id: %d\nevent: %s\ndata: %s\n\n"
            .formatted(event.id(), event.type(), Json.write(event.data().get()));
      } catch (RuntimeException e) {
        LOG.error(
            "a defect while showing event {} of type {}; left out", event.id(), event.type(), e);
        return "";
      }
    }
  }

  /**
   * @param nanoTime a monotonic clock
   */
  public EventStreams(EventLog log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
    thread.scheduleWithFixedDelay(
        this::lookAfterAll, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Whether there is room for one more. */
  public boolean hasRoom() {
    return streams.size() < MOST;
  }

  /** The number of streams. */
  public int size() {
    return streams.size();
  }

  void open(Wire wire, Wanted wanted) {
    long known = wanted.after() < 0 ? log.last() : wanted.after();
    Stream stream = new Stream(wire, wanted.types(), known, nanoTime.getAsLong());
    write(stream, ": follow\n\n".getBytes(StandardCharsets.UTF_8));
    streams.add(stream);
  }

  private void lookAfterAll() {
    Map<String, Batch> made =
        new HashMap<>(); // most streams are at the same event and want the same types
    long now = nanoTime.getAsLong();
    streams.removeIf(stream -> stream.broken);
    for (Stream stream : streams) {
      try {
        lookAfter(stream, now, made);
      } catch (RuntimeException e) { // one stream's fault must neither end nor delay the others
        LOG.error("a defect while sending events; the stream ends", e);
        end(stream);
      }
    }
  }

  private void lookAfter(Stream stream, long now, Map<String, Batch> made) {
    if (stream.busy) {
      if (now - stream.wroteAt > STUCK_NANOS) {
        end(stream);
      }
      return;
    }
    Batch batch =
        made.computeIfAbsent(
            stream.known + " " + stream.types,
            key -> Batch.of(log.after(stream.known), stream.types));
    stream.known = batch.last();
    if (batch.bytes().length > 0) {
      write(stream, batch.bytes());
    } else if (now - stream.wroteAt > HEARTBEAT_NANOS) {
      write(stream, ": still here\n\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void end(Stream stream) {
    stream.broken = true;
    try {
      stream.wire.end();
    } catch (RuntimeException e) {
      LOG.error("a defect while ending a stream of events", e);
    }
  }

  private void write(Stream stream, byte[] bytes) {
    stream.busy = true;
    stream.wroteAt = nanoTime.getAsLong();
    stream.wire.write(
        ByteBuffer.wrap(bytes),
        failed -> {
          stream.broken |= failed != null;
          stream.busy = false;
        });
  }

  /** Ends every stream. */
  @Override
  public void close() {
    thread.shutdownNow();
    streams.forEach(EventStreams::end);
    streams.clear();
  }
}
