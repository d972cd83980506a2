package io.actionscheduler.text;

import io.actionscheduler.schedule.OddCharacters;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as plain Java values: {@code Map<String, Object>} (in the order of the text), {@code List},
 * {@code String}, {@code Boolean}, {@code Long}, {@code BigInteger}, {@code Double}, {@code
 * BigDecimal} (a fraction that no {@code Double} is) and null.
 */
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Pattern UNEXPECTED =
      Pattern.compile("(?s)Unexpected character \\('.{0,2}' \\(code ([0-9]{1,7})[^)]*\\)\\)");

  private Json() {}

  /**
   * The value that {@code text} holds, with nothing after it; the message of a fault has line and
   * column.
   *
   * @throws InvalidJson when it is not JSON, or something follows the value
   */
  public static Object parse(String text) throws InvalidJson {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw new InvalidJson("empty where JSON is expected");
      }
      Object value = read(parser);
      if (parser.nextToken() != null) {
        throw new InvalidJson("more text after the end of the JSON value");
      }
      return value;
    } catch (JacksonException e) {
      throw new InvalidJson(
          withoutParser(e.getOriginalMessage())
              + (e.getLocation() == null
                  ? ""
                  : " (line "
                      + e.getLocation().getLineNr()
                      + ", column "
                      + e.getLocation().getColumnNr()
                      + ")"));
    }
  }

  /** A message without what only who has the parser's code can do something about. */
  private static String withoutParser(String message) {
    Matcher unexpected = UNEXPECTED.matcher(message);
    if (unexpected.find() && OddCharacters.isOdd(Integer.parseInt(unexpected.group(1)))) {
      // It is not seen, or looks like another: a message that shows it would not help.
      String named = "unexpected " + OddCharacters.name(Integer.parseInt(unexpected.group(1)));
      return withoutParser(message.replace(unexpected.group(), named));
    }
    return message
        .replaceAll(" \\(start marker at .*?]\\)", "")
        .replaceAll(", from `[^`]*`", "")
        .replaceAll(": enable `[^`]*` to allow", "");
  }

  /** Compact JSON, members in the order of their map. */
  public static String write(Object value) {
    StringWriter out = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      write(generator, value);
    }
    return out.toString();
  }

  /** Compact JSON with the members of every map sorted: equal values give equal text. */
  public static String canonical(Object value) {
    return write(sorted(value));
  }

  private static Object read(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, read(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(read(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> {
        BigInteger number = parser.getBigIntegerValue();
        yield number.bitLength() < 64 ? (Object) number.longValue() : number;
      }
      case VALUE_NUMBER_FLOAT -> fraction(parser.getString());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no value at " + token);
    };
  }

  /**
   * The number that {@code text} is: a {@code Double} where that is exactly it, or else a {@code
   * BigDecimal}, so that no digit is lost.
   */
  static Number fraction(String text) {
    BigDecimal exact = new BigDecimal(text);
    double near = exact.doubleValue();
    return Double.isFinite(near) && BigDecimal.valueOf(near).compareTo(exact) == 0
        ? (Number) near
        : exact;
  }

  private static void write(JsonGenerator out, Object value) {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      map.forEach(
          (name, member) -> {
            out.writeName(name.toString());
            write(out, member);
          });
      out.writeEndObject();
    } else if (value instanceof Collection<?> list) {
      out.writeStartArray();
      list.forEach(member -> write(out, member));
      out.writeEndArray();
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Integer || value instanceof Long) {
      out.writeNumber(((Number) value).longValue());
    } else if (value instanceof BigInteger number) {
      out.writeNumber(number);
    } else if (value instanceof BigDecimal number) {
      out.writeNumber(number);
    } else if (value instanceof Number number) {
      out.writeNumber(number.doubleValue());
    } else {
      out.writeString(value.toString());
    }
  }

  private static Object sorted(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> members = new TreeMap<>();
      map.forEach((name, member) -> members.put(name.toString(), sorted(member)));
      return members;
    }
    if (value instanceof List<?> list) {
      List<Object> members = new ArrayList<>();
      list.forEach(member -> members.add(sorted(member)));
      return members;
    }
    return value;
  }
}
