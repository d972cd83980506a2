package io.actionscheduler.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody who mistyped a word may have meant. */
final class Suggestion {
  private static final int LONGEST = 100;

  private Suggestion() {}

  /** {@code ; did you mean X?}, or nothing. */
  static String among(String word, Collection<String> known) {
    return nearest(word, known).map(Suggestion::asked).orElse("");
  }

  static String asked(String suggestion) {
    return "; did you mean " + suggestion + "?";
  }

  /** The known word with the fewest typing errors between, or empty when none is near. */
  static Optional<String> nearest(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    String typed = plain(word);
    return known.stream()
        .filter(candidate -> distance(typed, plain(candidate)) <= allowed(typed, candidate))
        .min(
            Comparator.<String>comparingInt(candidate -> distance(typed, plain(candidate)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int allowed(String typed, String candidate) {
    return Math.max(1, Math.min(typed.length(), candidate.length()) / 3);
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** Letters put in, left out, replaced, or swapped with their neighbour. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        cost[i][j] =
            Math.min(
                Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
