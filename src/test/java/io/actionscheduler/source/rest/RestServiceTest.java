package io.actionscheduler.source.rest;

import static io.actionscheduler.source.rest.RestWorld.assertAway;
import static io.actionscheduler.source.rest.RestWorld.entry;
import static io.actionscheduler.source.rest.RestWorld.json;
import static io.actionscheduler.source.rest.RestWorld.text;
import static io.actionscheduler.source.rest.RestWorld.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.testing.TestHttp.Answer;
import io.actionscheduler.testing.TestHttp.Request;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a service is asked, and which answers are taken. */
@Timeout(60)
class RestServiceTest {
  private static final List<?> LIST = List.of(entry(1, "a", "@daily"));

  @Test
  void aServiceThatRecoversWithinItsTriesIsNotAway() throws Exception {
    try (RestWorld world = new RestWorld()) {
      AtomicInteger asked = new AtomicInteger();
      world.answer(r -> asked.incrementAndGet() < 3 ? Answer.of(500) : json(LIST));
      assertThat(world.read().actions()).hasSize(1);
      assertThat(asked).hasValue(3);
    }
  }

  @Test
  void asManyTriesAreMadeAsAreSet() throws Exception {
    try (RestWorld world = new RestWorld("tries: 2")) {
      world.answer(r -> new Answer(502, Map.of(), "bad\ngateway"));
      assertAway(world, "answered 502: \"bad\\ngateway\" (2 tries)");
      assertThat(world.requests).hasSize(2);
    }
  }

  @Test
  void whoMayNotAskIsToldSoAtOnce() throws Exception {
    try (RestWorld world = new RestWorld()) {
      for (int status : new int[] {401, 403}) {
        world.answer(r -> Answer.of(status));
        assertThatThrownBy(world::poll)
            .isInstanceOfSatisfying(
                SourceException.class, e -> assertThat(e.isMisconfigured()).isTrue())
            .hasMessageContaining("answered " + status + "; check token and header");
      }
      assertThat(world.requests).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello | answered something that is not JSON",
        "[{\"id\": 1} | answered something that is not JSON",
        "null | answered \"null\" where a list is expected",
        "7 | answered \"7\" where a list is expected",
        "\"[]\" | where a list is expected",
        "{} | answered an object with nothing in it where a list is expected",
        "{\"error\": \"x\"} | answered an object with \"error\" where a list is expected",
        "{\"results\": {}} | or an object with a list under results or items",
        "{\"results\": [], \"next\": 7} | names a next page that is not an address, \"7\"",
        "{\"results\": [], \"next\": \"::\"} | leads to \"::\", which is not an address",
        "{\"results\": [], \"next\": \"file:///etc\"} | leads to \"file:///etc\"",
      })
  void anAnswerThatIsNoListIsNeverReadAsAnEmptyOne(String body, String told) throws Exception {
    try (RestWorld world = new RestWorld("tries: 1")) {
      world.answer(r -> text(body));
      assertAway(world, told);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 304, 400, 404, 410, 500})
  void onlyA200IsAnAnswer(int status) throws Exception {
    try (RestWorld world = new RestWorld("tries: 1")) {
      world.answer(r -> new Answer(status, Map.of(), status == 204 || status == 304 ? "" : "[]"));
      assertAway(world, "answered " + status);
    }
  }

  @Test
  void aServiceThatIsNotThereIsAway() throws Exception {
    try (RestWorld world = new RestWorld("tries: 1")) {
      world.http.close();
      assertAway(world, "the connection is refused");
    }
  }

  @Test
  void aHostThatIsUnknownIsToldAsSuch() throws Exception {
    for (String host : new String[] {"no-such-host.invalid", "no_such_host.invalid"}) {
      var settings = RestWorld.settings("rest: {url: 'http://" + host + "', tries: 1}\n");
      Service service = new Service(settings.access());
      assertThatThrownBy(
              () -> service.get(new Address(settings.list()), java.util.Optional.empty(), 100))
          .hasMessage("its host is unknown");
    }
  }

