package io.actionscheduler.app.view;

import io.actionscheduler.schedule.InstantText;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.text.DidYouMean;
import io.actionscheduler.text.Quoted;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads values of options and parameters: words of a closed set, and times. */
public final class InputText {
  private InputText() {}

  /**
   * The constants that the words stand for, in any letter case; empty for none.
   *
   * @param name of the option or parameter, for messages: {@code --status}, {@code status}
   * @throws InvalidInput for a word that is none of them
   */
  public static <E extends Enum<E>> Set<E> words(
      String name, Collection<String> words, Class<E> type) throws InvalidInput {
    Set<E> chosen = EnumSet.noneOf(type);
    List<String> known = Arrays.stream(type.getEnumConstants()).map(Enum::toString).toList();
    for (String word : words) {
      int place = known.indexOf(word.strip().toLowerCase(Locale.ROOT));
      if (place < 0) {
        throw new InvalidInput(
            name + " " + Quoted.quote(word) + " is unknown" + DidYouMean.among(word, known));
      }
      chosen.add(type.getEnumConstants()[place]);
    }
    return chosen;
  }

  /**
   * The moment that {@code text} stands for.
   *
   * @param zone of a time without an offset
   * @throws InvalidInput when it is not a time
   */
  public static Instant time(String name, String text, ZoneId zone) throws InvalidInput {
    try {
      return InstantText.read(name, text, zone);
    } catch (InvalidSchedule e) {
      throw new InvalidInput(e.getMessage());
    }
  }
}
