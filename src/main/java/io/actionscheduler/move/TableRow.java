package io.actionscheduler.move;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A row of a table of another program, whether it comes from a database or from an export of it.
 *
 * @param values by column in lower case; nulls stand for NULL
 */
public record TableRow(Map<String, Object> values) {
  private static final Set<String> TRUE = Set.of("1", "t", "true", "y", "yes", "on");

  public TableRow {
    requireNonNull(values, "values is null");
  }

  /** The value as text; empty for NULL. */
  public Optional<String> text(String column) {
    return Optional.ofNullable(values.get(column)).map(Object::toString).map(String::strip);
  }

  /** The value as text; empty text for NULL. */
  public String textOr(String column) {
    return text(column).orElse("");
  }

  /** The value as a whole number; empty where it is not one. */
  public Optional<Long> number(String column) {
    if (values.get(column) instanceof Boolean flag) {
      return Optional.of(flag ? 1L : 0L);
    }
    try {
      return text(column).map(value -> new BigDecimal(value).longValue());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether it is set; no for NULL. */
  public boolean flag(String column) {
    return values.get(column) instanceof Boolean flag
        ? flag
        : text(column).map(value -> TRUE.contains(value.toLowerCase(Locale.ROOT))).orElse(false);
  }

  /** Binary values, also as exports write them ({@code \x80…}); empty for all others. */
  public Optional<byte[]> bytes(String column) {
    Object value = values.get(column);
    if (value instanceof String text && text.matches("\\\\x([0-9a-fA-F]{2})*")) {
      return Optional.of(HexFormat.of().parseHex(text.substring(2)));
    }
    return value instanceof byte[] bytes ? Optional.of(bytes) : Optional.empty();
  }

  /** A moment; in UTC where none is named. Empty for NULL and for what is none. */
  public Optional<Instant> instant(String column) {
    if (values.get(column) instanceof Instant at) {
      return Optional.of(at);
    }
    Optional<String> text = text(column).map(value -> value.replaceFirst("^(\\S+) ", "$1T"));
    try {
      return text.map(value -> LocalDateTime.parse(value).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      try {
        return text.map(value -> value.replaceFirst("([+-]\\d{2})$", "$1:00"))
            .map(value -> OffsetDateTime.parse(value).toInstant());
      } catch (DateTimeParseException neither) {
        return Optional.empty();
      }
    }
  }
}
