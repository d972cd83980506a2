package io.actionscheduler.torture;

import io.actionscheduler.torture.Failure.Kind;
import io.actionscheduler.torture.Verdict.End;
import io.actionscheduler.torture.Verdict.Repeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Decides whether every target came to the end that was promised. It knows targets, receipts and
 * faults, and nothing of the program.
 *
 * <p>Each delivery bears the fire id of the one target that it is for, so each target is matched by
 * its own delivery, which is stricter than matching by the earliest deadline.
 */
final class Checker {
  private static final Duration ON_TIME = Duration.ofSeconds(1);

  private final Faults faults;
  private final Allowance allowance;
  private final List<Failure> failures = new ArrayList<>();
  private final Map<Target, End> ends = new LinkedHashMap<>();
  private final List<Repeat> repeats = new ArrayList<>();

  private Checker(Faults faults, Allowance allowance) {
    this.faults = faults;
    this.allowance = allowance;
  }

  /** Checks a run: {@code targets} are all there were, each with its whole window in the run. */
  static Verdict check(
      List<Target> targets, List<Receipt> receipts, List<Fault> faults, Allowance allowance) {
    Checker checker = new Checker(new Faults(faults, allowance), allowance);
    Map<Integer, List<Receipt>> received =
        receipts.stream().collect(Collectors.groupingBy(Receipt::action));
    Map<Integer, TreeMap<Instant, Target>> wanted = new TreeMap<>();
    for (Target target : targets) {
      wanted.computeIfAbsent(target.action(), id -> new TreeMap<>()).put(target.at(), target);
    }
    received.keySet().forEach(action -> wanted.computeIfAbsent(action, id -> new TreeMap<>()));
    wanted.forEach((action, each) -> checker.check(each, received.getOrDefault(action, List.of())));
    return new Verdict(checker.ends, checker.repeats, checker.failures);
  }

  private void check(TreeMap<Instant, Target> targets, List<Receipt> receipts) {
    Map<Instant, List<Receipt>> own =
        receipts.stream()
            .sorted(Comparator.comparing(Receipt::receivedAt))
            .collect(Collectors.groupingBy(Receipt::scheduledAt));
    for (Receipt receipt : receipts) {
      checkAlone(receipt, targets, own.getOrDefault(receipt.scheduledAt(), List.of()));
    }
    List<Receipt> merging =
        receipts.stream().filter(each -> each.accepted() && each.merged().count() > 0).toList();
    for (Target target : targets.values()) {
      List<Receipt> accepted =
          own.getOrDefault(target.at(), List.of()).stream().filter(Receipt::accepted).toList();
      List<Receipt> covering =
          merging.stream().filter(each -> each.merged().covers(target.at())).toList();
      ends.put(target, end(target, accepted, covering));
    }
  }

  /**
   * What can be said of a delivery without those of other fires.
   *
   * @param same all deliveries of its fire
   */
  private void checkAlone(Receipt receipt, TreeMap<Instant, Target> targets, List<Receipt> same) {
    Target target = targets.get(receipt.scheduledAt());
    if (target == null) {
      fail(Kind.NO_TARGET, receipt.id() + " received at " + receipt.receivedAt());
      return;
    }
    if (receipt.receivedAt().isBefore(target.at()) && !isRetried(receipt, target, same)) {
      fail(Kind.EARLY, target + " received at " + receipt.receivedAt());
    }
    if (receipt.merged().count() > 0 || receipt.merged().first().isPresent()) {
      checkCount(receipt, target, targets);
    }
  }

  /**
   * Whether an earlier attempt of its fire came when it was due, and was refused: where the clock
   * was set back in between, the next attempt bears an earlier time than the fire's own.
   */
  private static boolean isRetried(Receipt receipt, Target target, List<Receipt> same) {
    int attempt = receipt.passport().attempt();
    return same.stream()
        .anyMatch(
            other ->
                !other.accepted()
                    && other.passport().attempt() < attempt
                    && !other.receivedAt().isBefore(target.at()));
  }

