package io.actionscheduler.cli;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.view.VerificationForm;
import io.actionscheduler.fire.Discrepancy;
import io.actionscheduler.fire.Verdict;
import io.actionscheduler.fire.Verified;
import io.actionscheduler.text.IsoTime;
import io.actionscheduler.text.Json;
import io.actionscheduler.verify.Counts;
import java.time.ZoneId;

/** The result of a verification as a table or as JSON; in JSON, actions are written one by one. */
final class VerifiedText {
  private final Shell shell;
  private final ZoneId zone;
  private final boolean json;
  private String before = "{\"actions\":[\n";

  VerifiedText(Shell shell, ZoneId zone, boolean json) {
    this.shell = shell;
    this.zone = zone;
    this.json = json;
  }

  /** The counts of one action; tables leave them out. */
  void action(ActionId id, Counts counts) {
    if (json) {
      shell.out().text(before + Json.write(VerificationForm.of(id, counts)));
      before = ",\n";
    }
  }

  void print(Verified verified) {
    if (json) {
      printJson(verified);
    } else {
      printTables(verified);
    }
  }

  private void printJson(Verified verified) {
    shell.out().text((before.startsWith("{") ? before : "\n") + "],");
    shell.out().line(Json.write(VerificationForm.of(verified, zone)).substring(1));
  }

  private void printTables(Verified verified) {
    Table counts = new Table(shell.out(), shell.width().get(), "OUTCOME", ">COUNT");
    for (Verdict verdict : Verdict.values()) {
      long count = verified.count(verdict);
      if (count > 0 || verdict == Verdict.LOST) {
        counts.row(verdict.toString(), Long.toString(count));
      }
    }
    counts.end();
    if (verified.count(Verdict.UNKNOWN) > 0) {
      shell
          .err()
          .line(
              "unknown: scheduled before the ledger began, which is when the scheduler first"
                  + " read an action or its schedule; these times are not judged, and this is not"
                  + " a fault");
    }
    if (verified.named().isEmpty()) {
      return;
    }
    shell.out().line("");
    Table faults =
        new Table(
            shell.out(),
            shell.width().get(),
            ">ID",
            "CALLBACK",
            "FAULT",
            ">COUNT",
            "FIRST",
            "LAST");
    long named = 0;
    for (Discrepancy found : verified.named()) {
      named += found.fires().count();
      faults.row(
          found.key().action().text(),
          found.key().callback(),
          found.verdict().toString(),
          Long.toString(found.fires().count()),
          IsoTime.text(found.fires().first(), zone),
          IsoTime.text(found.fires().last(), zone));
    }
    faults.end();
    long more = verified.count(Verdict.LOST) + verified.count(Verdict.DOUBLED) - named;
    if (more > 0) {
      shell.out().line("and " + more + " more; ask for a shorter period or one action");
    }
  }
}
