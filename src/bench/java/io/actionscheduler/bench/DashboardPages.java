package io.actionscheduler.bench;

import com.microsoft.playwright.Page;
import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.Browser;
import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a look at 100,000 actions costs, on the server and in the browser. */
final class DashboardPages implements Benchmark {
  private static final int ACTIONS = 100_000;
  private static final int TIMES = 20;
  private static final int PAINTS = 5;

  /** The overview is made anew each second at most. */
  private static final long STALE_MILLIS = 1_100;

  @Override
  public String name() {
    return "dashboard";
  }

  @Override
  public String work() {
    return "100,000 actions on SQLite, each with a cron expression of its own, once on one to seven"
        + " days a week; after ten warm-up rounds. Milliseconds from the request to the last byte of"
        + " the answer, through a socket; then the first paint of the page of actions in Chromium.";
  }

  /** Minute, hour and a set of weekdays: another one for each action. */
  private static String cron(int action) {
    int days = 1 + action / 1_440 % 127;
    List<String> names = new ArrayList<>();
    for (int day = 0; day < 7; day++) {
      if ((days >> day & 1) != 0) {
        names.add(Integer.toString(day));
      }
    }
    return "%d %d * * %s".formatted(action % 60, action / 60 % 24, String.join(",", names));
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    Path folder = session.folder();
    ActionTable.sqlite(folder.resolve("database.db"), ACTIONS, DashboardPages::cron);
    String config = Configs.sqlite("internal.db", true, 3_600) + "http: {port: 0}\n";
    try (Scheduler scheduler =
        Launch.in(folder).config(config).stdoutTo(DashboardPages::drain).start()) {
      scheduler.awaitReady(Duration.ofMinutes(5));
      ApiClient api = ApiClient.of(scheduler);
      out.accept(measure(api, "first page, right after the start", "jobs?size=50"));
      out.accept(measure(api, "page 1,000 of 2,000", "jobs?size=50&page=1000").atMost(30));
      out.accept(measure(api, "last page", "jobs?size=50&page=2000").atMost(30));
      out.accept(measure(api, "first page", "jobs?size=50").atMost(30));
      out.accept(measure(api, "first page by name", "jobs?size=50&sort=name").atMost(30));
      out.accept(
          measure(api, "first page by next fire", "jobs?size=50&sort=next_run_at").atMost(30));
      out.accept(
          measure(api, "page 1,000 by next fire", "jobs?size=50&sort=next_run_at&page=1000")
              .atMost(30));
      out.accept(
          measure(
                  api,
                  "last 20 outcomes of the actions of a page",
                  "outcomes?count=20&job_ids=" + ids())
              .atMost(30));
      out.accept(
          measure(api, "search for the schedule \"17 4\"", "jobs?size=50&schedule=17%204")
              .atMost(100));
      for (String typed : List.of("4", "47", "action%204711", "nowhere")) {
        String what = "search for \"" + typed.replace("%20", " ") + "\"";
        out.accept(measure(api, what, "jobs?size=50&q=" + typed).atMost(100));
      }
      out.accept(measure(api, "who fires in a minute", "plan/minute?at=2027-01-04T05:00:00Z"));
      out.accept(measure(api, "heat map of a week", "plan/week?day=2027-01-04").atMost(300));
      out.accept(
          measure(api, "heat map of a week with a change of the clock", week("2027-03-28"))
              .atMost(300));
      out.accept(
          measure(
              api,
              "outage of a day",
              "plan/outage?from=2027-01-04T00:00:00Z&to=2027-01-05T00:00:00Z"));
      out.accept(overview(api).atMost(50));
      if (Browser.installed().isPresent()) {
        paints(api, out);
      }
    }
  }

  private static String ids() {
    return IntStream.rangeClosed(1, 50)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }

  private static String week(String day) {
    return "plan/week?day=" + day + "&timezone=Europe/Berlin";
  }

  private static void drain(java.io.InputStream lines) {
    try {
      lines.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static double millis(ApiClient api, String path) {
    long begun = System.nanoTime();
    ApiClient.Reply reply = api.get("/api/v1/" + path);
    double millis = (System.nanoTime() - begun) / 1e6;
    if (reply.status() != 200) {
      throw new IllegalStateException(path + ": " + reply.status() + " " + reply.body());
    }
    return millis;
  }

  private static Row measure(ApiClient api, String what, String path) {
    for (int i = 0; i < TIMES / 2; i++) {
      millis(api, path);
    }
    double[] figures = new double[TIMES];
    for (int i = 0; i < TIMES; i++) {
      figures[i] = millis(api, path);
    }
    return Row.millis(what, figures);
  }

  private static Row overview(ApiClient api) throws InterruptedException {
    double[] figures = new double[TIMES / 2];
    millis(api, "overview");
    for (int i = 0; i < figures.length; i++) {
      Thread.sleep(STALE_MILLIS); // else it is the one made before
      figures[i] = millis(api, "overview");
    }
    return Row.millis("overview, made anew", figures);
  }

  /** From the start of the navigation, in pages that were never open before. */
  private static void paints(ApiClient api, Consumer<Row> out) {
    double[] first = new double[PAINTS];
    double[] rows = new double[PAINTS];
    try (Browser browser = Browser.start()) {
      for (int i = -2; i < PAINTS; i++) { // the first two warm up
        Page page = browser.page(Browser.Look.LIGHT);
        page.addInitScript(
            "new MutationObserver((_, seen) => { if (document.querySelector('tbody tr')) {"
                + " seen.disconnect(); requestAnimationFrame(() => setTimeout(() => {"
                + " window.rowsAt = performance.now(); })); } })"
                + ".observe(document, {childList: true, subtree: true});");
        page.navigate(api.base() + "/#/actions");
        page.waitForFunction("() => window.rowsAt");
        if (i >= 0) {
          rows[i] = number(page, "() => window.rowsAt");
          first[i] =
              number(
                  page,
                  "() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
        }
        page.context().close();
      }
    }
    out.accept(Row.millis("first paint of the page of actions", first).atMost(300));
    out.accept(Row.millis("its first 50 of 100,000 actions are seen", rows).atMost(300));
  }

  private static double number(Page page, String script) {
    return Double.parseDouble(String.format(Locale.ROOT, "%s", page.evaluate(script)));
  }
}
