package io.actionscheduler.cli;

import io.actionscheduler.app.view.SampleRows;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.text.ActionRows;
import io.actionscheduler.text.InvalidYaml;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A file of actions that is an argument of a command.
 *
 * @param name its path, or {@code -} for standard input
 */
record ActionFile(Shell shell, String name) {

  /** Its rows, in the form of {@code sample_actions.yaml} or of JSON. */
  List<ActionRow> rows() throws WrongUsage {
    try {
      return SampleRows.rows(
          ActionRows.read(new MoveInPlace(name, shell.in(), shell.environment()).text()));
    } catch (InvalidYaml e) {
      throw new WrongUsage(
          e.getMessage().lines().map(line -> name + ": " + line).collect(Collectors.joining("\n")));
    }
  }
}
