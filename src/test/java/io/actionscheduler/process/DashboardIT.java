package io.actionscheduler.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.Browser;
import io.actionscheduler.testing.Browser.Look;
import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.PlainTabs;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.zone.CompiledZone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The dashboard of the packaged program in a real browser: {@code apt-get install chromium}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>";
  private static final String READER = "a-reader-that-may-only-look-0123456789";
  private static final String ALL = "somebody-who-may-do-all-0123456789abcd";

  private TestHttp service;
  private Path talkEnds; // a file that ends the run of the callback that talks
  private Scheduler scheduler;
  private ApiClient api;
  private Browser browser;
  private Page page;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(
        Browser.installed().isPresent(), "no Chromium here: apt-get install chromium");
    service = TestHttp.start();
    service.answer(
        request ->
            new TestHttp.Answer(
                200,
                Map.of(),
                "[{\"id\": 1, \"name\": \"from the service\", \"cron_expression\": \"0 9 * * *\"},"
                    + " {\"id\": 2, \"name\": \"not understood\", \"cron_expression\": \"0 99 * * *\"},"
                    + " {\"id\": 3, \"name\": \""
                    + HOSTILE
                    + "\", \"cron_expression\": \""
                    + HOSTILE
                    + "\"}]"));
    talkEnds = folder.resolve("end");
    Path oldZones = Files.createDirectories(folder.resolve("zones"));
    Files.writeString(oldZones.resolve("tzdata.zi"), "# version 2019a\nZ UTC 0 - UTC\n");
    Files.write(oldZones.resolve("UTC"), CompiledZone.of("UTC0"));
    String config =
        """
        timezone: UTC
        timezones: {data: "%s"}
        environment: test
        actions_db: {dialect: sqlite, database: a.db}
        internal_db: {dialect: sqlite, database: b.db}
        verify: {every: 2s}
        hold_backlog: 1h
        action:
          callback: works
          defaults: {merge_missed: true, actuality_time: 3600}
        callbacks:
          works: {type: process, command: [sh, -c, 'echo "did $COMMAND"']}
          fails: {type: process, command: [sh, -c, 'echo "no such warehouse <img src=x onerror=alert(3)>" >&2; exit 3'], permanent_exit_codes: [3]}
          talks: {type: process, command: [sh, -c, 'echo "half way"; i=0; while [ ! -e %s ] && [ $i -lt 600 ]; do sleep 0.1; i=$((i+1)); done; echo "and done"']}
          nowhere: {type: redis, host: 127.0.0.1, port: 1, list: q, timeout: 1s}
          slow: {type: process, command: [sleep, '2'], max_concurrent: 1}
        rest: {sources: {crm: {url: "http://127.0.0.1:%d"}, away: {url: "http://127.0.0.1:1"}}}
        http:
          port: 0
          base_path: /scheduler
          api_keys:
            - {name: reader, key: %s, rights: [read]}
            - {name: all, key: %s, rights: [read, run, write]}
        """
            .formatted(oldZones, talkEnds, service.port(), READER, ALL);
    scheduler = Launch.in(folder).file("config.yaml", config).start();
    scheduler.awaitReady();
    api = ApiClient.of(scheduler).withKey(ALL);
    for (String name : List.of("backup", "report", "invoice")) {
      create(name, "0 0 * * *", "works");
    }
    afterADowntimeOfTenDays(folder);
    create("poll", "2s", "works");
    create("sync users", "3s", "fails");
    create("notify", "5s", "nowhere");
    create(HOSTILE, "4s", "works");
    for (int i = 0; i < 60; i++) {
      create("tenant %02d".formatted(i), "0 2 * * *", "works");
    }
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
    browser = Browser.start();
    page = signedIn(Look.LIGHT, ALL);
  }

  private void afterADowntimeOfTenDays(Path folder) throws Exception {
    scheduler.terminate(); // in order: the progress of all three is stored
    scheduler.awaitExit();
    String then = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(10, ChronoUnit.DAYS).toString();
    try (Scheduler reset =
        Launch.in(folder).arguments("progress", "reset", "--all", "--to", then).start()) {
      assertThat(reset.awaitExit()).isZero();
    }
    scheduler = Launch.in(folder).start();
    scheduler.awaitReady();
    api = ApiClient.of(scheduler).withKey(ALL);
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
    if (scheduler != null) {
      scheduler.close();
    }
    if (service != null) {
      service.close();
    }
  }

  @AfterEach
  void nothingWentWrongInThePage() {
    if (browser != null) {
      assertThat(browser.faults()).isEmpty();
    }
  }

  /** Creates an action, and gives its address. */
  private String create(String name, String schedule, String callback) {
    var reply =
        api.post(
            "/scheduler/api/v1/jobs",
            "{\"name\": \"%s\", \"command\": \"%s\", \"schedule_expr\": \"%s\", \"owner_id\": \"%s\", \"payload\": {\"type\": \"%s\", \"note\": \"%s\"}}"
                .formatted(name, name, schedule, name, callback, name));
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return reply.header("Location");
  }

  private Page signedIn(Look look, String key) {
    Page fresh = browser.page(look);
    fresh.navigate(api.base() + "/scheduler/");
    return signIn(fresh, key);
  }

  private Page signIn(Page fresh, String key) {
    fresh.getByLabel("API key").fill(key);
    fresh.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
    assertThat(fresh.locator("h1")).hasText("Overview");
    return fresh;
  }

  /** Opens a view anew, without loading the page again: that takes most of the time. */
  private void go(Page where, String view) {
    where.evaluate("() => { location.hash = '#/nowhere'; }");
    assertThat(where.getByText("There is no such page")).isVisible();
    where.evaluate("view => { location.hash = '#/' + view; }", view);
  }

  private Locator row(String name) {
    return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(name)).first();
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** The answers are those of this scheduler, in which only the cluster is added. */
  @Test
  void aProcessOfAClusterHasTheOverviewOnlyWithTheProcessesAndTheirShards() {
    Page fresh = browser.page(Look.LIGHT);
    fresh.route("**/api/v1/session", route -> inCluster(route, "\"billing\""));
    fresh.route(
        "**/api/v1/overview",
        route ->
            inCluster(
                route,
                """
                {"name": "billing", "members": [{"member": 3, "host": "host-a", "pid": 4711,
                  "alive": true, "since": "2026-11-28T11:07:03+00:00",
                  "lease_until": "2026-11-28T11:08:03+00:00", "shards": 1}],
                 "shards": [
                   {"shard": 0, "member": 3, "token": 1234, "since": "2026-11-28T11:07:04+00:00"},
                   {"shard": 1, "member": null, "token": 5, "since": null}],
                 "without_owner": [1], "last_taken": "2026-11-28T11:07:04+00:00"}
                """));
    fresh.navigate(api.base() + "/scheduler/");
    signIn(fresh, ALL);
    Locator panel =
        fresh.locator("section").filter(new Locator.FilterOptions().setHasText("Cluster billing"));
    assertThat(fresh.locator(".problems")).containsText("Cluster 1 of 2");
    assertThat(panel.locator("tbody tr")).containsText("host-a, pid 4711");
    panel.getByText("Each shard").click();
    assertThat(panel).containsText("1,234");
    assertThat(fresh.locator("nav a.nav")).hasText(new String[] {"Overview"});
    fresh.evaluate("() => { location.hash = '#/actions'; }");
    assertThat(fresh.getByText("In a cluster, this page has only the overview")).isVisible();
    fresh.unrouteAll(); // otherwise an answer may be on its way while the page is closed
    fresh.context().close();
  }

  private static void inCluster(Route route, String cluster) {
    APIResponse answer = route.fetch();
    route.fulfill(
        new Route.FulfillOptions()
            .setResponse(answer)
            .setBody(
                answer
                    .text()
                    .replace("\"cluster\":null", "\"cluster\":" + cluster)
                    .replace(
                        "\"problems\":[",
                        "\"problems\":[{\"kind\": \"shards_without_owner\", \"message\": \"1 of 2\"},")));
  }

  @Test
  void theFirstPageSaysInOneSentenceWhetherEverythingFiredAndThenWhatIsWrong() {
    go(page, "overview");

    assertThat(page.locator(".sentence")).containsText("delivered");
    assertThat(page.locator(".sentence"))
        .containsText(Pattern.compile("0 lost \\(verified [0-9]{2}:[0-9]{2}\\)"));
    assertThat(page.locator(".problems")).containsText("Target unavailable");
    assertThat(page.locator(".problems")).containsText("nowhere");
    assertThat(page.locator(".problems")).containsText("no such warehouse");
    assertThat(problem("Source unavailable")).containsText("away");
    assertThat(problem("Time zone data")).containsText("2019a");
    assertThat(page.getByText("Next fires")).isVisible();
    for (String figure : List.of("in flight", "in retry", "fires this minute")) {
      assertThat(page.locator(".tile").filter(new Locator.FilterOptions().setHasText(figure)))
          .containsText(Pattern.compile("[0-9]"));
    }
    assertThat(page.getByRole(AriaRole.IMG, named("Fires per minute in the last hour")))
        .isVisible();
    Locator due = page.locator("tbody tr").first().locator("td").last();
    assertThat(due).not().hasText(due.innerText()); // it counts down
  }

  private Locator problem(String kind) {
    return page.locator(".problems li")
        .filter(
            new Locator.FilterOptions()
                .setHas(page.getByText(kind, new Page.GetByTextOptions().setExact(true))))
        .first();
  }

  @Test
  void firesThatStartLateAreToldOnTheOverview() {
    List<String> jobs = new ArrayList<>();
    for (String name :
        List.of("slow one", "slow two")) { // each of their fires takes the only place for 2 s
      String job = create(name, "2s", "slow");
      api.send("PATCH", job, "{\"merge_missed\": false}");
      jobs.add(job);
    }
    go(page, "overview");
    assertThat(problem("Late")).containsText("started more than a second late");
    jobs.forEach(job -> assertThat(api.send("DELETE", job, "").status()).isEqualTo(204));
  }

  @Test
  void aTabThatIsHiddenStopsItsStreamAndFollowsAgainWhenItIsSeen() {
    String edited = create("edited while tabs are hidden", "0 4 1 1 *", "works");
    go(page, "history"); // which follows no events
    streamsBecome(0, edited);
    try (PlainTabs tabs = new PlainTabs(page)) {
      String first = tabs.open(api.base() + "/scheduler/#/overview");
      streamsBecome(1, edited);
      String second = tabs.open("about:blank");
      streamsBecome(0, edited);
      assertThat(tabs.isHidden(first)).isTrue();
      tabs.show(first);
      streamsBecome(1, edited);
      assertThat(tabs.isHidden(second)).isTrue();
    }
  }

  /** Waits; the server sees that a stream ended when it has something to write: edits of a job. */
  private void streamsBecome(int number, String edited) {
    await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(300))
        .atMost(PATIENCE)
        .until(
            () -> {
              api.send("PATCH", edited, "{\"command\": \"%s\"}".formatted(Instant.now()));
              String metrics = api.get("/scheduler/metrics").body();
              return metrics.contains("\naction_scheduler_event_streams %d.0\n".formatted(number));
            });
  }

  @Test
  void anActionIsCreatedWithItsNextTimesInViewEditedDisabledFiredAndDeleted() {
    go(page, "actions?edit=new");
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("weekly");
    page.getByLabel("Schedule", new Page.GetByLabelOptions().setExact(true)).fill("0 9 * * 1");
    assertThat(page.locator(".dialog")).containsText("Next ten fires");
    assertThat(page.locator(".dialog .times li").first())
        .containsText(Pattern.compile("Mon .*09:00:00"));
    button("Create").click();
    assertThat(page.locator("h1")).hasText("weekly");

    button("Edit").click();
    page.getByLabel("Schedule", new Page.GetByLabelOptions().setExact(true)).fill("30 9 * * 2");
    assertThat(page.locator(".dialog .times li").last())
        .containsText(Pattern.compile("Tue .*09:30:00"));
    button("Save").click();
    assertThat(page.locator(".head .sub")).containsText("30 9 * * 2");

    button("Disable").click();
    assertThat(page.locator(".head .sub")).containsText("disabled");
    button("Fire now").click();
    assertThat(page.locator(".panel").filter(new Locator.FilterOptions().setHasText("Runs")).last())
        .containsText("by hand");
    assertThat(page.locator("main")).containsText("changed");

    button("Delete").first().click();
    page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete"))
        .click();
    assertThat(page.locator("h1")).hasText("Actions");
    page.getByLabel("Search names and commands").fill("weekly");
    assertThat(page.getByText("No action matches")).isVisible();
  }

  @Test
  void whatARunPrintsIsFollowedWhileItRuns() throws Exception {
    String job = create("talk", "0 3 1 1 *", "talks");
    go(page, "actions/" + job.substring(job.lastIndexOf('/') + 1));
    button("Fire now").click();
    assertThat(page.getByLabel("Output so far")).hasText(Pattern.compile("half way\\s*"));

    Files.createFile(talkEnds);
    assertThat(page.getByLabel("Output so far")).hasCount(0);
    assertThat(page.locator("main")).containsText("by hand");
  }

  @Test
  void aFaultOfTheScheduleIsToldWhileTyping() {
    go(page, "actions?edit=new");
    page.getByLabel("Schedule", new Page.GetByLabelOptions().setExact(true)).fill("61 * * * *");
    assertThat(page.locator(".dialog .error").first()).containsText("0 to 59");
    page.getByLabel("Schedule", new Page.GetByLabelOptions().setExact(true)).fill("0 0 30 2 *");
    assertThat(page.locator(".dialog")).containsText("never fires");
    page.getByLabel("Schedule", new Page.GetByLabelOptions().setExact(true)).fill("30 2 28 * *");
    page.getByLabel("Time zone", new Page.GetByLabelOptions().setExact(true)).fill("Europe/Berlin");
    assertThat(page.locator(".dialog")).containsText("Clocks change on");
    assertThat(page.locator(".dialog")).containsText("Missed fires: ");
    assertThat(page.locator(".dialog")).containsText("The busiest minute");
    page.keyboard().press("Escape");
    assertThat(page.locator(".dialog")).containsText("Your changes are not saved");
    button("Discard").click();
    assertThat(page.locator(".dialog")).hasCount(0);
  }

  @Test
  void whenSomebodyElseChangedTheRowBothVersionsAreShown() {
    String job =
        api.post(
                "/scheduler/api/v1/jobs",
                "{\"name\": \"shared\", \"schedule_expr\": \"0 1 * * *\"}")
            .header("Location");
    String id = job.substring(job.lastIndexOf('/') + 1);
    go(page, "actions?edit=" + id);
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("mine");
    api.send("PATCH", job, "{\"name\": \"theirs\"}");
    button("Save").click();

    assertThat(page.locator(".dialog")).containsText("Somebody else changed this action meanwhile");
    assertThat(page.locator(".dialog")).containsText("theirs");
    button("Overwrite with mine").click();
    assertThat(page.locator(".dialog")).hasCount(0);
    assertThat(api.get(job).object().get("name")).isEqualTo("mine");
  }

  @Test
  void actionsAreSearchedFilteredAndPaged() {
    go(page, "actions");
    assertThat(page.locator("tbody tr")).hasCount(50);
    button("Next").click();
    assertThat(page).hasURL(Pattern.compile(".*page=2.*"));
    page.getByLabel("Search names and commands").fill("tenant 4");
    assertThat(page.locator("tbody tr")).hasCount(10);
    page.getByLabel("Search names and commands").fill("sync");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(row("sync users").locator(".strip")).isVisible();
    page.getByLabel("Search names and commands").fill("");
    assertThat(page.locator("tbody tr")).hasCount(50); // else the address still has the search
    page.getByLabel("Filter by schedule").fill("3s");
    page.keyboard().press("Enter");
    assertThat(page.locator("tbody tr")).hasCount(1);
    page.reload(); // the state is in the address
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(row("sync users")).isVisible();
    page.getByLabel("Filter by schedule").fill("");
    page.keyboard().press("Enter");
    only("Filter by callback", "nowhere", "notify");
    only("Filter by owner", "tenant 07", "tenant 07");
    page.getByLabel("Sort by").selectOption("next_run_at");
    assertThat(page).hasURL(Pattern.compile(".*sort=next_run_at.*"));
    assertThat(page.locator("tbody tr").first())
        .containsText(Pattern.compile("poll|sync users|notify|onerror"));
    page.getByLabel("State", new Page.GetByLabelOptions().setExact(true)).selectOption("never");
    assertThat(page.getByText("No action matches")).isVisible();
    button("Show all").click();
    page.getByLabel("Source").selectOption("crm");
    assertThat(row("from the service")).isVisible();
    assertThat(page.locator("main")).containsText("are edited there");
    assertThat(button("Edit")).hasCount(0);
  }

  /** Filters, sees one action, and takes the filter out again. */
  private void only(String filter, String text, String action) {
    page.getByLabel(filter).fill(text);
    page.keyboard().press("Enter");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(row(action)).isVisible();
    page.getByLabel(filter).fill("");
    page.keyboard().press("Enter");
    assertThat(page.locator("tbody tr")).hasCount(50);
  }

  @Test
  void manyActionsAreChangedAfterTheirNumberWasShownAndUndone() throws Exception {
    go(page, "actions?q=tenant%205");
    assertThat(page.locator("tbody tr")).hasCount(10);
    button("Disable…").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("10 actions match the filter");
    button("Disable 10").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("10 of 10 disabled");
    Download undo = page.waitForDownload(() -> page.getByText("Save the undo file").click());
    assertThat(Files.readString(undo.path())).contains("tenant 50", "tenant 59");
    assertThat(page.locator("tbody")).containsText("disabled");
    button("Undo").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("10 of 10 put back as they were");
    button("Close").click();
    assertThat(page.locator("tbody")).not().containsText("disabled");
  }

  @Test
  void theWeekShowsWhoIsInItsBusiestMinutesAndWhatMovingThemWouldDo() {
    String moved = create("moved", "0 2 * * *", "works");
    go(page, "week");
    page.locator("tbody tr button").first().click();
    assertThat(page.locator("main")).containsText("tenant 00");
    Locator panel =
        page.getByRole(
            AriaRole.REGION, new Page.GetByRoleOptions().setName("Move an action").setExact(true));
    row("tenant 00")
        .dragTo(page.locator("canvas"), new Locator.DragToOptions().setTargetPosition(400, 40));
    assertThat(panel).containsText("the busiest minute has");
    panel.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel")).click();
    row("moved")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Move…"))
        .click();
    panel.locator("input").fill("14:07"); // in Berlin, in winter; the action is in UTC
    assertThat(panel).containsText("With 7 13 * * * this minute has");
    button("Move it").click();
    assertThat(page.getByText("is moved.")).isVisible();
    assertThat(api.get(moved).object().get("schedule_expr")).isEqualTo("7 13 * * *");
  }

  @Test
  void anOutageIsForetold() {
    go(page, "outage?from=2027-01-05T02:30&to=2027-01-05T03:30");
    assertThat(page.locator(".tile").first()).containsText("fires fall due meanwhile");
    assertThat(row("tenant 00"))
        .containsText(Pattern.compile("1\\s*1\\s*0\\s*0$")); // due, delivered, merged, expired
  }

  @Test
  void aHeldBacklogIsFoundFromTheOverviewAndDecidedActionByActionOrAsAWhole() {
    go(page, "overview");
    assertThat(page.locator(".problems")).containsText("Backlog held");
    assertThat(page.locator(".sentence")).containsText("missed fires that wait for a decision");
    page.getByText("decide").first().click();
    assertThat(page.locator("h1")).hasText("Held backlog");
    assertThat(row("report"))
        .containsText(
            Pattern.compile("10\\s*[01]\\s*0\\s*(10|9)$")); // due, delivered, merged, expired
    page.getByLabel("Choose report").check();
    assertThat(page.locator(".bar.sticky")).containsText("1 chosen, 10 fires");
    button("Drop").click();
    page.keyboard().press("Escape");
    assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    button("Drop").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Drop: 10 missed fires of 1 action?");
    Locator answer =
        page.getByRole(AriaRole.DIALOG)
            .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Drop"));
    assertThat(answer).isFocused();
    page.keyboard().press("Enter");
    assertThat(row("report")).hasCount(0);
    button("Merge").click();
    page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Merge"))
        .click();
    assertThat(page.getByText("Nothing is held")).isVisible();
    go(page, "history?status=dropped");
    assertThat(page.locator("tbody tr").first()).containsText("dropped by an operator");
  }

  @Test
  void theHistoryIsFilteredAndExported() throws Exception {
    await()
        .atMost(PATIENCE)
        .until(() -> !api.get("/scheduler/api/v1/runs?status=failed").list("runs").isEmpty());
    go(page, "history?status=failed");
    assertThat(page.locator("tbody tr").first()).containsText("failed");
    page.locator("tbody tr button").first().click();
    assertThat(page.locator("main")).containsText("no such warehouse");
    assertThat(Files.readString(downloaded("Export CSV")))
        .startsWith("id,job_id,job_name")
        .contains("sync users")
        .doesNotContain("success");
    assertThat(Files.readString(downloaded("Export JSON lines")).lines())
        .isNotEmpty()
        .allMatch(line -> line.startsWith("{") && line.contains("\"failed\""));
  }

  private Path downloaded(String link) {
    return page.waitForDownload(() -> page.getByText(link).click()).path();
  }

  @Test
  void anActionIsCreatedAndDeletedWithTheKeyboardAlone() {
    go(page, "history");
    page.locator("body").press("/");
    assertThat(page.getByLabel("Go to a view or find an action")).isFocused();
    page.keyboard().type("new action");
    assertThat(page.locator(".palette li").first()).containsText("New action");
    page.keyboard().press("Enter");
    assertThat(page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true))).isFocused();
    page.keyboard().type("by keyboard");
    page.keyboard().press("Tab");
    page.keyboard().type("0 5 * * *");
    assertThat(page.locator(".dialog")).containsText("Next ten fires");
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).hasText("by keyboard");

    button("Delete").focus();
    page.keyboard().press("Enter");
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog.getByRole(AriaRole.BUTTON).first()).isFocused(); // which is "Cancel"
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).hasText("Actions");
  }

  @Test
  void aMomentOfTheTimelineIsAskedAboutWithAClickOrTyped() {
    String id = api.get("/scheduler/api/v1/jobs?q=poll").list("jobs").get(0).get("id").toString();
    go(page, "actions/" + id);
    page.locator("svg.timeline").click();
    Locator answer =
        page.locator(".panel").filter(new Locator.FilterOptions().setHasText("What happened at"));
    assertThat(answer.locator(".note").first()).isVisible();
    assertThat(page).hasURL(Pattern.compile(".*[?&]at=.*")); // to be sent to a colleague
    page.getByLabel("Click a moment, or type it").fill("2001-02-03T04:05:06");
    assertThat(answer).containsText("03 Feb 2001, 04:05:06");
    assertThat(answer).containsText("unknown");
    answer.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("close")).click();
    assertThat(answer).hasCount(0);
  }

  @Test
  void whenAnActionWasDisabledIsSeenOnItsTimeline() {
    String job = create("on and off", "2s", "works");
    String id = job.substring(job.lastIndexOf('/') + 1);
    assertThat(api.post(job + "/pause", "").status()).isLessThan(300);
    go(page, "actions/" + id);
    Locator timeline = page.locator("svg.timeline");
    assertThat(timeline.locator(".pause")).hasCount(1);
    assertThat(timeline.locator("title").last()).containsText("disabled"); // what is to come
    button("Enable").click();
    assertThat(timeline.locator("title").last()).containsText("planned");
    assertThat(timeline.locator(".pause")).hasCount(1);
    assertThat(page.getByText("delivered of scheduled, last day")).isVisible();
    assertThat(page.locator("table.edits")).containsText("enabled: null → false");
    assertThat(page.getByRole(AriaRole.IMG, named("Duration of the latest runs"))).isVisible();
    api.send("DELETE", job, "");
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  @Test
  void whatIsRejectedIsFoundFromTheOverviewWithItsFault() {
    go(page, "overview");
    Locator told =
        page.locator(".problems li")
            .filter(new Locator.FilterOptions().setHasText("not understood"));
    assertThat(told).containsText("99");
    told.getByText("show").click();
    assertThat(page.locator("main")).containsText("This row is rejected.");
    assertThat(page.locator("main")).containsText("is edited there");
    go(page, "actions?source=crm&status=rejected");
    assertThat(page.locator("tbody tr")).hasCount(2);
    assertThat(page.locator("tbody .error").first()).containsText("99");
    assertThat(page.locator("tbody .error").last()).containsText("onerror");
  }

  @Test
  void tabsShareOneConnectionToTheEvents() {
    go(page, "overview");
    Page second = page.context().newPage();
    second.navigate(api.base() + "/scheduler/#/actions");
    assertThat(second.locator("tbody tr").first()).isVisible();
    for (Page tab : List.of(page, second)) { // each asks its worker, and holds no stream itself
      assertThat(
              (Boolean)
                  tab.evaluate(
                      "() => performance.getEntriesByType('resource')"
                          + ".every((one) => !one.name.includes('/api/v1/events'))"))
          .isTrue();
    }
    second.waitForFunction("() => performance.now() > 1000"); // by then it follows the events, too
    await()
        .pollInSameThread() // a page is for one thread
        .atMost(PATIENCE)
        .until(() -> Browser.sharedWorkers(page) > 0);
    assertThat(Browser.sharedWorkers(page)).isEqualTo(1);
    second.close();
  }

  @Test
  void theKeyboardReachesEveryViewThroughThePalette() {
    go(page, "overview");
    page.locator("body").press("/");
    page.getByLabel("Go to a view or find an action").fill("sync us");
    assertThat(page.getByRole(AriaRole.OPTION).first()).containsText("sync users");
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).hasText("sync users");
  }

  @Test
  void whoMayOnlyLookIsOfferedNoEdit() {
    Page reader = signedIn(Look.LIGHT, READER);
    go(reader, "actions");
    assertThat(reader.locator("tbody tr").first()).isVisible();
    assertThat(reader.getByText("New action")).hasCount(0);
    assertThat(reader.getByText("Fire now")).hasCount(0);
    reader.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out")).click();
    assertThat(reader.getByLabel("API key")).isVisible();
    reader.context().close();
  }

  @Test
  void aWrongKeyIsToldAndLetsNobodyIn() {
    Page stranger = browser.page(Look.LIGHT);
    stranger.navigate(api.base() + "/scheduler/#/history");
    stranger.getByLabel("API key").fill("wrong");
    stranger.keyboard().press("Enter");
    assertThat(stranger.getByRole(AriaRole.ALERT)).isVisible();
    assertThat(stranger.getByText("Past fires")).hasCount(0);
    stranger.context().close();
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void everyViewStandsUpToHostileTextAndHasNoGraveFaultForPeopleWithImpairments(Look look) {
    Page looked = browser.page(look);
    Browser.watchJumps(looked);
    looked.navigate(api.base() + "/scheduler/");
    List<String> faults = new ArrayList<>();
    assertThat(looked.getByLabel("API key")).isVisible();
    keep(looked, look, "sign-in", faults);
    signIn(looked, ALL);
    String hostile = hostileId();
    for (String view :
        new String[] {
          "overview",
          "actions",
          "actions?q=no-such-action",
          "actions/" + hostile,
          "actions?edit=" + hostile,
          "week?at=2027-01-05T02:00:00Z",
          "outage?from=2027-01-05T02:30&to=2027-01-05T03:30",
          "actions?source=crm&status=rejected",
          "backlog",
          "history?status=failed",
          "history"
        }) {
      go(looked, view);
      assertThat(looked.locator("h1").first()).isVisible();
      looked.waitForFunction("() => !document.querySelector('.loading')");
      keep(looked, look, view, faults);
    }
    looked.locator("body").press("/");
    looked.getByLabel("Go to a view or find an action").fill("o");
    assertThat(looked.locator(".palette li").nth(2)).isVisible();
    keep(looked, look, "palette", faults);
    assertThat(faults).isEmpty();
    assertThat(browser.faults()).isEmpty();
    looked.context().close();
  }

  /** Keeps a picture of a view, and tells what is wrong with it. */
  private static void keep(Page looked, Look look, String view, List<String> faults) {
    String name =
        view.replaceAll("/.*", "-one").replaceAll("=[^&]*", "").replaceAll("[^a-z]+", "-");
    Browser.picture(looked, name + "-" + look.name().toLowerCase(java.util.Locale.ROOT));
    Browser.grave(looked, looksDiffer(look)).forEach(fault -> faults.add(view + ": " + fault));
    if (!(Boolean)
        looked.evaluate("() => document.documentElement.scrollWidth <= innerWidth + 1")) {
      faults.add(view + ": is wider than its window");
    }
    Browser.jump(looked).ifPresent(jump -> faults.add(view + ": jumps while it loads: " + jump));
  }

  /** What a look can change; all rules are checked in the first look. */
  private static List<String> looksDiffer(Look look) {
    return switch (look) {
      case LIGHT -> List.of();
      case DARK -> List.of("color-contrast");
      case PHONE -> List.of("color-contrast", "scrollable-region-focusable", "target-size");
    };
  }

  private String hostileId() {
    return api.get("/scheduler/api/v1/jobs?q=onerror").list("jobs").get(0).get("id").toString();
  }
}
