package io.actionscheduler.cli;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.DayStrip;
import io.actionscheduler.app.view.HistoryExport;
import io.actionscheduler.app.view.HistoryExport.Form;
import io.actionscheduler.app.view.HistoryFollower;
import io.actionscheduler.app.view.HistoryForm;
import io.actionscheduler.app.view.HistoryPage;
import io.actionscheduler.app.view.HourGrid;
import io.actionscheduler.app.view.InputText;
import io.actionscheduler.app.view.InvalidInput;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.HistoryStore.Count;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows past fires, and those in retry. */
@Command(
    name = "history",
    header = "Show past fires and their outcomes, latest first.",
    description = {
      "Fires in retry come first. Merged or expired fires are one record with a count. Works",
      "beside a running scheduler, and without one. history.keep and history.max_rows limit",
      "what is kept; verify accounts for all times."
    },
    footer = {
      "  action-scheduler history --action 7 --limit 10",
      "  action-scheduler history --status failed,expired --from 2026-11-20",
      "  action-scheduler history --before 4711 --json",
      "  action-scheduler history --from 2026-11-01 --export csv",
      "  action-scheduler history --follow",
      "  action-scheduler history --day",
      "  action-scheduler history --day 2026-11-20 --status failed,expired"
    })
final class HistoryCommand implements Callable<Integer> {
  private static final String TODAY = "today";
  private static final int MOST = 10_000;
  private static final long UNKNOWN = -1;
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Shell shell;
  private final Globals globals;

  @Option(names = "--action", paramLabel = "ID", description = "Only fires of this action.")
  private String action;

  @Option(
      names = "--status",
      split = ",",
      paramLabel = "STATUS",
      completionCandidates = Statuses.class,
      description = "${COMPLETION-CANDIDATES}.")
  private List<String> statuses = List.of();

  @Option(
      names = "--cause",
      split = ",",
      paramLabel = "CAUSE",
      completionCandidates = Causes.class,
      description = "${COMPLETION-CANDIDATES}.")
  private List<String> causes = List.of();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Only fires scheduled at or after this time.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Only fires scheduled before this time.")
  private String to;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "The most records; ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--before",
      paramLabel = "NUMBER",
      description = "The next page: only records with a smaller number.")
  private Long before;

  @Option(names = "--json", description = "A JSON list; with --follow, one object per line.")
  private boolean json;

  @Option(
      names = "--export",
      paramLabel = "FORM",
      description = "Writes all that match, as csv or jsonl, regardless of --limit.")
  private String export;

  @Option(
      names = "--follow",
      description = "Shows the latest, oldest first, and then each new record until it is stopped.")
  private boolean follow;

  @Option(
      names = "--day",
      arity = "0..1",
      fallbackValue = TODAY,
      paramLabel = "DATE",
      description = {
        "That day, or today, as strips: a line for each action, hours as columns, and a letter for",
        "the gravest outcome in each. --limit bounds the lines; the last one is all others."
      })
  private String day;

  HistoryCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    if (limit < 1 || limit > MOST) {
      throw new WrongUsage("--limit " + limit + ": allowed are 1 to " + MOST);
    }
    if (export != null && (follow || json || before != null)) {
      throw new WrongUsage(
          "--export writes all that match: leave --follow, --json and --before out");
    }
    if (day != null
        && (export != null || follow || json || before != null || from != null || to != null)) {
      throw new WrongUsage(
          "--day draws one day: leave --from, --to, --before, --follow, --export and --json out");
    }
    if (follow && before != null) {
      throw new WrongUsage("--follow shows new records, --before older ones; use one of them");
    }
    try (Parts parts = globals.parts()) {
      Store store = DurableStore.of(parts);
      ZoneId zone = parts.settings().timezone();
      Filter filter = filter(zone);
      HistoryText text = new HistoryText(shell, zone);
      if (day != null) {
        drawDay(store, filter, zone);
      } else if (export != null) {
        export(store, filter, zone);
      } else if (follow) {
        follow(store, filter, text);
      } else {
        OptionalLong start = before == null ? OptionalLong.empty() : OptionalLong.of(before);
        text.print(HistoryPage.read(store, filter, start, limit), json);
      }
      return Cli.FINE;
    } catch (InterruptedException e) {
      return Cli.FINE; // the command is stopped
    }
  }

  private Filter filter(ZoneId zone) throws InvalidInput {
    return new Filter(
        Optional.ofNullable(action).map(ActionId::new),
        InputText.words("--status", statuses, Status.class),
        InputText.words("--cause", causes, Cause.class),
        from == null ? Optional.empty() : Optional.of(InputText.time("--from", from, zone)),
        to == null ? Optional.empty() : Optional.of(InputText.time("--to", to, zone)));
  }

  private void drawDay(Store store, Filter filter, ZoneId zone)
      throws StoreException, InvalidInput {
    LocalDate date =
        LocalDate.ofInstant(
            day.equals(TODAY) ? shell.clock().instant() : InputText.time("--day", day, zone), zone);
    StripText text = new StripText(shell.out(), shell.width().get());
    HourGrid grid = text.fitting(HourGrid.of(zone, date, 1), StripText.besidesOfDay());
    text.print(DayStrip.read(store, filter, date, grid, limit), date);
  }

  private void export(Store store, Filter filter, ZoneId zone) throws Exception {
    Form form = InputText.words("--export", List.of(export), Form.class).iterator().next();
    boolean isShown = globals.showsProgress() && shell.width().get().isEmpty();
    Count records = store.countHistory(filter);
    try (LongWork work =
        LongWork.begin(shell, "export", isShown, records.isExact() ? records.number() : UNKNOWN)) {
      new HistoryExport(store, HistoryForm.COLUMNS, entry -> HistoryForm.of(entry, zone))
          .write(
              filter,
              form,
              text -> {
                shell.out().text(text);
                work.step();
              });
    }
  }

  private void follow(Store store, Filter filter, HistoryText text)
      throws StoreException, InterruptedException {
    HistoryFollower follower = new HistoryFollower(store, filter);
    List<Entry> next = follower.latest(limit);
    while (true) {
      next.forEach(entry -> text.line(entry, json));
      shell.out().flush();
      if (next.isEmpty()) {
        Thread.sleep(LOOK.toMillis());
      }
      next = follower.next();
    }
  }

  /** The words of {@code --status}. */
  static final class Statuses implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(Status.values()).map(Status::toString).iterator();
    }
  }

  /** The words of {@code --cause}. */
  static final class Causes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(Cause.values()).map(Cause::toString).iterator();
    }
  }
}
