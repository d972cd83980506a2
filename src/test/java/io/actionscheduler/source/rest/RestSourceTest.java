package io.actionscheduler.source.rest;

import static io.actionscheduler.source.rest.RestWorld.entry;
import static io.actionscheduler.source.rest.RestWorld.json;
import static io.actionscheduler.source.rest.RestWorld.messages;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionSourceContract;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.source.KnownNames;
import io.actionscheduler.testing.TestHttp.Answer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service's entries mean. */
class RestSourceTest implements ActionSourceContract {

  @Override
  public World listing() throws Exception {
    return new RestWorld();
  }

  @Test
  void anEntryIsAnActionInUtcWithItsNameAsCommand() throws Exception {
    try (RestWorld world = new RestWorld()) {
      world.put(entry(1, "Morning report", "0 9 * * *"));
      Action action = world.readOne();
      assertThat(action.id()).hasToString("rest:1");
      assertThat(action.name()).isEqualTo("Morning report");
      assertThat(action.command()).isEqualTo("Morning report");
      assertThat(action.timing().zone()).isEqualTo(ZoneId.of("UTC"));
      assertThat(action.timing().schedule().next(START))
          .contains(Instant.parse("2026-11-21T09:00:00Z"));
      assertThat(action.parameters()).isEmpty();
      assertThat(action.policy().missed()).isEqualTo(MissedPolicy.of(true, 60));
      assertThat(action.policy().callbacks()).containsExactly("stdout");
      assertThat(world.requests.get(0).path()).isEqualTo("/api/cronjobs/");
    }
  }

