package io.actionscheduler.source;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A column of the action table that this program knows. */
public enum Column {
  ID(Kind.NUMBER, Part.ACTION, true),
  NAME(Kind.TEXT, Part.ACTION, true),
  COMMAND(Kind.TEXT, Part.ACTION, true),
  CRON(Kind.JSON, Part.ACTION, true),
  MERGE_MISSED(Kind.FLAG, Part.POLICY, true),
  ACTUALITY_TIME(Kind.NUMBER, Part.POLICY, true),
  ENABLED(Kind.FLAG, Part.POLICY, false),
  TIMEZONE(Kind.TEXT, Part.ACTION, false),
  START_DATE(Kind.TEXT, Part.ACTION, false),
  END_DATE(Kind.TEXT, Part.ACTION, false),
  JITTER(Kind.NUMBER, Part.ACTION, false),
  CALLBACK(Kind.TEXT, Part.POLICY, false),
  PARAMETERS(Kind.JSON, Part.ACTION, false),
  RETRY(Kind.JSON, Part.POLICY, false),
  OVERLAP(Kind.TEXT, Part.POLICY, false),
  CALENDAR(Kind.TEXT, Part.POLICY, false),
  OWNER_ID(Kind.TEXT, Part.PEOPLE, false),
  CREATED_AT(Kind.TIME, Part.PEOPLE, false),
  UPDATED_AT(Kind.TIME, Part.PEOPLE, false);

  /** What a column's values are. */
  enum Kind {
    NUMBER,
    TEXT,
    FLAG,
    JSON,
    TIME
  }

  /** What a column is for. */
  enum Part {
    /** What the action does, and when. */
    ACTION,
    /** How its fires are treated: a component of {@link io.actionscheduler.action.Policy}. */
    POLICY,
    /** For people: it changes nothing about the fires. */
    PEOPLE
  }

  /** Those that say what an action does, and how its fires are treated. */
  static final List<Column> OF_ACTIONS =
      Arrays.stream(values()).filter(column -> column.part != Part.PEOPLE).toList();

  /** Those that say how its fires are treated. */
  public static final List<Column> OF_POLICY =
      Arrays.stream(values()).filter(column -> column.part == Part.POLICY).toList();

  private final String sqlName = name().toLowerCase(Locale.ROOT);
  private final Kind kind;
  private final Part part;
  private final boolean needed;

  Column(Kind kind, Part part, boolean needed) {
    this.kind = kind;
    this.part = part;
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
