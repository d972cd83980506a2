package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.source.rest.RestSettings;
import io.actionscheduler.source.rest.RestSettings.Access;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestReaderTest {
  private static final String WITHOUT_TABLE =
      "action: {callback: stdout, defaults: {merge_missed: false, actuality_time: -1}}\n";

  private static List<RestSettings> sources(String yaml) throws InvalidConfig {
    return Config.of(yaml).restSources();
  }

  @Test
  void withoutTheSectionThereIsNone() throws InvalidConfig {
    assertThat(sources("")).isEmpty();
  }

  @Test
  void anAddressIsEnough() throws InvalidConfig {
    RestSettings rest = sources("rest: {url: 'http://rest_service:8000'}\n").get(0);

    assertThat(rest.name()).isEqualTo("rest");
    assertThat(rest.list()).isEqualTo(URI.create("http://rest_service:8000/api/cronjobs/"));
    assertThat(rest.period()).isEqualTo(Duration.ofSeconds(30));
    assertThat(rest.access())
        .isEqualTo(
            new Access(
                "Authorization",
                Optional.empty(),
                3,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                1_000,
                64 * 1024 * 1024,
                false));
    assertThat(rest.entries().zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(rest.entries().callbacks()).containsExactly("stdout");
    assertThat(rest.entries().actualityTime()).isEqualTo(-1);
    assertThat(rest.entries().fields())
        .containsEntry("cron", "cron_expression")
        .containsEntry("timezone", "timezone")
        .doesNotContainKey("callback");
    assertThat(rest.report()).isEmpty();
  }

  @Test
  void theTableIsNotNeededBesideIt() throws InvalidConfig {
    Settings settings =
        ConfigLoader.parse(WITHOUT_TABLE + "rest: {url: 'http://a'}\n", "", Map.of());

    assertThat(settings.actionsDb()).isEmpty();
    assertThat(settings.restSources()).hasSize(1);
    assertThat(Config.of("rest: {url: 'http://a'}\n").actionsDb()).isPresent();
  }

  @Test
  void aTableThatIsBegunHasToBeWholeBesideIt() {
    assertThat(
            Config.problems(
                WITHOUT_TABLE + "actions_db: {dialect: sqlite}\nrest: {url: 'http://a'}\n",
                "",
                Map.of()))
        .singleElement()
        .asString()
        .contains("actions_db.database: required");
  }

  @Test
  void severalShareWhatTheyDoNotSayThemselves() throws InvalidConfig {
    List<RestSettings> sources =
        sources(
            """
            rest:
              url: https://one.example.com/v1/
              timezone: Europe/Berlin
              token: "shared\\n"
              tries: 1
              fields: {name: title}
              sources:
                crm: {url: 'http://crm:80', path: /jobs, track_changes_period: 5m, token: own}
                billing: {url: 'http://billing', timezone: UTC, fields: {cron: when}}
            """);

    assertThat(sources).extracting(RestSettings::name).containsExactly("rest", "billing", "crm");
    assertThat(sources)
        .extracting(rest -> rest.list().toString())
        .containsExactly(
            "https://one.example.com/v1/api/cronjobs/",
            "http://billing/api/cronjobs/",
            "http://crm:80/jobs");
    assertThat(sources)
        .extracting(rest -> rest.access().token().orElseThrow())
        .containsExactly("shared", "shared", "own");
    assertThat(sources)
        .extracting(rest -> rest.entries().zone())
        .containsExactly(ZoneId.of("Europe/Berlin"), ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"));
    assertThat(sources.get(1).entries().fields())
        .containsEntry("name", "title")
        .containsEntry("cron", "when");
    assertThat(sources.get(2).period()).isEqualTo(Duration.ofMinutes(5));
    assertThat(sources).allSatisfy(rest -> assertThat(rest.access().tries()).isEqualTo(1));
  }

  @Test
  void namedOnesAloneNeedNoOtherAddress() throws InvalidConfig {
    assertThat(sources("rest: {tries: 2, sources: {crm: {url: 'http://crm'}}}\n"))
        .extracting(RestSettings::name)
        .containsExactly("crm");
  }

  @Test
  void variablesReachThem() throws InvalidConfig {
    Settings settings =
        Config.withVariables(
            Map.of(
                "REST__URL",
                "http://a",
                "REST__TOKEN",
                "x",
                "REST__SOURCES__CRM__URL",
                "http://b"));

    assertThat(settings.restSources())
        .extracting(rest -> rest.list().getHost())
        .containsExactly("a", "b");
    assertThat(settings.origins())
        .filteredOn(origin -> origin.key().equals("rest.token"))
        .extracting(Settings.Origin::value)
        .containsExactly("***");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rest: {tries: 2} | config.yaml:7: rest.url: required, and not set; add the address",
        "rest: {url: 'ftp://a'} | rest.url: \"ftp://a\" is not an address of a service",
        "rest: {url: 'http://u:p@a'} | rest.url: \"http://u:***@a\" is not an address of a service",
        "rest: {url: 'http://a?x=1'} | rest.url: \"http://a?x=1\" is not an address of a service",
        "rest: {url: 'a'} | rest.url: \"a\" is not an address of a service; allowed: "
            + "http://host:port",
        "rest: {url: 'http://a', path: jobs} | rest.path: \"jobs\" is not a path; allowed: text "
            + "that",
        "rest: {url: 'http://a', path: '/a b'} | rest.path: \"/a b\" is not a path of an address",
        "rest: {url: 'http://a', tries: 0} | rest.tries: \"0\" is out of range",
        "rest: {url: 'http://a', trys: 1} | did you mean rest.tries?",
        "rest: {url: 'http://a', header: 'a b'} | rest.header: \"a b\" is not a header for a token",
        "rest: {url: 'http://a', header: Host} | rest.header: \"Host\" is not a header for a token",
        "rest: {url: 'http://a', token: abc\u200bdef} | rest.token: \"***\" can't be sent in a header: character 4 is zero width space (U+200B)",
        "rest: {url: 'http://a', token: \"abc\u00a0\"} | rest.token: \"***\" can't be sent in a header: character 4 is no-break space (U+00A0)",
        "rest: {url: 'http://a', track_changes_period: \"30s\u00a0\"} | rest.track_changes_period: \"30s\\u00a0\" is not a time span: character 4 is no-break space (U+00A0), as in text that was copied from a web page or a document; leave it out; allowed: ",
        "rest: {url: 'http://a', timezone: \"UTC\u00a0\"} | rest.timezone: \"UTC\\u00a0\" is not a time zone: character 4 is no-break space (U+00A0), as in text that was copied from a web page or a document; leave it out; allowed: ",
        "rest: {url: 'http://a', token: ü} | rest.token: \"***\" can't be sent in a header",
        "rest: {url: 'http://a', callback: bel} | rest.callback: \"bel\" is unknown",
        "rest: {url: 'http://a', fields: {cron: none}} | rest.fields.cron: \"none\": every entry",
        "rest: {url: 'http://a', fields: {crn: x}} | did you mean rest.fields.cron?",
        "rest: {url: 'http://a', report: {method: GET}} | rest.report.method: \"GET\" is unknown",
        "rest: {url: 'http://a', report: {method: PUT}} | rest.report.path: required, and not set",
        "rest: {url: 'http://a', report: {path: '/{idd}'}} | did you mean id?",
        "rest: {url: 'http://a', report: {path: '/{parameters.x}'}} | {parameters.x} is unknown",
        "rest: {url: 'http://a', report: {path: '/a b'}} | rest.report.path: \"/a b\" is not a "
            + "path",
        "rest: {url: 'http://a', report: {path: /, body: '{'}} | rest.report.body: \"{\": is "
            + "not JSON",
        "rest: {sources: {crm: {path: /a}}} | rest.sources.crm.url: required, and not set",
        "rest: {sources: {table: {url: 'http://a'}}} | rest.sources.table: the name table is taken",
        "rest: {sources: {crm: {sources: {x: {url: 'http://a'}}}}} | rest.sources.crm.sources: "
            + "unknown",
        "rest: {sources: {crm: {url: 'http://a', trie: 1}}} | did you mean rest.sources.crm.tries?",
        "rest: {sources: {'c m': {url: 'http://a'}}} | rest.sources.c m: unknown setting",
      })
  void whatIsWrongIsToldWithItsKeyAndWhatIsAllowed(String yaml, String told) {
    assertThat(Config.problems(yaml + "\n")).anySatisfy(line -> assertThat(line).contains(told));
  }
}
