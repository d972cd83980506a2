package io.actionscheduler.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of the system, without a window. */
public final class Browser implements AutoCloseable {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;
  private final List<String> faults = new ArrayList<>();

  private Browser(Path executable) {
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(
                        List.of( // root needs the first; the others keep it off the network
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  /** Where it is installed; empty on a machine without one: {@code apt-get install chromium}. */
  public static Optional<Path> installed() {
    return PLACES.stream().filter(Files::isExecutable).findFirst();
  }

  /** Starts it. */
  public static Browser start() {
    return new Browser(installed().orElseThrow());
  }

  /** How somebody looks at a page. */
  public enum Look {
    LIGHT(ColorScheme.LIGHT, 1320, 900),
    DARK(ColorScheme.DARK, 1320, 900),
    PHONE(ColorScheme.LIGHT, 390, 844);

    private final ColorScheme scheme;
    private final int width;
    private final int height;

    Look(ColorScheme scheme, int width, int height) {
      this.scheme = scheme;
      this.width = width;
      this.height = height;
    }
  }

  /** A new page, as somebody who was never here before sees it. */
  public Page page(Look look) {
    BrowserContext context =
        browser.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(look.width, look.height)
                .setColorScheme(look.scheme)
                .setReducedMotion(ReducedMotion.REDUCE) // nothing is looked at half faded in
                .setTimezoneId("Europe/Berlin"));
    Page page = context.newPage();
    page.setDefaultTimeout(60_000);
    page.onPageError(faults::add);
    page.onDialog(
        dialog -> {
          faults.add("a dialog opened: " + dialog.message());
          dialog.dismiss();
        });
    return page;
  }

  /** Errors of scripts and dialogs so far. */
  public List<String> faults() {
    return List.copyOf(faults);
  }

  /**
   * What is wrong with a page for people with impairments, of the two gravest kinds.
   *
   * @param rules of axe that are checked; none for all, which takes a second
   */
  public static List<String> grave(Page page, List<String> rules) {
    if (!(Boolean) page.evaluate("() => !!window.axe")) {
      page.evaluate(AXE);
    }
    Object found =
        page.evaluate(
            "async rules => (await axe.run(document, {resultTypes: ['violations'],"
                + " ...(rules.length ? {runOnly: rules} : {})})).violations"
                + ".filter((one) => ['serious', 'critical'].includes(one.impact))"
                + ".map((one) => one.id + ': ' + one.nodes.map((node) => node.html).slice(0, 3).join(' | '))",
            rules);
    return ((List<?>) found).stream().map(Object::toString).toList();
  }

  /** Has a page note what moves on it without being asked to; to be called before it is opened. */
  public static void watchJumps(Page page) {
    page.addInitScript(
        """
        window.jumps = [];
        new PerformanceObserver((list) => list.getEntries().filter((one) => !one.hadRecentInput)
          .forEach((one) => jumps.push({ by: one.value, what: one.sources
            .map((source) => source.node && (source.node.className || source.node.nodeName)) })))
          .observe({ type: 'layout-shift', buffered: true });
        """);
  }

  /**
   * What has moved on the page since this was asked last; empty where the sum of it is small: at
   * most 0.1 of Chromium's measure, which people hardly notice.
   */
  public static Optional<String> jump(Page page) {
    Object found =
        page.evaluate(
            "() => { const all = jumps.splice(0); const sum = all.reduce((so, one) => so + one.by, 0);"
                + " return sum > 0.1 ? sum.toFixed(2) + ' ' + JSON.stringify(all) : ''; }");
    return Optional.of(found.toString()).filter(text -> !text.isEmpty());
  }

  /** How many shared workers there are for the tabs of a page's session. */
  public static long sharedWorkers(Page page) {
    CDPSession whole = page.context().browser().newBrowserCDPSession();
    String own =
        info(page.context().newCDPSession(page).send("Target.getTargetInfo"), "targetInfo");
    long count = 0;
    for (JsonElement target : whole.send("Target.getTargets").getAsJsonArray("targetInfos")) {
      JsonObject one = target.getAsJsonObject();
      if (one.get("type").getAsString().equals("shared_worker")
          && one.get("browserContextId").getAsString().equals(own)) {
        count++;
      }
    }
    whole.detach();
    return count;
  }

  private static String info(JsonObject answer, String member) {
    return answer.getAsJsonObject(member).get("browserContextId").getAsString();
  }

  private static final String AXE = script("axe.min.js");

  private static String script(String name) {
    try (InputStream in = Browser.class.getClassLoader().getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps a picture of a page among what the build puts out. */
  public static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png")));
  }

  @Override
  public void close() {
    Stream.<AutoCloseable>of(browser, playwright)
        .forEach(
            one -> {
              try {
                one.close();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }
}
