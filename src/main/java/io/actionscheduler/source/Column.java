package io.actionscheduler.source;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A column of the action table that this program knows. */
public enum Column {
  ID(Kind.NUMBER, true),
  NAME(Kind.TEXT, true),
  COMMAND(Kind.TEXT, true),
  CRON(Kind.JSON, true),
  MERGE_MISSED(Kind.FLAG, true),
  ACTUALITY_TIME(Kind.NUMBER, true),
  ENABLED(Kind.FLAG, false),
  TIMEZONE(Kind.TEXT, false),
  CALLBACK(Kind.TEXT, false),
  PARAMETERS(Kind.JSON, false),
  RETRY(Kind.JSON, false),
  OVERLAP(Kind.TEXT, false),
  OWNER_ID(Kind.TEXT, false),
  CREATED_AT(Kind.TIME, false),
  UPDATED_AT(Kind.TIME, false);

  /** What a column's values are. */
  enum Kind {
    NUMBER,
    TEXT,
    FLAG,
    JSON,
    TIME
  }

  /** Those that say what an action does; the rest is for people. */
  static final List<Column> OF_ACTIONS =
      Arrays.stream(values()).filter(column -> column.ordinal() <= OVERLAP.ordinal()).toList();

  private final String sqlName = name().toLowerCase(Locale.ROOT);
  private final Kind kind;
  private final boolean needed;

  Column(Kind kind, boolean needed) {
    this.kind = kind;
    this.needed = needed;
  }

  /** The known column of that name, in any letter case. */
  public static Optional<Column> named(String name) {
    return Arrays.stream(values())
        .filter(column -> column.sqlName.equalsIgnoreCase(name))
        .findAny();
  }

  /** As it is written in SQL and in messages. */
  public String sqlName() {
    return sqlName;
  }

  /** Whether a table without it cannot be worked with. */
  public boolean isNeeded() {
    return needed;
  }

  Kind kind() {
    return kind;
  }

  /** What may stand in it, for messages. */
  String allowed() {
    String value =
        switch (kind) {
          case NUMBER -> "allowed are whole numbers";
          case FLAG -> "allowed are true, false";
          case TEXT, TIME -> "allowed is text";
          case JSON -> "allowed is JSON";
        };
    return this == ID || this == COMMAND || this == CRON ? value : value + " and NULL";
  }

  @Override
  public String toString() {
    return sqlName;
  }
}