  @Test
  void aServiceThatHangsIsGivenUp() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (RestWorld world = new RestWorld("tries: 1", "timeout: 200ms")) {
      world.answer(
          r -> {
            try {
              over.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return json(LIST);
          });
      assertAway(world, "gave no whole answer within 200 ms");
      over.countDown();
    }
  }

  @Test
  void anAnswerThatIsTooLongIsNotTaken() throws Exception {
    try (RestWorld world = new RestWorld("tries: 1", "max_bytes: 1000")) {
      world.answer(r -> text("[" + " ".repeat(990) + "]"));
      assertThat(world.read().actions()).isEmpty();
      world.answer(r -> text("[" + " ".repeat(2_000_000) + "]"));
      assertAway(world, "answered more bytes than max_bytes allows");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, abc, Bearer abc",
    "Authorization, Token abc, Token abc",
    "X-API-Key, abc, abc"
  })
  void theTokenGoesIntoItsHeader(String header, String token, String sent) throws Exception {
    try (RestWorld world = new RestWorld("header: " + header, "token: " + token)) {
      world.read();
      assertThat(world.requests.get(0).headers())
          .containsEntry(header, sent)
          .containsEntry("Accept", "application/json");
    }
  }

  @Test
  void whatIsKnownIsNotAskedForAgainWhereTheServiceNamesIt() throws Exception {
    try (RestWorld world = new RestWorld()) {
      AtomicInteger notModified = new AtomicInteger();
      Function<Request, Answer> tagged =
          request -> {
            String tag = "\"" + world.list().body().hashCode() + "\"";
            if (tag.equals(request.headers().get("If-None-Match"))) {
              notModified.incrementAndGet();
              return new Answer(304, Map.of("ETag", tag), "");
            }
            return with(world.list(), "ETag", tag);
          };
      world.answer(tagged);
      world.add(1, "a", "@daily");
      assertThat(world.read().actions()).hasSize(1);
      assertThat(world.poll()).isEmpty();
      assertThat(notModified).hasValue(1);
      world.add(2, "b", "@daily");
      assertThat(world.read().actions()).hasSize(2);
      assertThat(world.poll()).isEmpty();
      assertThat(notModified).hasValue(2);
    }
  }

  @Test
  void redirectsStayAtTheServer() throws Exception {
    try (RestWorld world = new RestWorld("tries: 1", "token: secret");
        TestHttp other = TestHttp.start()) {
      world.answer(
          r ->
              r.path().equals("/api/cronjobs/")
                  ? new Answer(301, Map.of("Location", "/v2/jobs"), "")
                  : json(LIST));
      assertThat(world.read().actions()).hasSize(1);
      world.answer(r -> new Answer(302, Map.of("Location", "/again" + world.requests.size()), ""));
      assertAway(world, "redirects more than 5 times");
      String elsewhere = "http://127.0.0.1:" + other.port() + "/x";
      for (String to : List.of(elsewhere, "//localhost/", "http://user@127.0.0.1/")) {
        world.answer(r -> new Answer(307, Map.of("Location", to), ""));
        assertThatThrownBy(world::poll).isInstanceOf(SourceException.class);
      }
      world.answer(r -> json(Map.of("items", LIST, "next", elsewhere)));
      assertAway(world, "has its next page on another server, " + elsewhere);
      assertThat(other.taken()).isEmpty();
    }
  }

  @Test
  void aSourceThatIsStoppedWhileItWaitsForItsNextTryStopsAtOnce() throws Exception {
    try (RestWorld world = new RestWorld("try_delay: 1h")) {
      world.answer(r -> Answer.of(500));
      Thread thread =
          new Thread(
              () ->
                  assertThatThrownBy(world::poll)
                      .isInstanceOf(SourceException.class)
                      .hasMessageContaining("stopped"));
      thread.start();
      org.awaitility.Awaitility.await().until(() -> !world.requests.isEmpty());
      thread.interrupt();
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }
}
