package io.actionscheduler.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Serves files of pages from the program's resources; only the files that were added. */
public final class PageFiles {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "mjs", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2",
          "json", "application/json",
          "webmanifest", "application/manifest+json");

  private final String policy;
  private final List<Route> routes = new ArrayList<>();

  /**
   * @param policy the content security policy of these pages and their files
   */
  public PageFiles(String policy) {
    this.policy = policy;
  }

  /**
   * Serves one resource of the class path to anybody, without a key.
   *
   * @param path where it is served: {@code /assets/app.js}
   * @param resource where it is found, from the root of the class path
   * @throws IllegalArgumentException when there is no such resource
   */
  public PageFiles add(String path, String resource) {
    return add(path, resource, read(resource));
  }

  /** As {@link #add}, with one text replaced by another: pages have to know where the API is. */
  public PageFiles add(String path, String resource, String replaced, String by) {
    String text = new String(read(resource), StandardCharsets.UTF_8);
    return add(path, resource, text.replace(replaced, by).getBytes(StandardCharsets.UTF_8));
  }

  private PageFiles add(String path, String resource, byte[] bytes) {
    String type = type(resource.substring(resource.lastIndexOf('.') + 1));
    String tag = tag(bytes);
    routes.add(
        Route.of(Method.GET, path)
            .open()
            .undescribed()
            .by(
                call -> {
                  boolean known = call.header("if-none-match").filter(tag::equals).isPresent();
                  Answer answer = known ? Answer.unchanged() : Answer.bytes(type, bytes);
                  return answer
                      .with("ETag", tag)
                      .with("Cache-Control", "no-cache")
                      .with("Content-Security-Policy", policy);
                }));
    return this;
  }

  public List<Route> routes() {
    return List.copyOf(routes);
  }

  private static byte[] read(String resource) {
    try (InputStream in = PageFiles.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String type(String ending) {
    return Optional.ofNullable(TYPES.get(ending))
        .orElseThrow(() -> new IllegalArgumentException("no type for files that end in " + ending));
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "\"" + HexFormat.of().formatHex(hash, 0, 12) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
