package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.actionscheduler.source.Column;
import io.actionscheduler.text.ActionRows;
import io.actionscheduler.text.InvalidYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A new column reaches those places, too, to which no compiler leads. */
class ColumnsTest {
  /** What the table itself fills in. */
  private static final Set<Column> OF_THE_TABLE =
      EnumSet.of(Column.ID, Column.CREATED_AT, Column.UPDATED_AT);

  private static Set<String> names(Set<Column> columns) {
    return columns.stream().map(Column::sqlName).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void filesOfActionsMayNameEachOfThem() {
    String message =
        catchThrowableOfType(
                InvalidYaml.class,
                () -> ActionRows.read("- {name: a, command: b, cron: c, surelyunknown: d}"))
            .getMessage();
    String known = message.substring(message.lastIndexOf("known: ") + "known: ".length());
    assertThat(new TreeSet<>(Arrays.asList(known.split(", "))))
        .isEqualTo(names(EnumSet.allOf(Column.class)));
  }

  @Test
  void addAndEditHaveAnOptionForEachThatPeopleFillIn() {
    Set<String> options =
        CommandLine.Model.CommandSpec.forAnnotatedObject(new ColumnOptions()).options().stream()
            .map(option -> option.longestName().substring(2).replace('-', '_'))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(options).isEqualTo(names(EnumSet.complementOf(EnumSet.copyOf(OF_THE_TABLE))));
  }

  @Test
  void thePageOnTheTableDescribesEach() throws IOException {
    String page = Files.readString(Path.of("docs/source.md"));
    for (Column column : Column.values()) {
      assertThat(page).contains("\n| `" + column.sqlName() + "` |");
    }
  }
}
