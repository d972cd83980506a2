package io.actionscheduler.api;

import io.actionscheduler.http.PageFiles;
import io.actionscheduler.http.Route;
import java.util.List;

/**
 * {@code /docs} and {@code /redoc}: the API's description as pages. Both libraries set styles of
 * elements, which the policy of the other pages forbids; scripts come only from this server.
 */
final class DocPages {
  private static final String OWN = "io/actionscheduler/api/";
  private static final String SWAGGER = "META-INF/resources/webjars/swagger-ui/5.34.1/";
  private static final String REDOC = "META-INF/resources/webjars/redoc/2.1.5/";

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; font-src 'self'; connect-src 'self'; worker-src blob:; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private DocPages() {}

  static List<Route> routes() {
    return new PageFiles(POLICY)
        .add("/docs", OWN + "docs.html")
        .add("/docs/start.js", OWN + "docs.js")
        .add("/docs/swagger-ui.css", SWAGGER + "swagger-ui.css")
        .add("/docs/swagger-ui-bundle.js", SWAGGER + "swagger-ui-bundle.js")
        .add("/redoc", OWN + "redoc.html")
        .add("/docs/redoc-start.js", OWN + "redoc.js")
        .add("/docs/redoc.standalone.js", REDOC + "redoc.standalone.js")
        .routes();
  }
}
