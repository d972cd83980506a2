package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.actionscheduler.source.rest.RestSettings;
import io.actionscheduler.template.RunFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/rest-source.md shows is true. */
class RestPageTest {
  private static String page() throws IOException {
    return Files.readString(Path.of("docs/rest-source.md"));
  }

  static Stream<String> yamlBlocks() throws IOException {
    return Pattern.compile("(?s)```yaml\n(.*?)```")
        .matcher(page())
        .results()
        .map(block -> block.group(1));
  }

  @ParameterizedTest
  @MethodSource("yamlBlocks")
  void everyConfigurationShownLoadsWithoutATable(String yaml) {
    String enough =
        "action: {callback: stdout, defaults: {merge_missed: true, actuality_time: 60}}\n";

    assertThatCode(
            () ->
                assertThat(ConfigLoader.parse(enough + yaml, "", Map.of()).restSources())
                    .isNotEmpty())
        .doesNotThrowAnyException();
  }

  @Test
  void everySettingIsListed() throws IOException {
    String page = page();

    assertThat(RestKeys.all().filter(key -> !page.contains("| `" + key.name() + "` | "))).isEmpty();
    RestKeys.FIELDS.forEach(
        (what, usual) ->
            assertThat(page)
                .contains(
                    "| `rest.fields."
                        + what
                        + "` | "
                        + usual.map(f -> "`" + f + "`").orElse("none")));
  }

  @Test
  void theDefaultsListedAreThose() throws Exception {
    RestSettings rest = Config.of("rest: {url: 'http://a'}\n").restSources().get(0);
    RestSettings.Access access = rest.access();

    assertThat(page())
        .contains(
            List.of(
                "| `rest.path` | `" + rest.list().getPath() + "` |",
                "| `rest.timezone` | `UTC` |",
                "| `rest.header` | `" + access.header() + "` |",
                "| `rest.tries` | `" + access.tries() + "` |",
                "| `rest.try_delay` | `" + access.between().toSeconds() + "s` |",
                "| `rest.timeout` | `" + access.timeout().toSeconds() + "s` |",
                "| `rest.max_pages` | `" + access.maxPages() + "` |",
                "| `rest.max_bytes` | `" + access.maxBytes() + "` |"));
  }

  @Test
  void everyValueOfAReportIsListed() throws IOException {
    String page = page();

    assertThat(RunFacts.VOCABULARY.names())
        .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
  }
}
