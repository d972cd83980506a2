package io.actionscheduler.http;

import io.actionscheduler.text.Quoted;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kinds of {@link Schema}. */
public final class Schemas {
  private static final int SHOWN = 60;

  private Schemas() {}

  /** Text of {@code least} to {@code most} characters. */
  public static Schema text(int least, int most) {
    Map<String, Object> json = type("string");
    if (least > 0) {
      json.put("minLength", least);
    }
    json.put("maxLength", most);
    return new Plain(
        json,
        (value, at, faults) -> {
          if (!(value instanceof String text)) {
            faults.add(at, shown(value) + " is not text");
          } else if (text.codePointCount(0, text.length()) < least) {
            faults.add(at, "is too short; allowed are " + least + " to " + most + " characters");
          } else if (text.codePointCount(0, text.length()) > most) {
            faults.add(at, "is too long; allowed are " + least + " to " + most + " characters");
          } else if (text.indexOf('\0') >= 0) {
            faults.add(at, "holds a NUL character, which no database stores");
          }
        });
  }

  /** Any text. */
  public static Schema text() {
    return new Plain(type("string"), Schemas::checkText);
  }

  /** A moment in ISO 8601, with its offset. */
  public static Schema time() {
    Map<String, Object> json = type("string");
    json.put("format", "date-time");
    return new Plain(json, Schemas::checkText);
  }

  /** One of {@code words}. */
  public static Schema oneOf(String... words) {
    List<String> known = List.of(words);
    Map<String, Object> json = type("string");
    json.put("enum", known);
    return new Plain(
        json,
        (value, at, faults) -> {
          if (!(value instanceof String text) || !known.contains(text)) {
            faults.add(at, shown(value) + " is unknown; allowed: " + String.join(", ", known));
          }
        });
  }

  /** A whole number. */
  public static Schema whole(long least, long most) {
    Map<String, Object> json = type("integer");
    json.put("minimum", least);
    json.put("maximum", most);
    return new Plain(
        json,
        (value, at, faults) -> {
          if (!(value instanceof Long number) || number < least || number > most) {
            String allowed = " is not allowed; allowed are whole numbers from ";
            faults.add(at, shown(value) + allowed + least + " to " + most);
          }
        });
  }

  /** A number, whole or not. */
  public static Schema number(double least, double most) {
    Map<String, Object> json = type("number");
    json.put("minimum", least);
    json.put("maximum", most);
    return new Plain(
        json,
        (value, at, faults) -> {
          double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
          if (!(number >= least && number <= most)) {
            String allowed = " is not allowed; allowed are numbers from ";
            faults.add(at, shown(value) + allowed + plain(least) + " to " + plain(most));
          }
        });
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  public static Schema flag() {
    return new Plain(
        type("boolean"),
        (value, at, faults) -> {
          if (!(value instanceof Boolean)) {
            faults.add(at, shown(value) + " is neither true nor false");
          }
        });
  }

  /** Any JSON value. */
  public static Schema any() {
    return new Plain(new LinkedHashMap<>(), (value, at, faults) -> {});
  }

  /** An object of any members. */
  public static Schema open() {
    return new Plain(
        type("object"),
        (value, at, faults) -> {
          if (!(value instanceof Map<?, ?>)) {
            faults.add(at, shown(value) + " is not an object");
          }
        });
  }

  /** A list of {@code most} items at most. */
  public static Schema listOf(Schema item, int most) {
    Map<String, Object> json = type("array");
    json.put("items", item.json());
    json.put("maxItems", most);
    return new Plain(
        json,
        (value, at, faults) -> {
          if (!(value instanceof List<?> list)) {
            faults.add(at, shown(value) + " is not a list");
          } else if (list.size() > most) {
            faults.add(at, "has " + list.size() + " items; allowed are " + most + " at most");
          } else {
            for (int i = 0; i < list.size(); i++) {
              item.check(list.get(i), at + "/" + i, faults);
            }
          }
        },
        item);
  }

  /** What {@code schema} allows, and null. */
  public static Schema orNull(Schema schema) {
    Map<String, Object> json = new LinkedHashMap<>(schema.json());
    Object type = json.get("type");
    if (type instanceof String one && !json.containsKey("enum")) {
      json.put("type", List.of(one, "null"));
    } else if (!json.isEmpty()) {
      json.clear();
      json.put("anyOf", List.of(schema.json(), Map.of("type", "null")));
    }
    return new Plain(
        json,
        (value, at, faults) -> {
          if (value != null) {
            schema.check(value, at, faults);
          }
        },
        schema);
  }

  /** What one of {@code schemas} allows; they differ in their JSON types. */
  public static Schema either(Schema... schemas) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("anyOf", Arrays.stream(schemas).map(Schema::json).toList());
    return new Plain(
        json,
        (value, at, faults) -> {
          List<Faults> each = new ArrayList<>();
          for (Schema schema : schemas) {
            Faults found = new Faults();
            schema.check(value, at, found);
            each.add(found);
          }
          if (each.stream().noneMatch(Faults::isEmpty)) {
            boolean sameType = false;
            for (Schema schema : schemas) {
              if (!sameType && JsonTypes.isOf(schema, value)) {
                sameType = true;
                schema.check(value, at, faults); // this one says what is wrong with it
              }
            }
            if (!sameType) {
              faults.add(
                  at,
                  JsonTypes.inWords(JsonTypes.of(value))
                      + " is not allowed here; allowed are "
                      + JsonTypes.inWords(schemas));
            }
          }
        },
        schemas);
  }

  /** {@code schema} with a sentence about it. */
  public static Schema described(String text, Schema schema) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (schema.json().containsKey("$ref")) {
      json.put("allOf", List.of(schema.json()));
    } else {
      json.putAll(schema.json());
    }
    json.put("description", text);
    return new Plain(json, schema::check, schema);
  }

  private static void checkText(Object value, String at, Faults faults) {
    if (!(value instanceof String)) {
      faults.add(at, shown(value) + " is not text");
    }
  }

  private static Map<String, Object> type(String name) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", name);
    return json;
  }

  /** A value as messages show it. */
  static String shown(Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Map<?, ?>) {
      return "an object";
    }
    if (value instanceof List<?>) {
      return "a list";
    }
    String text = value instanceof BigInteger ? "a number of that size" : value.toString();
    return Quoted.quote(text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
  }

  /** Checks a value. */
  @FunctionalInterface
  interface Check {
    void check(Object value, String at, Faults faults);
  }

  /**
   * A schema without a name.
   *
   * @param parts the schemas that it refers to
   */
  record Plain(Map<String, Object> json, Check how, Schema... parts) implements Schema {
    @Override
    public void check(Object value, String at, Faults faults) {
      how.check(value, at, faults);
    }
  }
}
