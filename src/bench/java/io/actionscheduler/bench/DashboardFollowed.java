package io.actionscheduler.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.Browser;
import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The first page, open for ten minutes beside 1,000 fires a second. */
final class DashboardFollowed implements Benchmark {
  private static final int ACTIONS = 1_000;
  private static final Duration WARM = Duration.ofMinutes(2);
  private static final Duration FOLLOWED = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "dashboard-followed";
  }

  @Override
  public String work() {
    return "1,000 actions each second to standard output, the overview open in Chromium: after two"
        + " minutes, ten more. Memory is the heap of the tab's scripts after a collection, each half"
        + " minute; its growth is the mean of the last three minutes less that of the first three."
        + " CPU is that of all renderer processes.";
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    Path folder = session.folder();
    Cadence cadence = Cadence.every(1);
    ActionTable.sqlite(folder.resolve("database.db"), ACTIONS, i -> cadence.cron(i % 200));
    String config = Configs.sqlite("internal.db", true, 3_600) + "http: {port: 0}\n";
    try (Scheduler scheduler =
            Launch.in(folder).config(config).stdoutTo(DashboardFollowed::drain).start();
        Browser browser = Browser.start()) {
      scheduler.awaitReady();
      Page page = browser.page(Browser.Look.LIGHT);
      page.navigate(ApiClient.of(scheduler).base() + "/#/overview");
      page.waitForSelector(".sentence");
      CDPSession tab = page.context().newCDPSession(page);
      tab.send("Performance.enable");
      CDPSession whole = page.context().browser().newBrowserCDPSession();
      Pause.until(Instant.now().plus(WARM));

      List<Double> heap = new ArrayList<>();
      double cpuBefore = rendererSeconds(whole);
      Instant begun = Instant.now();
      for (Instant at = begun; at.isBefore(begun.plus(FOLLOWED)); at = at.plus(LOOK)) {
        Pause.until(at.plus(LOOK));
        page.evaluate("() => 0"); // has Playwright take in what the browser said meanwhile
        tab.send("HeapProfiler.collectGarbage");
        heap.add(metric(tab, "JSHeapUsedSize") / 1e6);
      }
      double seconds = Duration.between(begun, Instant.now()).toMillis() / 1e3;
      double cpu = (rendererSeconds(whole) - cpuBefore) / seconds * 100;
      int three = heap.size() * 3 / 10;
      double growth =
          mean(heap.subList(heap.size() - three, heap.size())) - mean(heap.subList(0, three));
      out.accept(Row.of("heap of the tab", Figures.of(heap), "MB"));
      out.accept(Row.of("growth of the heap", Figures.of(growth), "MB").atMost(0.5));
      out.accept(Row.of("CPU of the renderers, of one core", Figures.of(cpu), "%").atMost(10));
    }
  }

  private static void drain(InputStream lines) {
    try {
      lines.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double mean(List<Double> figures) {
    return figures.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static double metric(CDPSession tab, String name) {
    JsonArray metrics = tab.send("Performance.getMetrics").getAsJsonArray("metrics");
    for (JsonElement metric : metrics) {
      JsonObject one = metric.getAsJsonObject();
      if (one.get("name").getAsString().equals(name)) {
        return one.get("value").getAsDouble();
      }
    }
    throw new IllegalStateException("the browser has no metric " + name);
  }

  private static double rendererSeconds(CDPSession browser) {
    double seconds = 0;
    for (JsonElement process :
        browser.send("SystemInfo.getProcessInfo").getAsJsonArray("processInfo")) {
      JsonObject one = process.getAsJsonObject();
      if (one.get("type").getAsString().equals("renderer")) {
        seconds += one.get("cpuTime").getAsDouble();
      }
    }
    return seconds;
  }
}
