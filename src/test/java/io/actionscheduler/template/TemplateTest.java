package io.actionscheduler.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.testing.Deliveries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  private static final Passport ON_TIME = passport(Map.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{fire_id}; 7@2026-11-20T10:00:00Z",
        "{action_id}; 7",
        "{name}; Morning report",
        "{command}; make report",
        "{scheduled_time}; 2026-11-20T10:00:00Z",
        "{delivered_time}; 2026-11-20T10:00:00.002Z",
        "{cause}; schedule",
        "{missed_count}; 0",
        "{attempt}; 1",
        "[{first_missed}{last_missed}]; []",
        "{first_missed|none}; none",
        "{ name }!; Morning report!",
        "no values; no values",
        "{{name}} {{{name}}}; {name} {Morning report}",
        "Запланированная задача: {name}; Запланированная задача: Morning report",
        "{json:attempt} {json:name} {json:first_missed}; 1 \"Morning report\" null",
      })
  void namesInBracesStandForValuesOfTheFire(String template, String text) throws Exception {
    assertThat(Template.of(template, Escape.PLAIN).render(ON_TIME)).isEqualTo(text);
  }

  @Test
  void aFireThatStandsForMissedOnesTellsThem() throws Exception {
    Instant first = Deliveries.DUE.minusSeconds(180);
    Stretch missed = new Stretch(first, Deliveries.DUE.minusSeconds(60), 3);
    Fire fire =
        new Fire(ON_TIME.fire().action(), Deliveries.DUE, Cause.CATCH_UP, Optional.of(missed), "");
    Passport late = new Passport(fire, 4, Deliveries.DUE);
    String template = "{cause} {missed_count} {first_missed} {last_missed} {attempt}";
    assertThat(Template.of(template, Escape.PLAIN).render(late))
        .isEqualTo("catch_up 3 2026-11-20T09:57:00Z 2026-11-20T09:59:00Z 4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{parameters.chat_id}; 42",
        "{parameters.chat.title}; Tea & \"Cake\"",
        "{parameters.rows.1}; b",
        "{parameters.rows}; [\"a\", \"b\"]",
        "{parameters.urgent}; true",
        "{parameters.ratio}; 0.5",
        "[{parameters.absent}]; []",
        "[{parameters.nothing}]; []",
        "{parameters.absent|0}; 0",
        "{parameters.nothing|a|b}; a|b",
        "[{parameters.absent|}]; []",
        "{parameters.rows.2|none} {parameters.rows.-1|none} {parameters.rows.x|none}; none none none",
        "{parameters.chat_id.deeper|none}; none",
        "{json:parameters.chat}; {\"title\": \"Tea & \\\"Cake\\\"\"}",
      })
  void parametersAreReachedByTheirPathAndMayBeMissing(String template, String text)
      throws Exception {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("chat_id", 42L);
    parameters.put("chat", Map.of("title", "Tea & \"Cake\""));
    parameters.put("rows", List.of("a", "b"));
    parameters.put("urgent", true);
    parameters.put("ratio", 0.5);
    parameters.put("nothing", null);
    assertThat(Template.of(template, Escape.PLAIN).render(passport(parameters))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{nmae}; {nmae} is unknown; did you mean name?",
        "{}; {} is unknown",
        "{parameters.}; {parameters.} is unknown",
        "{parameter.x}; {parameter.x} is unknown",
        "{NAME}; did you mean name?",
        "{name; { without a } behind it",
        "name}; } without a { before it",
        "{name{x}; {name{x} is unknown",
      })
  void whatCannotBeMeantIsToldWhenTheTemplateIsCompiled(String template, String told) {
    assertThatThrownBy(() -> Template.of(template, Escape.PLAIN))
        .isInstanceOf(InvalidTemplate.class)
        .hasMessageContaining(told.split("; did")[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN, {name}",
    "JSON, {name}",
    "URL, {name}",
    "HEADER, {name}",
  })
  void aValueIsNeverReadAsATemplate(Escape escape, String template) throws Exception {
    Delivery delivery = Deliveries.of("{command}{{", "x", Map.of());
    assertThat(Template.of(template, escape).render(passport(delivery)))
        .isIn("{command}{{", "%7Bcommand%7D%7B%7B");
  }

  @Test
  void valuesAreEscapedByWhereTheTextGoes() throws Exception {
    Passport passport = passport(Deliveries.of("a\r\nB: \"ж\" 😀/?&", "x", Map.of()));
    String template = "/{name}/";
    assertThat(Template.of(template, Escape.PLAIN).render(passport))
        .isEqualTo("/a\r\nB: \"ж\" 😀/?&/");
    assertThat(Template.of(template, Escape.JSON).render(passport))
        .isEqualTo("/a\\r\\nB: \\\"\\u0436\\\" \\ud83d\\ude00/?&/");
    assertThat(Template.of(template, Escape.URL).render(passport))
        .isEqualTo("/a%0D%0AB%3A%20%22%D0%B6%22%20%F0%9F%98%80%2F%3F%26/");
    assertThat(Template.of(template, Escape.HEADER).render(passport))
        .isEqualTo("/a  B: \"ж\" 😀/?&/");
  }

  @Test
  void everyFieldCanBeNamedAndStandsInThePassport() throws Exception {
    List<String> names = new ArrayList<>(Field.keys());
    for (String name : names) {
      Template.of("{" + name + "}", Escape.PLAIN).render(ON_TIME);
    }
    names.add("parameters");
    assertThat(ON_TIME.values().keySet()).containsExactlyElementsOf(names);
    assertThat(Arrays.stream(Field.values())).hasSize(11);
  }

  @Test
  void aTemplateWithoutValuesIsFixed() throws Exception {
    assertThat(Template.of("a {{b}}", Escape.PLAIN).isFixed()).isTrue();
    assertThat(Template.of("a {name}", Escape.PLAIN).isFixed()).isFalse();
  }

  private static Passport passport(Map<String, Object> parameters) {
    return passport(Deliveries.of("Morning report", "make report", parameters));
  }

  private static Passport passport(Delivery delivery) {
    return new Passport(delivery.fire(), delivery.attempt(), delivery.startedAt());
  }
}
