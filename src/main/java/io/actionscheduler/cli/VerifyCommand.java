package io.actionscheduler.cli;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.check.LedgerCheck;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.InputText;
import io.actionscheduler.app.view.InvalidInput;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.Verified;
import io.actionscheduler.text.DidYouMean;
import io.actionscheduler.verify.Period;
import io.actionscheduler.verify.Received;
import io.actionscheduler.verify.ZoneData;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Accounts for every scheduled time of a period. */
@Command(
    name = "verify",
    header = "Account for every scheduled time of a period.",
    description = {
      "Compares the ledger with the schedules that were in force, and names fires that are",
      "lost or counted twice: the exit code is 1 then. Works beside a running scheduler, and",
      "without one."
    },
    footer = {
      "  action-scheduler verify --from 2026-11-01 --to 2026-12-01",
      "  action-scheduler verify --from 2026-11-20T00:00:00Z --action 7 --json",
      "  action-scheduler verify --from 2026-11-20 --to 2026-11-21 --received fire_ids.txt",
      "  action-scheduler verify --last"
    })
final class VerifyCommand implements Callable<Integer> {
  private static final int UNKNOWN = -1;

  private final Shell shell;
  private final Globals globals;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "The first scheduled time that counts.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "End of the period, which is not included; without it, now.")
  private String to;

  @Option(names = "--action", paramLabel = "ID", description = "Only this action.")
  private String action;

  @Option(
      names = "--received",
      paramLabel = "FILE",
      description = {
        "What the receiver got: a fire id on each line, or a JSON object with fire_id; - for",
        "standard input. A delivery that is not in it counts as lost. Needs --to."
      })
  private String received;

  @Option(
      names = "--callback",
      paramLabel = "NAME",
      description = "The callback whose receiver wrote FILE, if actions have several.")
  private String callback;

  @Option(
      names = "--last",
      description = "Shows the latest periodic verification of the running scheduler.")
  private boolean last;

  @Option(names = "--json", description = "A JSON object.")
  private boolean json;

  VerifyCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    checkOptions();
    try (Parts parts = globals.parts()) {
      Store store = DurableStore.of(parts);
      ZoneId zone = parts.settings().timezone();
      VerifiedText text = new VerifiedText(shell, zone, json);
      Optional<Verified> before = store.lastVerified();
      if (last && before.isEmpty()) {
        shell.err().line("no verification was made yet; the running scheduler makes the first one");
        return Cli.FAILED;
      }
      Verified verified = last ? before.get() : verify(parts, store, text);
      text.print(verified);
      if (!verified.zoneData().equals(ZoneData.version())) {
        shell
            .err()
            .line(
                "it was made with time zone data "
                    + verified.zoneData()
                    + "; now "
                    + ZoneData.version()
                    + " is in force");
      }
      return verified.isGood() ? Cli.FINE : Cli.FAILED;
    }
  }

  private void checkOptions() throws WrongUsage {
    boolean others =
        from != null || to != null || action != null || received != null || callback != null;
    if (last ? others : from == null) {
      throw new WrongUsage("name the period by --from and --to, or ask for --last alone");
    }
    if (received != null && to == null) {
      throw new WrongUsage(
          "--received needs --to, a time before FILE was written: later deliveries would count"
              + " as lost");
    }
    if (callback != null && received == null) {
      throw new WrongUsage("--callback says whose receiver wrote the file of --received");
    }
  }

  private Verified verify(Parts parts, Store store, VerifiedText text)
      throws WrongUsage, InvalidInput, StoreException {
    ZoneId zone = parts.settings().timezone();
    Instant now = shell.clock().instant();
    Instant begin = InputText.time("--from", from, zone);
    Instant end = to == null ? now : InputText.time("--to", to, zone);
    if (!begin.isBefore(end)) {
      throw new WrongUsage("--from " + begin + " is not before --to " + end);
    }
    Period period = new Period(begin, end);
    Optional<Received> got =
        received == null ? Optional.empty() : Optional.of(received(period, parts));
    LedgerCheck check;
    Verified verified;
    try (LongWork work =
        LongWork.begin(shell, "verify", globals.showsProgress() && !json, UNKNOWN)) {
      check = new LedgerCheck(store, parts.crons(), text::action, work::expect, work::step);
      verified = check.run(period, Optional.ofNullable(action).map(ActionId::new), got, now);
    }
    got.ifPresent(
        file ->
            shell
                .err()
                .line(
                    file.looked()
                        + " deliveries were looked up among "
                        + file.kept()
                        + " fires of "
                        + received));
    check.formerLaws().forEach(line -> shell.err().line(DisplayText.safe(line)));
    check.unreadable().forEach(line -> shell.err().line(DisplayText.safe(line)));
    if (action != null && verified.counts().values().stream().allMatch(count -> count == 0)) {
      shell
          .err()
          .line(
              "action "
                  + DisplayText.safe(action)
                  + ": the ledger has no scheduled time of it in this period; is the id right?");
    }
    return verified;
  }

  private Received received(Period period, Parts parts) throws WrongUsage {
    Set<String> callbacks = parts.settings().callbacks().keySet();
    if (callback != null && !callbacks.contains(callback)) {
      throw new WrongUsage(
          "--callback "
              + callback
              + ": no such callback; there are "
              + String.join(", ", new TreeSet<>(callbacks))
              + DidYouMean.hint(callback, callbacks));
    }
    Received got = new Received(period, Optional.ofNullable(callback));
    new ReceivedFile(shell, received).readInto(got);
    return got;
  }
}
