package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Rejection;
import io.actionscheduler.fire.BacklogHold;
import io.actionscheduler.fire.Outage;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Verdict;
import io.actionscheduler.fire.Verified;
import io.actionscheduler.store.ownership.ClusterState;
import io.actionscheduler.text.IsoTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Something that is wrong now, in words: for the overview of the API and the dashboard, and for
 * {@code status}.
 *
 * @param members further members of its JSON object, such as what it is about and since when
 */
public record Trouble(Kind kind, String message, Map<String, Object> members) {

  /** The kinds. */
  public enum Kind {
    /** The latest verification found lost or doubled fires. */
    LOST,
    /** The engine does not answer. */
    ENGINE,
    /** No scheduler runs. */
    NOT_RUNNING,
    CALLBACK_UNAVAILABLE,
    BACKLOG_HELD,
    /** Shards of the cluster have no process: their actions do not fire. */
    SHARDS_WITHOUT_OWNER,
    STORE_FAILING,
    SOURCE_UNAVAILABLE,
    /** A row cannot be understood. */
    REJECTED,
    /** The last run of an action failed. */
    FAILING,
    /** Fires started late. */
    LATE,
    /** Fires are due, and have not begun. */
    OVERDUE,
    /** The time zone data in force are older than others on this machine. */
    ZONE_DATA;

    /** As JSON has it: {@code callback_unavailable}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Trouble {
    requireNonNull(kind, "kind is null");
    requireNonNull(message, "message is null");
    requireNonNull(members, "members is null");
  }

  /** That a verification found lost or doubled fires. */
  public static Trouble lost(Verified verified) {
    return new Trouble(
        Kind.LOST,
        "the latest verification found "
            + verified.count(Verdict.LOST)
            + " fires lost and "
            + verified.count(Verdict.DOUBLED)
            + " doubled; \"action-scheduler verify --last\" lists them",
        Map.of("at", utc(verified.at())));
  }

  /** That missed fires of so many actions wait for an operator. */
  public static Trouble held(long actions, BacklogHold hold) {
    return new Trouble(
        Kind.BACKLOG_HELD,
        actions
            + " actions have missed fires that wait for a decision; without one they continue by"
            + " the rules of their rows",
        Map.of("until", utc(hold.until())));
  }

  /** That shards of a cluster have no process; empty where each has one. */
  public static Optional<Trouble> withoutOwner(ClusterState cluster) {
    int without = cluster.withoutOwner().size();
    return without == 0
        ? Optional.empty()
        : Optional.of(
            of(
                Kind.SHARDS_WITHOUT_OWNER,
                "%d of %d shards of cluster %s have no process, and their actions do not fire; \"action-scheduler cluster status\" lists them"
                    .formatted(without, cluster.shards().size(), cluster.name())));
  }

  /** That a row or an entry of {@code source} cannot be understood. */
  public static Trouble rejected(String source, Rejection rejection) {
    return new Trouble(
        Kind.REJECTED, rejection.message(), Map.of("source", source, "job_id", id(rejection.id())));
  }

  /** That the last run of an action failed. */
  public static Trouble failing(Run run) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("job_id", id(run.key().action()));
    members.put("callback", run.key().callback());
    members.put("at", utc(run.finishedAt()));
    return new Trouble(Kind.FAILING, run.actionName() + " failed: " + run.error(), members);
  }

  /** One without further members. */
  public static Trouble of(Kind kind, String message) {
    return new Trouble(kind, message, Map.of());
  }

  /** That the target of a callback is unavailable. */
  public static Trouble unavailable(String callback, Instant since, String reason) {
    return new Trouble(
        Kind.CALLBACK_UNAVAILABLE,
        "the target of callback " + callback + " is unavailable: " + reason,
        Map.of("callback", callback, "since", utc(since)));
  }

  /** What a scheduler stored: that a target is unavailable, or a source cannot be read. */
  public static Trouble of(Outage outage) {
    return outage
        .source()
        .map(source -> unreadable(source, Optional.of(outage.since()), outage.reason()))
        .orElseGet(() -> unavailable(outage.callback(), outage.since(), outage.reason()));
  }

  /**
   * That a source cannot be read.
   *
   * @param since empty where that is not known
   */
  public static Trouble unreadable(String source, Optional<Instant> since, String reason) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("source", source);
    since.ifPresent(at -> members.put("since", utc(at)));
    return new Trouble(
        Kind.SOURCE_UNAVAILABLE, "source " + source + " cannot be read: " + reason, members);
  }

  /** That fires of a callback are due, and have not begun. */
  public static Trouble overdue(String callback, long actions, Instant since) {
    return new Trouble(
        Kind.OVERDUE,
        actions + " actions are due at callback " + callback + ", and have not begun",
        Map.of("callback", callback, "since", utc(since)));
  }

  /**
   * That no scheduler runs.
   *
   * @param seenAt when one ran last; empty where none is known
   */
  public static Trouble notRunning(Optional<Instant> seenAt) {
    return new Trouble(
        Kind.NOT_RUNNING,
        "no scheduler runs: nothing is fired",
        seenAt.<Map<String, Object>>map(at -> Map.of("since", utc(at))).orElse(Map.of()));
  }

  /** As a JSON object. */
  public Map<String, Object> form() {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("kind", kind.toString());
    form.put("message", message);
    form.putAll(members);
    return form;
  }

  /** An id as JSON has it: a number for a row of the table. */
  static Object id(ActionId id) {
    return id.number().isPresent() ? (Object) id.number().getAsLong() : id.text();
  }

  private static String utc(Instant at) {
    return IsoTime.text(at, ZoneOffset.UTC);
  }
}
