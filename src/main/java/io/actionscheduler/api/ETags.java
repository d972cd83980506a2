package io.actionscheduler.api;

import io.actionscheduler.http.Call;
import io.actionscheduler.http.Problem;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.text.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Identifies a version of a row; computed from all of its values. */
final class ETags {
  private ETags() {}

  static String of(ActionRow row) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(Json.write(row.values()).getBytes(StandardCharsets.UTF_8));
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 15));
      return "\"" + text + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /**
   * The condition on a row that the header {@code If-Match} states; without it, every row meets it.
   *
   * @throws Problem 400 where the header is no ETag
   */
  static Predicate<ActionRow> expected(Call call) throws Problem {
    Optional<String> header = call.header("if-match").map(String::strip);
    if (header.isEmpty() || header.get().equals("*")) {
      return row -> true;
    }
    List<String> tags = Arrays.stream(header.get().split(",")).map(String::strip).toList();
    for (String tag : tags) {
      if (!tag.matches("(W/)?\"[^\"]*\"")) {
        throw Problem.of(400, "If-Match: " + tag + " is no ETag; send the one that you got");
      }
    }
    return row -> tags.contains(of(row)); // a weak one never matches, as RFC 9110 has it
  }

  /** Whether {@code If-None-Match} names {@code tag}: the client has this version already. */
  static boolean isKnown(Call call, String tag) {
    return call.header("if-none-match").stream()
        .flatMap(header -> Arrays.stream(header.split(",")))
        .map(String::strip)
        .anyMatch(one -> one.equals("*") || one.replaceFirst("^W/", "").equals(tag));
  }
}
