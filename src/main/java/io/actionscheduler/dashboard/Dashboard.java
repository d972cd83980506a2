package io.actionscheduler.dashboard;

import io.actionscheduler.http.PageFiles;
import io.actionscheduler.http.Route;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** What every view needs, in the order in which it is needed: all of it is asked for at once. */
  private static final List<String> FIRST =
      List.of(
          "first.js",
          "preact.js",
          "base.js",
          "api.js",
          "app.js",
          "live.js",
          "words.js",
          "charts.js",
          "overview.js",
          "actions.js");

  /** What some views need, and loads behind the first one. */
  private static final List<String> LATER =
      List.of(
          "style.css",
          "icon.svg",
          "stream.js",
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
    List<String> names = Stream.concat(FIRST.stream(), LATER.stream()).toList();
    String folder =
        "/assets/" + PageFiles.version(names.stream().map(Dashboard::resource).toList()) + "/";
    String base = escaped(basePath);
    PageFiles files = new PageFiles(POLICY);
    names.forEach(name -> files.addLasting(folder + name, resource(name)));
    return files
        .add(
            "/",
            FILES + "index.html",
            Map.of(
                "__BASE__",
                base,
                "__ASSETS__/",
                base + folder,
                "__PRELOADS__",
                FIRST.stream()
                    .map(
                        name ->
                            "<link rel=\"modulepreload\" href=\"" + base + folder + name + "\">")
                    .collect(Collectors.joining("\n"))))
        .routes();
  }

  private static String resource(String name) {
    return name.equals("preact.js") ? PREACT : FILES + name;
  }

  private static String escaped(String basePath) {
    return basePath.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
  }
}
