package io.actionscheduler.http;

import java.io.ByteArrayOutputStream;
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

  private static final String ASK_EACH_TIME = "no-cache";
  private static final String KEEP = "public, max-age=31536000, immutable";

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
    return add(path, resource, read(resource), ASK_EACH_TIME);
  }

  /**
   * As {@link #add(String, String)}, for a path that names these very bytes: browsers keep the file
   * and do not ask for it again.
   *
   * @param path with a part that differs whenever the file does: see {@link #version}
   */
  public PageFiles addLasting(String path, String resource) {
    return add(path, resource, read(resource), KEEP);
  }

  /**
   * A text that differs whenever one of the files differs.
   *
   * @param resources where they are found, from the root of the class path
   * @throws IllegalArgumentException when one of them is missing
   */
  public static String version(List<String> resources) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    resources.forEach(resource -> all.writeBytes(read(resource)));
    return hash(all.toByteArray());
  }

  /**
   * As {@link #add(String, String)}, with texts put in the place of others: a page has to know
   * where the API is.
   *
   * @param replaced by the text that is replaced
   */
  public PageFiles add(String path, String resource, Map<String, String> replaced) {
    String text = new String(read(resource), StandardCharsets.UTF_8);
    for (Map.Entry<String, String> each : replaced.entrySet()) {
      text = text.replace(each.getKey(), each.getValue());
    }
    return add(path, resource, text.getBytes(StandardCharsets.UTF_8), ASK_EACH_TIME);
  }

  private PageFiles add(String path, String resource, byte[] bytes, String caching) {
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
                      .with("Cache-Control", caching)
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
    return "\"" + hash(bytes) + "\"";
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
