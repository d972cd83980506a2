package io.actionscheduler.dashboard;

import io.actionscheduler.http.PageFiles;
import io.actionscheduler.http.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page at {@code /}: files that only call the HTTP API, so a script can do everything that the
 * page does. Anybody may load them; they contain no data.
 */
public final class Dashboard {
  private static final String FILES = "io/actionscheduler/dashboard/";
  private static final String PREACT =
      "META-INF/resources/_static/htm/3.1.1/preact/standalone.module.js";

  /** No inline scripts or styles, no eval, and nothing from other servers. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  /** Asks for the first answers while the rest is on its way. */
  private static final String FIRST = "first";

  /** What the views of every day need; each module behind those that it imports from. */
  private static final List<String> MODULES =
      List.of("preact", "base", "api", "live", "words", "charts", "overview", "actions", "app");

  /** What some views need. */
  private static final List<String> LATER =
      List.of("history", "action", "bulk", "editor", "week", "outage", "backlog", "palette");

  private static final String MAIN_FILE = "app.js";
  private static final String LATER_FILE = "later.js";

  private Dashboard() {}

  /**
   * Its routes.
   *
   * @param basePath of the API; the addresses of the page begin with it, too
   */
  public static List<Route> routes(String basePath) {
    Map<String, String> texts = texts();
    String folder = "/assets/" + PageFiles.version(texts.values()) + "/";
    String base = escaped(basePath);
    PageFiles files = new PageFiles(POLICY);
    texts.forEach((name, text) -> files.addLasting(folder + name, text));
    return files
        .add("/", FILES + "index.html", Map.of("__BASE__", base, "__ASSETS__/", base + folder))
        .routes();
  }

  /** The files of the page, by name. */
  static Map<String, String> texts() {
    Bundle main =
        new Bundle(MAIN_FILE)
            .beside(FIRST, source(FIRST))
            .with(MODULES, Dashboard::source, LATER_FILE);
    Bundle later = new Bundle(LATER_FILE).behind(main).with(LATER, Dashboard::source, LATER_FILE);
    Map<String, String> texts = new LinkedHashMap<>();
    for (String file : List.of(FIRST + ".js", "stream.js", "style.css", "icon.svg")) {
      String text = PageFiles.text(FILES + file);
      texts.put(file, file.endsWith(".js") ? Bundle.bare(text) : text);
    }
    texts.put(MAIN_FILE, main.text());
    texts.put(LATER_FILE, later.text());
    return texts;
  }

  private static String source(String module) {
    return PageFiles.text(module.equals("preact") ? PREACT : FILES + module + ".js");
  }

  private static String escaped(String basePath) {
    return basePath.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
  }
}
