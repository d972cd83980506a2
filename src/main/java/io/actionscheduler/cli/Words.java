package io.actionscheduler.cli;

import io.actionscheduler.text.DidYouMean;
import io.actionscheduler.text.Quoted;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Options that take words of a closed set. */
final class Words {
  private Words() {}

  /** The constants that the words stand for, in any letter case; empty for none. */
  static <E extends Enum<E>> Set<E> read(String option, List<String> words, Class<E> type)
      throws WrongUsage {
    Set<E> chosen = EnumSet.noneOf(type);
    List<String> known = Arrays.stream(type.getEnumConstants()).map(Enum::toString).toList();
    for (String word : words) {
      int place = known.indexOf(word.strip().toLowerCase(Locale.ROOT));
      if (place < 0) {
        throw new WrongUsage(
            option
                + " "
                + Quoted.quote(word)
                + " is unknown"
                + DidYouMean.hint(word, known)
                + "; known: "
                + String.join(", ", known));
      }
      chosen.add(type.getEnumConstants()[place]);
    }
    return chosen;
  }
}
