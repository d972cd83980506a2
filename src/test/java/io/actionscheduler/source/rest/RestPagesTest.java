package io.actionscheduler.source.rest;

import static io.actionscheduler.source.rest.RestWorld.assertAway;
import static io.actionscheduler.source.rest.RestWorld.entry;
import static io.actionscheduler.source.rest.RestWorld.json;
import static io.actionscheduler.source.rest.RestWorld.text;
import static io.actionscheduler.source.rest.RestWorld.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.testing.TestHttp.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lists that come in pages. */
@Timeout(60)
class RestPagesTest {
  private static final List<?> LIST = List.of(entry(1, "a", "@daily"));

  @Test
  void pagesAreFollowedByTheLinkHeader() throws Exception {
    try (RestWorld world = new RestWorld()) {
      world.answer(
          request -> {
            int page = request.path().contains("page=") ? request.path().charAt(20) - '0' : 1;
            Answer answer = json(List.of(entry(page, "p" + page, "@daily")));
            return page == 3
                ? with(answer, "Link", "</api/cronjobs/?page=1>; rel=\"first\"")
                : with(
                    answer,
                    "Link",
                    "</api/cronjobs/?page=1>; rel=first, <?page="
                        + (page + 1)
                        + ">; title=\"a, b\"; rel=\"x next\"");
          });
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("p1", "p2", "p3");
      assertThat(world.poll()).isEmpty();
    }
  }

  @Test
  void aLongLinkHeaderWithoutALinkIsReadOnce() {
    assertThat(Links.next(List.of("<".repeat(300_000), "<a>; rel=next"))).contains("a");
  }

  @Test
  void theHostOfANextPageThatAProxyLostIsIgnoredWhereTheSettingsSaySo() throws Exception {
    try (RestWorld world = new RestWorld("ignore_next_host: true")) {
      world.answer(
          request ->
              request.path().contains("page=2")
                  ? json(List.of(entry(2, "b", "@daily")))
                  : json(
                      Map.of(
                          "next",
                          "https://jobs.example.com/api/cronjobs/?page=2",
                          "results",
                          LIST)));
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("a", "b");
    }
  }

  @Test
  void aListThatIsCompressedUnaskedIsToldAsThat() throws Exception {
    try (RestWorld world = new RestWorld("tries: 1")) {
      world.answer(request -> with(json(LIST), "Content-Encoding", "gzip"));
      assertAway(world, "answered compressed (Content-Encoding: gzip), though nobody asked for it");
    }
  }

  @Test
  void pagesAreFollowedByTheAddressInTheAnswerAndCheckedWholeEachTime() throws Exception {
    try (RestWorld world = new RestWorld()) {
      String second = "http://127.0.0.1:" + world.http.port() + "/more";
      AtomicInteger id = new AtomicInteger(2);
      world.answer(
          request ->
              request.path().equals("/more")
                  ? text(
                      "{\"next\": null, \"results\": [{\"id\": "
                          + id
                          + ", \"cron_expression\": \"@daily\"}]}")
                  : with(json(Map.of("next", second, "results", LIST)), "ETag", "\"same\""));
      assertThat(world.read().actions()).hasSize(2);
      assertThat(world.poll()).isEmpty();
      id.set(3); // the first page stays as it is, and so does its tag
      assertThat(world.read().actions())
          .extracting(action -> action.id().text())
          .containsExactly("rest:1", "rest:3");
      assertThat(world.requests)
          .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("If-None-Match"));
    }
  }

  @Test
  void pagesThatNeverEndAreGivenUp() throws Exception {
    try (RestWorld world = new RestWorld("tries: 1", "max_pages: 5")) {
      AtomicInteger page = new AtomicInteger();
      world.answer(r -> json(Map.of("items", List.of(), "next", "?p=" + page.incrementAndGet())));
      assertAway(world, "has more than 5 pages; raise max_pages where that is meant");
      assertThat(world.requests).hasSize(5);
      world.answer(r -> json(Map.of("items", List.of(), "next", "?p=1")));
      assertAway(world, "leads back to a page that was read already");
    }
  }

  @Test
  void aPageThatFailsFailsTheWholeList() throws Exception {
    try (RestWorld world = new RestWorld("tries: 1")) {
      world.answer(
          r ->
              r.path().contains("p=2")
                  ? Answer.of(500)
                  : json(Map.of("items", LIST, "next", "?p=2")));
      assertAway(world, "answered 500");
    }
  }
}
