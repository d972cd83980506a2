package io.actionscheduler.text;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that an unknown one most likely means. */
public final class DidYouMean {
  private DidYouMean() {}

  /**
   * The one of {@code known} that is nearest to {@code word}, letter case aside, or empty when none
   * is near: more than a third of its letters would have to change.
   */
  public static Optional<String> nearest(String word, Collection<String> known) {
    String written = word.toLowerCase(Locale.ROOT);
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String candidate : known) {
      int allowed = Math.max(1, candidate.length() / 3);
      if (Math.abs(written.length() - candidate.length()) > allowed) {
        continue; // a word may be a whole file by mistake
      }
      int edits = edits(written, candidate.toLowerCase(Locale.ROOT));
      if (edits <= allowed && edits < least) {
        least = edits;
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** {@code ; did you mean kafka?} behind a message, or nothing when no known word is near. */
  public static String hint(String word, Collection<String> known) {
    return nearest(word, known).map(DidYouMean::asked).orElse("");
  }

  /**
   * {@code ; did you mean kafka? known: email, kafka} behind a message, or only {@code ; known:
   * email, kafka} when no known word is near.
   */
  public static String among(String word, Collection<String> known) {
    String hint = hint(word, known);
    return hint + (hint.isEmpty() ? "; known: " : " known: ") + String.join(", ", known);
  }

  /** {@code ; did you mean kafka?} */
  public static String asked(String meant) {
    return "; did you mean " + meant + "?";
  }

  /** Letters put in, taken out, replaced, or swapped with their neighbour. */
  private static int edits(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + same);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}
