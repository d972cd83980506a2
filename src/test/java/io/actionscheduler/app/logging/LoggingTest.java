package io.actionscheduler.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class LoggingTest {
  private static final String ENOUGH =
      """
      actions_db: {dialect: sqlite, database: actions.db}
      action: {callback: stdout, defaults: {merge_missed: false, actuality_time: -1}}
      """;

  private final Logger log = LoggerFactory.getLogger("io.actionscheduler.engine.intake.ActionSync");
  private final PrintStream standardOutput = System.out;
  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void catchBoth() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void giveBack() throws InvalidConfig {
    System.setOut(standardOutput);
    System.setErr(standardError);
    apply("log: {level: WARN}");
    assertThat(out.toString(StandardCharsets.UTF_8)).as("standard output").isEmpty();
  }

  private static void apply(String yaml) throws InvalidConfig {
    Logging.apply(ConfigLoader.parse(ENOUGH + yaml, "", Map.of()));
  }

  private List<String> lines() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aLineThatARequestLedToHasItsId() throws InvalidConfig, InvalidJson {
    for (String format : List.of("text", "json")) {
      apply("log: {format: " + format + "}");
      try (var request = MDC.putCloseable("request_id", "abc-42")) {
        log.info("a job is changed");
      }
      log.info("a fire is late");
    }
    assertThat(lines()).hasSize(4);
    assertThat(lines().get(0)).endsWith(" - a job is changed (request abc-42)");
    assertThat(lines().get(1)).endsWith(" - a fire is late");
    assertThat(((Map<?, ?>) Json.parse(lines().get(2))).get("request_id")).isEqualTo("abc-42");
    assertThat(lines().get(3)).doesNotContain("request_id");
  }

  @Test
  void aLineHasTimeLevelPlaceAndMessage() throws InvalidConfig {
    apply("");
    log.info("{} actions from {}", 3, "äöü");
    log.error("gone");
    log.debug("not shown");

    assertThat(lines()).hasSize(2);
    assertThat(lines().get(0))
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[-+]\\d\\d:\\d\\d INFO  ActionSync -"
                + " 3 actions from äöü");
    assertThat(lines().get(1)).endsWith(" ERROR ActionSync - gone");
  }

  @Test
  void textOfOthersCannotForgeALine() throws InvalidConfig {
    apply("");
    log.info("command {}", "x\r\n2026-01-01T00:00:00.000Z ERROR App - forged\u001b[31m\u2028end");

    assertThat(lines()).hasSize(1);
    assertThat(lines().get(0))
        .endsWith(
            "command x\\r\\n2026-01-01T00:00:00.000Z ERROR App - forged\\u001b[31m\\u2028end");
  }

  @Test
  void aTraceStandsIndentedBehindItsLineItsMessagesEscaped() throws InvalidConfig {
    apply("");
    RuntimeException thrown =
        new IllegalStateException("a\nb", new IllegalArgumentException("cause\nforged"));
    thrown.addSuppressed(new RuntimeException("beside"));
    log.warn("failed", thrown);

    assertThat(lines())
        .anyMatch(line -> line.equals("  java.lang.IllegalStateException: a\\nb"))
        .anyMatch(line -> line.equals("  suppressed: java.lang.RuntimeException: beside"))
        .anyMatch(
            line -> line.equals("  caused by: java.lang.IllegalArgumentException: cause\\nforged"));
    assertThat(lines().subList(1, lines().size())).allMatch(line -> line.startsWith("  "));
  }

  @Test
  void jsonIsOneObjectALine() throws InvalidConfig, InvalidJson {
    apply("log: {format: json}");
    log.warn("command {}", "a\nb \"c\"");

    assertThat(lines()).hasSize(1);
    Map<?, ?> event = (Map<?, ?>) Json.parse(lines().get(0));
    assertThat(event.get("level")).isEqualTo("WARN");
    assertThat(event.get("loggerName")).isEqualTo("io.actionscheduler.engine.intake.ActionSync");
    assertThat(event.get("formattedMessage")).isEqualTo("command a\nb \"c\"");
    assertThat((String) event.get("timestamp"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[-+]\\d\\d:\\d\\d");
  }

  @Test
  void jsonNamesWhatAnEventIsAboutAndWhatWasThrown() throws InvalidConfig, InvalidJson {
    apply("log: {format: json}");
    log.atError()
        .addKeyValue("action", new ActionId("rest:7"))
        .addKeyValue("fire_id", "rest:7@2026-11-20T10:00:00Z")
        .addKeyValue("callback", "kafka")
        .addKeyValue("level", "forged")
        .setCause(new IllegalStateException("a\nb"))
        .log("fire {} failed", 1);

    assertThat(lines()).hasSize(1);
    Map<?, ?> event = (Map<?, ?>) Json.parse(lines().get(0));
    assertThat(event.get("action")).isEqualTo("rest:7");
    assertThat(event.get("fire_id")).isEqualTo("rest:7@2026-11-20T10:00:00Z");
    assertThat(event.get("callback")).isEqualTo("kafka");
    assertThat(event.get("level")).isEqualTo("ERROR");
    assertThat((Map<?, ?>) event.get("throwable"))
        .extracting("className", "message")
        .containsExactly("java.lang.IllegalStateException", "a\nb");
  }

  @Test
  void librariesAreQuietBelowWarnings() throws InvalidConfig {
    apply("");
    for (String library : List.of("org.apache.kafka.x", "org.quartz.x", "com.zaxxer.hikari.x")) {
      LoggerFactory.getLogger(library).info("chatter of {}", library);
      LoggerFactory.getLogger(library).warn("warning of {}", library);
    }
    LoggerFactory.getLogger("org.apache.kafka.clients.NetworkClient").warn("each attempt");

    assertThat(lines()).hasSize(3).allMatch(line -> line.contains("warning of"));
  }

  @Test
  void debugShowsAll() throws InvalidConfig {
    apply("debug: true");
    LoggerFactory.getLogger("org.apache.kafka.x").info("chatter");
    log.debug("detail");
    log.trace("not shown");

    assertThat(lines()).hasSize(2);
  }

  @Test
  void levelsAreThoseOfTheSettings() throws InvalidConfig {
    apply("log: {level: warning}");
    log.info("not shown");
    log.warn("shown");
    apply("log: {level: TRACE}");
    log.trace("shown");

    assertThat(lines()).hasSize(2).allMatch(line -> line.endsWith("shown"));
  }
}