  @Test
  void furtherFieldsAreParametersAndThoseOfParametersGoOverThem() throws Exception {
    try (RestWorld world = new RestWorld()) {
      Map<String, Object> entry = new HashMap<>(entry(1, "n", "@daily"));
      entry.put("command", "do it");
      entry.put("timezone", "Europe/Berlin");
      entry.put("enabled", false);
      entry.put("owner", Map.of("id", 7));
      entry.put("chat_id", 1);
      entry.put("parameters", Map.of("chat_id", 2, "deep", List.of(1, "b")));
      entry.put("nothing", null);
      world.put(entry);
      Action action = world.readOne();
      assertThat(action.command()).isEqualTo("do it");
      assertThat(action.timing().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
      assertThat(action.policy().enabled()).isFalse();
      assertThat(action.parameters())
          .containsEntry("owner", Map.of("id", 7L))
          .containsEntry("chat_id", 2L)
          .containsEntry("deep", List.of(1L, "b"))
          .containsKey("nothing")
          .hasSize(4);
    }
  }

  @Test
  void fieldsMayHaveOtherNamesAndMeanMore() throws Exception {
    try (RestWorld world =
        new RestWorld(
            "path: /jobs",
            "timezone: Europe/Berlin",
            "merge_missed: false",
            "actuality_time: 5",
            "callback: bell",
            "fields: {id: uuid, cron: when, name: title, enabled: none, callback: to,"
                + " retry: again, overlap: overlap}")) {
      world.put(
          Map.of(
              "uuid",
              "0b1f-42",
              "title",
              "t",
              "when",
              "@daily",
              "enabled",
              false,
              "to",
              "stdout,bell",
              "again",
              Map.of("max_retries", 3),
              "overlap",
              "skip"));
      world.put(Map.of("uuid", "0a", "title", "t", "when", "@daily"));
      Snapshot read = world.read();
      Action plain = read.actions().get(0);
      Action rich = read.actions().get(1);
      assertThat(plain.id()).hasToString("rest:0a");
      assertThat(plain.timing().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
      assertThat(plain.policy().callbacks()).containsExactly("bell");
      assertThat(plain.policy().missed()).isEqualTo(MissedPolicy.of(false, 5));
      assertThat(rich.id()).hasToString("rest:0b1f-42");
      assertThat(rich.policy().enabled()).isTrue();
      assertThat(rich.policy().callbacks()).containsExactly("stdout", "bell");
      assertThat(rich.policy().retry().orElseThrow().maxRetries()).isEqualTo(3);
      assertThat(rich.parameters()).isEqualTo(Map.of("enabled", false));
      assertThat(world.requests.get(0).path()).isEqualTo("/jobs");
    }
  }

  @Test
  void aScheduleMayBeAJsonFormToo() throws Exception {
    try (RestWorld world = new RestWorld()) {
      world.put(
          Map.of(
              "id",
              1,
              "name",
              "n",
              "cron_expression",
              Map.of("format", "apscheduler", "params", Map.of("second", "*/20"))));
      assertThat(world.readOne().timing().schedule().next(START)).contains(START.plusSeconds(20));
    }
  }

  @Test
  void aCallbackThatTheSettingsHaveLaterIsFoundThoughTheServiceSaysThatNothingChanged()
      throws Exception {
    try (RestWorld world = new RestWorld("fields: {callback: to}")) {
      Map<String, Object> entry = new HashMap<>(entry(1, "n", "@daily"));
      entry.put("to", "later");
      world.put(entry);
      world.answer(
          request ->
              request.headers().containsKey("If-None-Match")
                  ? new Answer(304, Map.of("ETag", "\"same\""), "")
                  : new Answer(200, Map.of("ETag", "\"same\""), world.list().body()));
      Snapshot before = world.read();
      assertThat(before.actions()).isEmpty();
      assertThat(before.rejections().get(0).message()).contains("no such callback");
      assertThat(world.source.poll(before, START)).isEmpty();

      world.known.use(new KnownNames.Names(Set.of("stdout", "bell", "later"), Set.of()));
      Snapshot after = world.source.poll(before, START).orElseThrow();
      assertThat(after.rejections()).isEmpty();
      assertThat(after.actions().get(0).policy().callbacks()).containsExactly("later");
      assertThat(world.source.poll(after, START)).isEmpty();
    }
  }

  @Test
  void aNumberAndTheSameAsTextAreOneId() throws Exception {
    try (RestWorld world = new RestWorld()) {
      world.put(entry(7, "a", "@daily"));
      world.put(entry("7", "b", "@daily"));
      assertThat(messages(world.read()))
          .containsExactly("action rest:7 \"a\": id rest:7: 2 entries have it; allowed is one");
    }
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "cron_expression | 61 * * * * | cron_expression \"61 * * * *\": minute",
        "cron_expression | * * * | cron_expression \"* * *\": ",
        "timezone | Europe/Berlinn | timezone \"Europe/Berlinn\": no known zone",
        "timezone | Europe/Berlinn | did you mean Europe/Berlin?",
        "enabled | maybe | enabled \"maybe\": allowed are true, false",
      })
  void whatCannotBeUnderstoodIsNamedAsTheServiceNamesIt(String field, String value, String told)
      throws Exception {
    try (RestWorld world = new RestWorld()) {
      world.put(entry(1, "fine", "@daily"));
      Map<String, Object> bad = new HashMap<>(entry(2, "bad", "@daily"));
      bad.put(field, value);
      world.put(bad);
      Snapshot read = world.read();
      assertThat(read.actions()).hasSize(1);
      assertThat(messages(read).get(0)).startsWith("action rest:2 \"bad\": ").contains(told);
    }
  }

  @Test
  void aScheduleIsRequiredAndANameIsNot() throws Exception {
    try (RestWorld world = new RestWorld()) {
      world.put(Map.of("id", 1, "cron_expression", "@daily"));
      world.put(Map.of("id", 2, "name", "n"));
      Snapshot read = world.read();
      assertThat(read.actions()).extracting(Action::command).containsExactly("");
      assertThat(messages(read))
          .containsExactly(
              "action rest:2 \"n\": cron_expression NULL: a schedule is required, such as"
                  + " */5 * * * *");
    }
  }

  @Test
  void entriesThatHaveNoIdAreToldTogether() throws Exception {
    try (RestWorld world = new RestWorld()) {
      world.put(entry(1, "fine", "@daily"));
      List<Object> odd = new ArrayList<>(List.of("text", 7, List.of(), Map.of("name", "x")));
      odd.add(null);
      for (Object id : List.of("", " ", true, 1.5, "a\nb", "x".repeat(201), Map.of())) {
        odd.add(entry(id, "n", "@daily"));
      }
      odd.forEach(world::put);
      Snapshot read = world.read();
      assertThat(read.actions()).hasSize(1);
      assertThat(messages(read))
          .containsExactly(
              "source rest: 12 entries have no id that can be used, such as \"text\"; allowed are"
                  + " whole numbers, and text of up to 200 characters on one line");
    }
  }

  @Test
  void anAnswerMayBeAnObjectAroundTheList() throws Exception {
    try (RestWorld world = new RestWorld()) {
      world.answer(r -> json(Map.of("count", 1, "results", List.of(entry(1, "a", "@daily")))));
      assertThat(world.readOne().name()).isEqualTo("a");
      world.answer(r -> json(Map.of("items", List.of(entry(2, "b", "@daily")))));
      assertThat(world.readOne().name()).isEqualTo("b");
      world.answer(r -> json(Map.of("items", List.of())));
      assertThat(world.read().actions()).isEmpty();
    }
  }
}
