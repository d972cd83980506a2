package io.actionscheduler.http;

import io.actionscheduler.text.DidYouMean;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the parameters in an address as the route declares them. */
final class Parameters {
  private Parameters() {}

  /**
   * The values by name: {@code String}, {@code Long} or {@code Boolean}.
   *
   * @param query as it came, still encoded; empty for none
   * @throws Problem 400 that names each one that is unknown, set twice or not allowed
   */
  static Map<String, Object> read(Route route, String query) throws Problem {
    if (query.isEmpty()) {
      return Map.of();
    }
    Faults faults = new Faults();
    Map<String, Object> values = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        read(route, name, equals < 0 ? "" : decode(pair.substring(equals + 1)), values, faults);
      }
    }
    faults.throwIfAny();
    return new HashMap<>(values);
  }

  private static void read(
      Route route, String name, String text, Map<String, Object> values, Faults faults) {
    Schema schema = route.parameters().get(name);
    if (schema == null) {
      String known = String.join(", ", route.parameters().keySet());
      faults.addParameter(
          name.length() > 60 ? name.substring(0, 60) + "…" : name,
          "unknown parameter"
              + DidYouMean.hint(name, route.parameters().keySet())
              + (known.isEmpty() ? "; this path takes none" : "; known: " + known));
      return;
    }
    Object value = value(schema, text);
    Faults found = new Faults();
    schema.check(value, "", found);
    if (!found.isEmpty()) {
      String detail = found.toProblem().getMessage();
      faults.addParameter(name, detail.substring(detail.indexOf(": ") + 2));
    } else if (values.put(name, value) != null) {
      faults.addParameter(name, "is set twice; write it once");
    }
  }

  private static Object value(Schema schema, String text) {
    Object type = schema.json().get("type");
    if ("integer".equals(type) && text.matches("-?[0-9]{1,18}")) {
      return Long.parseLong(text);
    }
    if ("boolean".equals(type)) {
      return switch (text) {
        case "true", "1", "" -> true;
        case "false", "0" -> false;
        default -> text; // the schema refuses such text
      };
    }
    return text;
  }

  private static String decode(String text) throws Problem {
    try {
      byte[] bytes =
          URLDecoder.decode(text, StandardCharsets.ISO_8859_1)
              .getBytes(StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Problem.of(400, "the parameters of the address are not text in UTF-8");
    } catch (IllegalArgumentException e) {
      throw Problem.of(
          400,
          "the address has a % without two hexadecimal digits after it; write %25 for a plain one");
    }
  }
}
