package io.actionscheduler.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

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

  /** What a client takes that can unpack; {@code q=0} says that it does not. */
  private static final Pattern GZIP =
      Pattern.compile("\\bgzip\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))", Pattern.CASE_INSENSITIVE);

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
    return add(path, type(resource), read(resource), ASK_EACH_TIME);
  }

  /**
   * Serves a text under a path that names this very text: browsers keep it and do not ask for it
   * again.
   *
   * @param path with a part that differs whenever the text does: see {@link #version}
   */
  public PageFiles addLasting(String path, String text) {
    return add(path, type(path), text.getBytes(StandardCharsets.UTF_8), KEEP);
  }

  /** A text that differs whenever one of {@code texts} differs. */
  public static String version(Collection<String> texts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    texts.forEach(text -> all.writeBytes(text.getBytes(StandardCharsets.UTF_8)));
    return hash(all.toByteArray());
  }

  /**
   * The text of a resource.
   *
   * @param resource where it is found, from the root of the class path
   * @throws IllegalArgumentException when there is no such resource
   */
  public static String text(String resource) {
    return new String(read(resource), StandardCharsets.UTF_8);
  }

  /**
   * As {@link #add(String, String)}, with texts put in the place of others: a page has to know
   * where the API is.
   *
   * @param replaced by the text that is replaced
   */
  public PageFiles add(String path, String resource, Map<String, String> replaced) {
    String text = text(resource);
    for (Map.Entry<String, String> each : replaced.entrySet()) {
      text = text.replace(each.getKey(), each.getValue());
    }
    return add(path, type(resource), text.getBytes(StandardCharsets.UTF_8), ASK_EACH_TIME);
  }

  private PageFiles add(String path, String type, byte[] bytes, String caching) {
    String tag = "W/\"" + hash(bytes) + "\""; // weak: packed or not, it is the same file
    Packed packed = new Packed(bytes);
    routes.add(
        Route.of(Method.GET, path)
            .open()
            .undescribed()
            .by(
                call ->
                    (call.header("if-none-match").filter(tag::equals).isPresent()
                            ? Answer.unchanged()
                            : packed.answer(type, call))
                        .with("ETag", tag)
                        .with("Vary", "Accept-Encoding")
                        .with("Cache-Control", caching)
                        .with("Content-Security-Policy", policy)));
    return this;
  }

  /** A file that is packed when somebody who can unpack it first asks for it. */
  private static final class Packed {
    private static final int WORTH_PACKING = 1_400; // what is shorter is one packet of the network

    private final byte[] plain;
    private byte[] packed; // null until it is asked for

    Packed(byte[] plain) {
      this.plain = plain;
    }

    Answer answer(String type, Call call) {
      boolean takesGzip =
          call.header("accept-encoding").filter(text -> GZIP.matcher(text).find()).isPresent();
      return takesGzip && plain.length > WORTH_PACKING
          ? Answer.bytes(type, packed()).with("Content-Encoding", "gzip")
          : Answer.bytes(type, plain);
    }

    private synchronized byte[] packed() {
      if (packed == null) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(all)) {
          out.write(plain);
        } catch (IOException e) {
          throw new UncheckedIOException(e); // writing to memory cannot fail
        }
        packed = all.toByteArray();
      }
      return packed;
    }
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

  private static String type(String file) {
    String ending = file.substring(file.lastIndexOf('.') + 1);
    return Optional.ofNullable(TYPES.get(ending))
        .orElseThrow(() -> new IllegalArgumentException("no type for files that end in " + ending));
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
