package io.actionscheduler.torture;

import io.actionscheduler.torture.Fault.Kind;
import io.actionscheduler.torture.Ordeal.Account;
import io.actionscheduler.torture.Verdict.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The result of a run as Markdown: a line for each kind of fault, and one for all. */
final class Report {
  private static final int MOST_SHOWN = 40;

  private Report() {}

  static String markdown(Account account) {
    StringBuilder text = new StringBuilder("### " + account.arena() + "\n\n");
    text.append(
        "| fault | times | seconds | targets in it | delivered | merged | expired | repeated"
            + " | lost |\n");
    text.append("|---|---|---|---|---|---|---|---|---|\n");
    for (Kind kind : Kind.values()) {
      List<Fault> faults = account.faults().stream().filter(each -> each.kind() == kind).toList();
      if (!faults.isEmpty()) {
        double seconds =
            faults.stream()
                    .mapToLong(each -> Duration.between(each.from(), each.to()).toMillis())
                    .sum()
                / 1000.0;
        text.append(
            String.format(Locale.ROOT, "| %s | %d | %.1f |", kind.label, faults.size(), seconds));
        long repeated =
            account.verdict().repeats().stream()
                .filter(each -> each.causes().contains(kind))
                .count();
        text.append(counts(within(account, faults), repeated)).append("\n");
      }
    }
    text.append("| **all of the run** | ").append(account.faults().size()).append(" | |");
    List<Map.Entry<Target, End>> all = new ArrayList<>(account.verdict().ends().entrySet());
    text.append(counts(all, account.verdict().repeats().size())).append("\n\n");
    text.append(summary(account));
    return text.toString();
  }

  private static List<Map.Entry<Target, End>> within(Account account, List<Fault> faults) {
    return account.verdict().ends().entrySet().stream()
        .filter(each -> faults.stream().anyMatch(fault -> isWithin(each.getKey(), fault)))
        .toList();
  }

  private static boolean isWithin(Target target, Fault fault) {
    return fault.touches(target.action())
        && !target.at().isBefore(fault.from())
        && !target.at().isAfter(fault.to());
  }

  private static String counts(List<Map.Entry<Target, End>> ends, long repeated) {
    long uncertain = count(ends, End.UNCERTAIN);
    return String.format(
        Locale.ROOT,
        " %d | %d | %d | %d | %d | %d |",
        ends.size() - uncertain,
        count(ends, End.DELIVERED),
        count(ends, End.MERGED),
        count(ends, End.EXPIRED),
        repeated,
        count(ends, End.LOST));
  }

  private static long count(List<Map.Entry<Target, End>> ends, End end) {
    return ends.stream().filter(each -> each.getValue() == end).count();
  }

  private static String summary(Account account) {
    List<String> wrong = new ArrayList<>(account.wrong());
    account.verdict().failures().forEach(failure -> wrong.add(failure.toString()));
    StringBuilder text = new StringBuilder();
    text.append(account.receipts().size()).append(" receipts, ");
    text.append(account.verdict().repeats().size()).append(" repeated under their own fire id, ");
    text.append(wrong.size()).append(" promises broken.\n");
    wrong.stream().limit(MOST_SHOWN).forEach(each -> text.append("- ").append(each).append("\n"));
    return text.toString();
  }
}
