package io.actionscheduler.dashboard;

import io.actionscheduler.http.PageFiles;
import io.actionscheduler.http.Route;
import java.util.List;

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

  private static final List<String> NAMES =
      List.of(
          "style.css",
          "icon.svg",
          "app.js",
          "api.js",
          "base.js",
          "live.js",
          "stream.js",
          "words.js",
          "charts.js",
          "overview.js",
          "actions.js",
          "action.js",
          "bulk.js",
          "editor.js",
          "week.js",
          "outage.js",
          "backlog.js",
          "history.js",
          "palette.js");

  private Dashboard() {}

  /**
   * Its routes.
   *
   * @param basePath of the API; the addresses of the page begin with it, too
   */
  public static List<Route> routes(String basePath) {
    String escaped = basePath.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    PageFiles files =
        new PageFiles(POLICY)
            .add("/", FILES + "index.html", "__BASE__", escaped)
            .add("/assets/preact.js", PREACT);
    NAMES.forEach(name -> files.add("/assets/" + name, FILES + name));
    return files.routes();
  }
}
