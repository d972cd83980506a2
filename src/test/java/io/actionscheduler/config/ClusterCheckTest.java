package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterCheckTest {
  private static final String DATABASES =
      """
      actions_db: {url: "postgresql://db.example/scheduler"}
      internal_db: {url: "postgresql://db.example/scheduler"}
      action:
        callback: stdout
        defaults: {merge_missed: false, actuality_time: -1}
      """;
  private static final String CLUSTER = DATABASES + "cluster: {name: billing}\n";
  private static final String KAFKA = "kafka: {server: \"a:9092\"}\n";

  private static Settings read(String yaml) throws InvalidConfig {
    return ConfigLoader.parse(yaml, "", Map.of());
  }

  private static List<String> problems(String yaml) {
    return Config.problems(yaml, "", Map.of());
  }

  @Test
  void withoutTheSectionThereIsNoCluster() throws InvalidConfig {
    assertThat(read(DATABASES).cluster()).isEmpty();
  }

  @Test
  void aNameBesideAKafkaServerIsEnoughAndTheServerAloneIsNoCallback() throws InvalidConfig {
    Settings settings =
        read(CLUSTER + "kafka: {server: \"a:9092\", properties: {security.protocol: SSL}}\n");
    assertThat(settings.cluster())
        .contains(
            new Settings.Cluster(
                "billing",
                false,
                Map.of("server", "a:9092", "properties.security.protocol", "SSL")));
    assertThat(settings.callbacks()).doesNotContainKey("kafka");
  }

  @Test
  void aServerWithATopicIsACallbackAsWell() throws InvalidConfig {
    Settings settings = read(CLUSTER + "kafka: {server: \"a:9092\", topic: fires}\n");
    assertThat(settings.callbacks()).containsKey("kafka");
    assertThat(settings.cluster().orElseThrow().kafka()).containsEntry("server", "a:9092");
  }

  @Test
  void theCallbackKafkaStillNeedsATopic() {
    assertThat(problems(CLUSTER.replace("callback: stdout", "callback: kafka") + KAFKA))
        .singleElement()
        .asString()
        .contains("kafka.topic: required, and not set; add the name of a topic");
  }

  @Test
  void theBrokerDecidesWhereTheProtocolSaysSo() throws InvalidConfig {
    Settings settings = read(DATABASES + "cluster: {name: billing, protocol: consumer}\n" + KAFKA);
    assertThat(settings.cluster().orElseThrow().decidedByBroker()).isTrue();
  }

  @Test
  void aClusterNeedsKafka() {
    assertThat(problems(CLUSTER))
        .singleElement()
        .asString()
        .contains(
            "kafka.server: required, and not set; add it: the processes of a cluster find each"
                + " other through Kafka");
  }

  @ParameterizedTest
  @CsvSource({"actions_db", "internal_db"})
  void aClusterNeedsPostgresForBothDatabases(String database) {
    String yaml =
        CLUSTER.replace(
            database + ": {url: \"postgresql://db.example/scheduler\"}",
            database + ": {dialect: sqlite, database: some.db}");
    assertThat(problems(yaml + KAFKA))
        .singleElement()
        .asString()
        .contains(
            "cluster.name: a cluster needs actions_db and internal_db on PostgreSQL, which all its"
                + " processes reach; set both, or remove the section cluster");
  }

  @Test
  void aClusterNeedsAStore() {
    String yaml = CLUSTER.replaceFirst("internal_db.*\n", "");
    assertThat(problems(yaml + KAFKA))
        .singleElement()
        .asString()
        .contains("a cluster needs actions_db and internal_db on PostgreSQL");
  }

  @Test
  void aSectionWithoutANameIsNotOverlooked() {
    assertThat(problems(DATABASES + "cluster: {protocol: classic}\n" + KAFKA + "  \n"))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains(
                        "cluster.name: required, and not set; add it: one name for all processes"
                            + " of the cluster"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "standby: true | standby: a cluster needs no standby: the others take over; remove this line",
        "hold_backlog: 5m | hold_backlog: does not work in a cluster yet; remove this line",
        "test: {write_sample_actions_to_db: true} | test.write_sample_actions_to_db: the processes of"
            + " a cluster would write the sample actions several times; remove this line, and add"
            + " the actions once: action-scheduler actions import sample_actions.yaml",
        "rest: {url: \"http://a.example/\"} | cluster.name: a cluster cannot read REST services"
            + " yet; remove the sources of type rest, or the section cluster",
      })
  void whatDoesNotWorkInAClusterIsRefused(String yaml, String problem) {
    assertThat(problems(CLUSTER + KAFKA + yaml + "\n"))
        .anySatisfy(found -> assertThat(found).contains(problem));
  }

  @ParameterizedTest
  @CsvSource({"standby: false", "hold_backlog: none", "test: {write_sample_actions_to_db: false}"})
  void whatIsSwitchedOffIsNoProblem(String yaml) {
    assertThat(problems(CLUSTER + KAFKA + yaml + "\n")).isEmpty();
  }

  @Test
  void exactlyOnceIsNoProblem() {
    assertThat(problems(CLUSTER + "kafka: {server: \"a:1\", topic: t, exactly_once: true}\n"))
        .isEmpty();
  }

  @Test
  void aNameHasLettersThatATopicMayHave() {
    assertThat(problems(DATABASES + "cluster: {name: \"bil ling\"}\n" + KAFKA))
        .singleElement()
        .asString()
        .contains("cluster.name: \"bil ling\": allowed: 1 to 100 of the letters a-z");
  }
}
