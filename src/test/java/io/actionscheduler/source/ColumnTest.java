package io.actionscheduler.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ColumnTest {
  @ParameterizedTest
  @EnumSource
  void readmeAndThePageOfTheTableNameEachColumn(Column column) throws IOException {
    String name = "`" + column.sqlName() + "`";
    assertThat(Files.readString(Path.of("README.md"))).contains(name);
    assertThat(Files.readString(Path.of("docs/source.md"))).contains("\n| " + name + " |");
  }
}