  private void checkCount(Receipt receipt, Target target, TreeMap<Instant, Target> targets) {
    List<Target> before =
        targets.headMap(target.at()).values().stream()
            .filter(each -> each.version() == target.version())
            .filter(each -> receipt.merged().covers(each.at()))
            .toList();
    Optional<Target> previous =
        targets.headMap(target.at(), false).descendingMap().values().stream()
            .filter(each -> each.version() == target.version())
            .findFirst();
    boolean right =
        target.merge()
            && before.size() == receipt.merged().count()
            && receipt.merged().last().equals(previous.map(Target::at))
            && receipt.merged().first().equals(Optional.of(before.get(0).at()));
    if (!right) {
      fail(
          Kind.WRONG_COUNT,
          target
              + " says "
              + receipt.merged()
              + "; there are "
              + before.size()
              + (target.merge() ? "" : ", and it never merges"));
    }
  }

  private End end(Target target, List<Receipt> accepted, List<Receipt> covering) {
    checkRepeats(target, accepted, covering);
    if (!accepted.isEmpty()) {
      checkTime(target, accepted.get(0).receivedAt());
      return End.DELIVERED;
    }
    if (!covering.isEmpty()) {
      if (!faults.touch(target.action(), target.at(), target.at().plus(ON_TIME))) {
        fail(Kind.MERGED_WITHOUT_CAUSE, target + " into " + covering.get(0).id());
      }
      checkTime(target, covering.get(0).receivedAt());
      return End.MERGED;
    }
    if (!target.required()) {
      return End.UNCERTAIN;
    }
    if (target.actuality().isPresent()
        && faults.cover(target.action(), target.at(), tooOldAt(target))) {
      return End.EXPIRED;
    }
    fail(Kind.LOST, target + " of " + describe(target));
    return End.LOST;
  }

  private void checkTime(Target target, Instant receivedAt) {
    Instant deadline = faults.deadline(target.action(), target.at());
    if (receivedAt.isAfter(deadline)) {
      fail(Kind.LATE, target + " received at " + receivedAt + ", after " + deadline);
    }
    // What was under way when a disturbance began may well be old when it gets through.
    boolean wasUnderWay =
        faults.beganIn(target.action(), target.at(), target.at().plus(allowance.inFlight()));
    if (target.actuality().isPresent()
        && receivedAt.isAfter(tooOldAt(target).plus(allowance.recovery()).plus(allowance.held()))
        && !wasUnderWay) {
      fail(Kind.TOO_OLD, target + " received at " + receivedAt);
    }
  }

  /** Beyond the first, each delivery of a target, by itself or merged, must be explained. */
  private void checkRepeats(Target target, List<Receipt> accepted, List<Receipt> covering) {
    List<Receipt> both = new ArrayList<>(accepted);
    both.addAll(covering);
    both.sort(Comparator.comparing(Receipt::receivedAt));
    for (int i = 1; i < accepted.size(); i++) {
      Instant before = accepted.get(i - 1).receivedAt();
      Instant again = accepted.get(i).receivedAt();
      repeats.add(new Repeat(target, faults.causes(target.action(), before, again)));
    }
    for (int i = 1; i < both.size(); i++) {
      Instant before = both.get(i - 1).receivedAt();
      Instant again = both.get(i).receivedAt();
      if (allowance.exactlyOnce() || faults.causes(target.action(), before, again).isEmpty()) {
        fail(
            Kind.REPEATED,
            target + " received at " + before + " and, as " + both.get(i).id() + ", at " + again);
      }
    }
  }

  private static Instant tooOldAt(Target target) {
    Duration age = target.actuality().orElseThrow();
    return target.at().plus(age.compareTo(ON_TIME) < 0 ? ON_TIME : age);
  }

  private static String describe(Target target) {
    return "version "
        + target.version()
        + (target.merge() ? ", merging" : ", each")
        + target.actuality().map(age -> ", expiring after " + age).orElse("");
  }

  private void fail(Kind kind, String text) {
    failures.add(new Failure(kind, text));
  }
}
