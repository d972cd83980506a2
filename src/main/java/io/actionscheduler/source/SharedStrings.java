package io.actionscheduler.source;

/**
 * Shares equal short strings where this is cheap: a table of fixed size, in which each place holds
 * its latest string.
 */
final class SharedStrings {
  private static final int PLACES = 1 << 14;
  private static final int LONGEST = 200;

  private final String[] places = new String[PLACES];

  String shared(String text) {
    if (text.length() > LONGEST) {
      return text;
    }
    int hash = text.hashCode();
    int place = (hash ^ hash >>> 15) & PLACES - 1;
    if (text.equals(places[place])) {
      return places[place];
    }
    places[place] = text;
    return text;
  }
}
