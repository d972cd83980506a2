package io.actionscheduler.text;

import io.actionscheduler.schedule.OddCharacters;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * A character that looks like a space or a colon and is none, where YAML needs one: {@code key:}
 * before a no-break space. YAML takes the line for a text, and complains about what follows.
 */
final class OddSyntax {
  /** A name and its colon, or the dash of a list, and what follows instead of a space. */
  private static final Pattern BEGINNING =
      Pattern.compile("^\\s*(?:- +)*+(?:[\\w.\"'-]*\\w[\"']? *:?|-)(?<odd>[^\\x00-\\x7f])");

  private OddSyntax() {}

  /** Looks from the line before the one that the parser complains about. */
  static Optional<InvalidYaml> find(String text, MarkedYAMLException e) {
    Mark last = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    if (last == null) {
      return Optional.empty();
    }
    Mark first = e.getContextMark() == null ? last : e.getContextMark();
    List<String> lines = text.lines().limit(last.getLine() + 1L).toList();
    int from = Math.min(Math.min(first.getLine(), last.getLine()), lines.size());
    do {
      from--;
    } while (from > 0 && lines.get(from).isBlank());
    return find(lines, Math.max(0, from));
  }

  /** Looks at all lines of a text that YAML takes for a single value. */
  static Optional<InvalidYaml> find(String text) {
    return find(text.lines().toList(), 0);
  }

  private static Optional<InvalidYaml> find(List<String> lines, int from) {
    for (int i = from; i < lines.size(); i++) {
      Matcher found = BEGINNING.matcher(lines.get(i));
      if (found.find() && isOdd(found.group("odd").codePointAt(0), lines.get(i), found.start(1))) {
        int odd = found.group("odd").codePointAt(0);
        return Optional.of(
            new InvalidYaml(
                Quoted.quote(lines.get(i).substring(0, found.start("odd")).strip())
                    + " is followed by "
                    + OddCharacters.name(odd)
                    + ", as in text that was copied from a web page or a document; write "
                    + (OddCharacters.isUnseen(odd) ? "a space" : "a colon and a space"),
                i + 1,
                found.start("odd") + 1));
      }
    }
    return Optional.empty();
  }

  /** A space that is none behind a colon or a dash, or a colon that is none behind a name. */
  private static boolean isOdd(int character, String line, int at) {
    boolean colon = character == 0xff1a || character == 0xfe55 || character == 0x2236;
    char before = line.charAt(at - 1);
    return before == ':' || before == '-' ? OddCharacters.isUnseen(character) : colon;
  }
}
