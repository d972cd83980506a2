package io.actionscheduler.cli;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.ActionList;
import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.app.view.InputText;
import io.actionscheduler.app.view.WhyNot;
import io.actionscheduler.calendar.Calendars;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.text.Json;
import io.actionscheduler.text.Quoted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains why an action did, or did not, fire at a past moment. */
@Command(
    name = "why",
    header = "Explain why an action did, or did not, fire at a past moment.",
    description = {
      "Reads the ledger and the history, beside a running scheduler or without one. The",
      "scheduled time may be up to a minute after TIME. The exit code is 1 if nothing is",
      "known of that moment, or the fire was lost."
    },
    footer = {
      "  action-scheduler why 7 --at 2026-11-27T03:00",
      "  action-scheduler why 7 --at 2026-11-27T03:00:00Z --json"
    })
final class WhyCommand implements Callable<Integer> {
  private static final Set<Object> UNANSWERED = Set.of("unknown", "not_there", "lost");

  private final Shell shell;
  private final Globals globals;

  @Parameters(paramLabel = "ID", description = "Id of the action; also of one that was removed.")
  private String id;

  @Option(
      names = "--at",
      required = true,
      paramLabel = "TIME",
      description = "The moment; without an offset, in the timezone of the settings.")
  private String at;

  @Option(names = "--json", description = "A JSON object, as the API answers.")
  private boolean json;

  WhyCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    ActionId action = ActionIds.read(id);
    try (Parts parts = globals.parts()) {
      Instant moment = InputText.time("--at", at, parts.settings().timezone());
      Store store = DurableStore.of(parts);
      Instant now = parts.clock().instant();
      WhyNot why =
          new WhyNot(
              store,
              CronReaders.of(parts.settings())::readKept,
              (one, scheduledAt) -> exclusion(parts, one, scheduledAt),
              now);
      Map<String, Object> form = why.form(action, moment);
      if (WhyNot.knowsNothingOf(store, action, now)
          && new ActionList(parts, line -> {}).find(action).isEmpty()) {
        throw new NoSuchAction(action);
      }
      if (json) {
        shell.out().line(Json.write(form));
      } else {
        answers(form).forEach(this::print);
      }
      return answers(form).stream()
              .map(answer -> answer.get("verdict"))
              .anyMatch(UNANSWERED::contains)
          ? Cli.FAILED
          : Cli.FINE;
    }
  }

  private static Optional<String> exclusion(Parts parts, ActionId action, Instant scheduledAt)
      throws StoreException {
    try {
      Calendars calendars = parts.calendars().now();
      return new ActionList(parts, line -> {})
          .find(action)
          .flatMap(ActionView::action)
          .flatMap(found -> calendars.reason(found.policy(), scheduledAt));
    } catch (SourceException e) {
      return Optional.empty(); // the ledger answers without the action, too
    }
  }

  private static List<Map<?, ?>> answers(Map<String, Object> form) {
    return ((List<?>) form.get("answers"))
        .stream().<Map<?, ?>>map(answer -> (Map<?, ?>) answer).toList();
  }

  private void print(Map<?, ?> answer) {
    Object callback = answer.get("callback");
    shell
        .out()
        .line(
            (callback == null ? "" : Quoted.escape(callback.toString()) + ": ")
                + answer.get("verdict").toString().replace('_', ' ')
                + ": "
                + Quoted.escape(answer.get("words").toString()));
    answer.forEach(
        (member, value) -> {
          if (!Set.of("callback", "verdict", "words").contains(member)) {
            shell.out().line("  " + member.toString().replace('_', ' ') + ": " + text(value));
          }
        });
  }

  private static String text(Object value) {
    if (value instanceof Map<?, ?> members) {
      StringBuilder text = new StringBuilder();
      members.forEach(
          (member, each) -> {
            if (each != null) {
              text.append(text.isEmpty() ? "" : ", ").append(member.toString().replace('_', ' '));
              text.append(' ').append(Quoted.escape(each.toString()));
            }
          });
      return text.toString();
    }
    return value == null ? "none" : Quoted.escape(value.toString());
  }
}
