package io.actionscheduler.text;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value as it stands in a YAML text, with its line. */
public sealed interface YamlNode {
  /** Counted from 1; 0 where there is none. */
  int line();

  /** What YAML 1.1 makes of a scalar. */
  enum Kind {
    TEXT,
    /** {@code true no on} … */
    FLAG,
    /** A plain decimal whole number; every other way to write one is {@link #TEXT}. */
    WHOLE,
    /** A plain decimal fraction. */
    FRACTION,
    /** {@code null}, {@code ~} or nothing at all. */
    NOTHING
  }

  /**
   * @param text as written, without quotes
   */
  record Scalar(String text, Kind kind, int line) implements YamlNode {
    public Scalar {
      requireNonNull(text, "text is null");
      requireNonNull(kind, "kind is null");
    }
  }

  /** A list. */
  record Sequence(List<YamlNode> items, int line) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** Names to values, in the order of the text. */
  record Mapping(Map<String, Member> members, int line) implements YamlNode {
    public Mapping {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }

  /**
   * @param line of the name
   */
  record Member(YamlNode value, int line) {}

  /** The node for a value as {@link Json#parse} gives it, all of it on {@code line}. */
  static YamlNode of(Object value, int line) {
    if (value == null) {
      return new Scalar("", Kind.NOTHING, line);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Member> members = new LinkedHashMap<>();
      map.forEach(
          (name, member) -> members.put(name.toString(), new Member(of(member, line), line)));
      return new Mapping(members, line);
    }
    if (value instanceof List<?> list) {
      List<YamlNode> items = new ArrayList<>();
      list.forEach(item -> items.add(of(item, line)));
      return new Sequence(items, line);
    }
    Kind kind =
        value instanceof Boolean
            ? Kind.FLAG
            : value instanceof Double || value instanceof BigDecimal
                ? Kind.FRACTION
                : value instanceof Number ? Kind.WHOLE : Kind.TEXT;
    return new Scalar(value.toString(), kind, line);
  }

  /**
   * The value alone: {@code Map<String, Object>}, {@code List}, {@code String}, {@code Boolean},
   * numbers as {@link Json#parse} gives them, and null.
   */
  default Object plain() {
    if (this instanceof Mapping mapping) {
      Map<String, Object> members = new LinkedHashMap<>();
      mapping.members().forEach((name, member) -> members.put(name, member.value().plain()));
      return members;
    }
    if (this instanceof Sequence sequence) {
      List<Object> items = new ArrayList<>();
      sequence.items().forEach(item -> items.add(item.plain()));
      return items;
    }
    Scalar scalar = (Scalar) this;
    return switch (scalar.kind()) {
      case TEXT -> scalar.text();
      case FLAG -> Yaml.isTrue(scalar.text());
      case WHOLE -> whole(new BigInteger(scalar.text()));
      case FRACTION -> Json.fraction(scalar.text());
      case NOTHING -> null;
    };
  }

  private static Number whole(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
  }
}
