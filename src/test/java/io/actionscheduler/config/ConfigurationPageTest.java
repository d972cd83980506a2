package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.actionscheduler.text.InvalidYaml;
import io.actionscheduler.text.Yaml;
import io.actionscheduler.text.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/configuration.md shows is true. */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("docs/configuration.md");

  private static List<String> blocks(String language) throws IOException {
    return Pattern.compile("(?s)```" + language + "\n(.*?)```")
        .matcher(Files.readString(PAGE))
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  static Stream<String> yamlBlocks() throws IOException {
    return blocks("yaml").stream();
  }

  static Stream<String> dotenvBlocks() throws IOException {
    return blocks("dotenv").stream();
  }

  @ParameterizedTest
  @MethodSource("yamlBlocks")
  void everyConfigurationShownLoads(String yaml) throws InvalidYaml {
    var shown = ((YamlNode.Mapping) Yaml.parse(yaml).orElseThrow()).members();
    var enough = ((YamlNode.Mapping) Yaml.parse(Config.ENOUGH).orElseThrow()).members();
    StringBuilder whole = new StringBuilder(yaml);
    enough.forEach(
        (section, member) -> {
          if (!shown.containsKey(section)) {
            whole.append(Yaml.write(Map.of(section, member.value().plain())));
          }
        });

    assertThatCode(() -> ConfigLoader.parse(whole.toString(), "", Map.of()))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("dotenvBlocks")
  void everyEnvFileShownLoads(String env) {
    String withKafka = env.contains("KAFKA__") ? "kafka: {server: 'a:1', topic: t}\n" : "";

    assertThat(Config.problems(Config.ENOUGH + withKafka, env, Map.of())).isEmpty();
  }

  @Test
  void theProblemsShownAreThoseTold() throws IOException {
    assertThat(String.join("\n", Config.problems(blocks("yaml wrong").get(0), "", Map.of())) + "\n")
        .isEqualTo(blocks("text").get(0));
  }

  @Test
  void everySettingIsListedWithItsDefault() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(
            Keys.all().stream()
                .filter(key -> !key.name().startsWith("rest.")) // RestPageTest looks for them
                .filter(key -> !key.name().startsWith("execution.")) // as does ExecutionKeysTest
                .filter(key -> !key.name().startsWith("alerts.")) // and AlertSettingsTest
                .filter(key -> Keys.DATABASES.stream().noneMatch(key.name()::startsWith))
                .filter(
                    key ->
                        !key.name().startsWith("kafka.")
                            || Keys.OF_A_CALLBACK.stream()
                                .noneMatch(own -> key.name().equals("kafka." + own.name())))
                .filter(
                    key ->
                        !page.contains(
                            "| `"
                                + key.name()
                                + "` | "
                                + key.fallback().map(value -> "`" + value + "` |").orElse(""))))
        .isEmpty();
    Keys.OF_A_DATABASE.forEach(key -> assertThat(page).contains("`" + key.name() + "`"));
  }
}
