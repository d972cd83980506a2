package io.actionscheduler.move.systemd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A line of {@code ExecStart=}: words with systemd's quotes, which become a shell command line of
 * the same effect.
 */
final class ExecLine {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\$|\\$\\{([A-Za-z_][A-Za-z0-9_]*)}|\\$([A-Za-z_][A-Za-z0-9_]*)");
  private static final String PREFIXES = "@-:+!";

  private final String prefixes;
  private final List<String> words;

  /** Why a line cannot be taken over. */
  static final class Unreadable extends Exception {
    Unreadable(String reason) {
      super(reason);
    }
  }

  private ExecLine(String prefixes, List<String> words) {
    this.prefixes = prefixes;
    this.words = words;
  }

  /**
   * Reads {@code text}.
   *
   * @param unit the name of the unit, for specifiers such as {@code %i}
   */
  static ExecLine read(String text, String unit) throws Unreadable {
    int begin = 0;
    while (begin < text.length() && PREFIXES.indexOf(text.charAt(begin)) >= 0) {
      begin++;
    }
    List<String> words = words(text.substring(begin), unit);
    String prefixes = text.substring(0, begin);
    if (words.isEmpty()) {
      throw new Unreadable("the command is missing");
    }
    if (prefixes.contains("@") && words.size() > 1) {
      words.remove(1); // argv[0] of the program
    }
    return new ExecLine(prefixes, words);
  }

  /** Splits a value of systemd into words, such as assignments of {@code Environment=}. */
  static List<String> words(String text, String unit) throws Unreadable {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      if (sign == '\\' && i + 1 < text.length()) {
        i += escape(text, i + 1, word);
        inWord = true;
      } else if (quote != 0) {
        if (sign == quote) {
          quote = 0;
        } else {
          word.append(sign);
        }
      } else if (sign == '"' || sign == '\'') {
        quote = sign;
        inWord = true;
      } else if (Character.isWhitespace(sign)) {
        if (inWord) {
          words.add(specified(word.toString(), unit));
        }
        word.setLength(0);
        inWord = false;
      } else {
        word.append(sign);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new Unreadable("a quote is not closed");
    }
    if (inWord) {
      words.add(specified(word.toString(), unit));
    }
    return words;
  }

  /** Appends the character of the escape at {@code at}; gives the length of the escape. */
  private static int escape(String text, int at, StringBuilder word) throws Unreadable {
    char sign = text.charAt(at);
    int plain = "abfnrtvs\\\"'".indexOf(sign);
    if (plain >= 0) {
      word.append("\u0007\b\f\n\r\t\u000b \\\"'".charAt(plain));
      return 1;
    }
    if (sign == 'x' && text.substring(at).matches("(?s)x[0-9a-fA-F]{2}.*")) {
      word.append((char) Integer.parseInt(text.substring(at + 1, at + 3), 16));
      return 3;
    }
    if (sign == ';') {
      word.append(';');
      return 1;
    }
    throw new Unreadable("the escape \\" + sign + " is not known");
  }

  /** Replaces {@code %n} and other specifiers that the name of the unit decides. */
  private static String specified(String word, String unit) throws Unreadable {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) != '%' || i + 1 == word.length()) {
        all.append(word.charAt(i));
        continue;
      }
      char of = word.charAt(++i);
      String plain = unit.replaceFirst("\\.[a-z]+$", "");
      int instance = plain.indexOf('@');
      String prefix = instance < 0 ? plain : plain.substring(0, instance);
      switch (of) {
        case '%' -> all.append('%');
        case 'n' -> all.append(unit);
        case 'N' -> all.append(plain);
        case 'p' -> all.append(prefix);
        case 'i' -> all.append(instance < 0 ? "" : plain.substring(instance + 1));
        default ->
            throw new Unreadable(
                "the specifier %" + of + " is filled in by systemd; write its value");
      }
    }
    return all.toString();
  }

  /** Whether systemd runs it as root whatever the user. */
  boolean isPrivileged() {
    return prefixes.contains("+");
  }

  /** Whether it may fail. */
  boolean mayFail() {
    return prefixes.contains("-");
  }

  /**
   * The command line of a shell that it starts, {@code /bin/sh -c "…"}; empty if it starts another
   * program, or systemd puts values of variables into the line.
   */
  Optional<String> ofShell() {
    if (words.size() != 3
        || !words.get(0).equals("/bin/sh")
        || !words.get(1).equals("-c")
        || mayFail()) {
      return Optional.empty();
    }
    String line = words.get(2);
    if (prefixes.contains(":")) {
      return Optional.of(line);
    }
    return VARIABLE.matcher(line).results().allMatch(of -> of.group().equals("$$"))
        ? Optional.of(line.replace("$$", "$"))
        : Optional.empty();
  }

  /** The command line for a shell. */
  String shell() {
    boolean plain = prefixes.contains(":"); // variables are not replaced
    return words.stream()
        .map(word -> plain ? quoted(word) : withVariables(word))
        .collect(Collectors.joining(" "));
  }

  /** {@code ${NAME}} stays one word; {@code $NAME} alone is split at blanks, as by a shell. */
  private static String withVariables(String word) {
    Matcher variable = VARIABLE.matcher(word);
    if (variable.matches() && variable.group(2) != null) {
      return word;
    }
    variable.reset();
    StringBuilder all = new StringBuilder();
    int end = 0;
    while (variable.find()) {
      if (variable.group(2) != null) {
        continue;
      }
      all.append(literal(word.substring(end, variable.start())));
      all.append(variable.group(1) == null ? "'$'" : "\"${" + variable.group(1) + "}\"");
      end = variable.end();
    }
    all.append(literal(word.substring(end)));
    return all.length() == 0 ? "''" : all.toString();
  }

  private static String literal(String text) {
    return text.isEmpty() ? "" : quoted(text);
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
