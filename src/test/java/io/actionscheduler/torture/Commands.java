package io.actionscheduler.torture;

import io.actionscheduler.torture.Failure.Kind;
import io.actionscheduler.torture.Version.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What rows told their fires to do. From the moment that an edit was surely noticed, whatever is
 * delivered bears the new command; until then it may bear either.
 */
final class Commands {
  private record Said(String command, Span written) {}

  private final Map<Integer, List<Said>> all = new TreeMap<>();

  /** One that the action never had: without blanks. */
  String another(int action) {
    return "command-" + action + "-" + (said(action).size() + 1);
  }

  void written(int action, String command, Span span) {
    said(action).add(new Said(command, span));
  }

  /** The deliveries that bear another command than they may. */
  List<Failure> check(List<Receipt> receipts, Faults faults) {
    return receipts.stream()
        .filter(receipt -> !mayBear(receipt, faults))
        .map(
            receipt ->
                new Failure(
                    Kind.WRONG_COMMAND,
                    receipt.id()
                        + " received at "
                        + receipt.receivedAt()
                        + " says "
                        + receipt.passport().command()
                        + "; there were "
                        + said(receipt.action())))
        .toList();
  }

  private boolean mayBear(Receipt receipt, Faults faults) {
    List<Said> said = said(receipt.action());
    for (int i = 0; i < said.size(); i++) {
      if (said.get(i).command().equals(receipt.passport().command())) {
        Instant last =
            i + 1 == said.size() ? Instant.MAX : faults.lastSeen(said.get(i + 1).written().done());
        return !receipt.receivedAt().isAfter(last);
      }
    }
    return false;
  }

  private List<Said> said(int action) {
    return all.computeIfAbsent(action, id -> new ArrayList<>());
  }
}
