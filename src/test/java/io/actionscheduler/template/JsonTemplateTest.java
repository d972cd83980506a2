package io.actionscheduler.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.callback.Delivery;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.text.Json;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTemplateTest {

  @Test
  void stringsOfTheDocumentAreTemplatesAndTheRestStays() throws Exception {
    String document =
        "{\"text\":\"ж {name}\",\"n\":1,\"on\":true,\"off\":null,\"list\":[\"{cause}\",[]],\"o\":{}}";
    assertThat(JsonTemplate.of(document).render(passport("Tea", Map.of())))
        .isEqualTo(
            "{\"text\": \"\\u0436 Tea\", \"n\": 1, \"on\": true, \"off\": null,"
                + " \"list\": [\"schedule\", []], \"o\": {}}");
  }

  @Test
  void aStringThatIsOneJsonValueKeepsItsType() throws Exception {
    Map<String, Object> parameters = Map.of("id", 5L, "tags", List.of("a", "b"));
    String document =
        "{\"id\": \"{json:parameters.id}\", \"all\": \"{json:parameters}\","
            + " \"none\": \"{json:parameters.absent}\", \"zero\": \"{json:parameters.absent|0}\"}";
    Object made = Json.parse(JsonTemplate.of(document).render(passport("Tea", parameters)));
    assertThat(Json.write(made))
        .satisfies(json -> assertThat(json).startsWith("{\"id\":5,\"all\":{"))
        .satisfies(json -> assertThat(json).endsWith("},\"none\":null,\"zero\":0}"));
    assertThat(((Map<?, ?>) ((Map<?, ?>) made).get("all")).get("tags"))
        .isEqualTo(List.of("a", "b"));
  }

  @Test
  void noValueCanBreakOutOfItsString() throws Exception {
    long seed = Long.getLong("seed", 20_261_127);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    JsonTemplate template =
        JsonTemplate.of("{\"a\": \"<{name}>\", \"b\": \"{json:parameters.x}\", \"c\": 1}");
    for (int i = 0; i < 2_000; i++) {
      String text = text(random);
      Object made = Json.parse(template.render(passport(text, Map.of("x", text))));
      assertThat(made).isEqualTo(Map.of("a", "<" + text + ">", "b", text, "c", 1L));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{name}",
        "{\"a\": }",
        "{\"a\": \"{nmae}\"}",
        "{\"a\": \"{json:parameters.x|nine}\"}",
        "{\"a\": 1, \"a\": 2}"
      })
  void whatIsNoDocumentIsToldWhenItIsCompiled(String document) {
    assertThatThrownBy(() -> JsonTemplate.of(document)).isInstanceOf(InvalidTemplate.class);
  }

  private static String text(Random random) {
    int[] points = {0, 7, 10, 13, 31, '"', '\\', '/', '{', '}', 'a', 127, 0x2028, 'ж', 0x1f600};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  private static Passport passport(String name, Map<String, Object> parameters) {
    Delivery delivery = Deliveries.of(name, "x", parameters);
    return new Passport(delivery.fire(), delivery.attempt(), delivery.startedAt());
  }
}
