package io.actionscheduler.torture;

import io.actionscheduler.torture.Ordeal.Account;
import io.actionscheduler.torture.Verdict.End;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Targets against deliveries over time, as SVG: a band for each action, its upper half a stroke for
 * each target, coloured by how it ended, its lower half one for each delivery; faults behind them.
 */
final class Picture {
  private static final int LEFT = 60;
  private static final int TOP = 40;
  private static final int BAND = 18;

  private final Account account;
  private final Instant begin;
  private final double scale;
  private final List<Integer> actions;
  private final StringBuilder svg = new StringBuilder();

  private Picture(Account account) {
    this.account = account;
    TreeSet<Integer> ids = new TreeSet<>();
    TreeSet<Instant> times = new TreeSet<>();
    for (Target target : account.verdict().ends().keySet()) {
      ids.add(target.action());
      times.add(target.at());
    }
    this.actions = List.copyOf(ids);
    this.begin = times.first();
    double seconds = Duration.between(begin, times.last()).toMillis() / 1000.0 + 15;
    this.scale = Math.max(1.6, 1200 / seconds);
    int width = (int) (LEFT + seconds * scale);
    int height = TOP + actions.size() * BAND + 30;
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"9\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
            width,
            height,
            width));
  }

  static String svg(Account account) {
    Picture picture = new Picture(account);
    picture.legend();
    account.faults().stream().filter(fault -> fault.action().isEmpty()).forEach(picture::fault);
    picture.actions.forEach(picture::band);
    return picture.svg.append("</svg>\n").toString();
  }

  private void legend() {
    double x = LEFT;
    for (End end : End.values()) {
      x = entry(x, color(end), end.name().toLowerCase(Locale.ROOT));
    }
    x = entry(x, "#555", "received (lower half)");
    for (Fault.Kind kind : Fault.Kind.values()) {
      if (account.faults().stream()
          .anyMatch(fault -> fault.kind() == kind && fault.action().isEmpty())) {
        x = entry(x, color(kind), kind.label);
      }
    }
  }

  private double entry(double x, String color, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.0f\" y=\"8\" width=\"9\" height=\"9\" fill=\"%s\"/>"
                + "<text x=\"%.0f\" y=\"16\">%s</text>%n",
            x,
            color,
            x + 12,
            text));
    return x + 24 + text.length() * 5;
  }

  private void fault(Fault fault) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\" opacity=\".3\">"
                + "<title>%s %s</title></rect>%n",
            x(fault.from()),
            TOP - 10,
            Math.max(1, x(fault.to()) - x(fault.from())),
            actions.size() * BAND + 10,
            color(fault.kind()),
            fault.kind().label,
            fault.from()));
  }

  private void band(int action) {
    int y = TOP + actions.indexOf(action) * BAND;
    svg.append(
        String.format("<text x=\"4\" y=\"%d\">action %d</text>%n", y + BAND / 2 + 3, action));
    Map<End, StringBuilder> strokes = new EnumMap<>(End.class);
    account
        .verdict()
        .ends()
        .forEach(
            (target, end) -> {
              if (target.action() == action) {
                stroke(strokes.computeIfAbsent(end, e -> new StringBuilder()), target.at(), y + 2);
              }
            });
    strokes.forEach((end, path) -> path(path, color(end)));
    StringBuilder received = new StringBuilder();
    account.receipts().stream()
        .filter(receipt -> receipt.action() == action && receipt.accepted())
        .forEach(receipt -> stroke(received, receipt.receivedAt(), y + 9));
    path(received, "#555");
  }

  private void stroke(StringBuilder path, Instant at, int y) {
    path.append(String.format(Locale.ROOT, "M%.1f %dv6", x(at), y));
  }

  private void path(StringBuilder strokes, String color) {
    svg.append(
        String.format("<path d=\"%s\" stroke=\"%s\" stroke-width=\".9\"/>%n", strokes, color));
  }

  private double x(Instant at) {
    return LEFT + Duration.between(begin, at).toMillis() / 1000.0 * scale;
  }

  private static String color(End end) {
    return switch (end) {
      case DELIVERED -> "#2a8a3e";
      case MERGED -> "#2667c9";
      case EXPIRED -> "#d9a300";
      case UNCERTAIN -> "#bbb";
      case LOST -> "#e00000";
    };
  }

  private static String color(Fault.Kind kind) {
    return switch (kind) {
      case KILL -> "#e2574c";
      case START, TERM -> "#b98be0";
      case PAUSE, LEASE_LOST -> "#5aa9e6";
      case STORE_FULL, STORE_AWAY, STORE_CUT_BEFORE, STORE_CUT_AFTER -> "#e6b35a";
      case TARGET_AWAY, TARGET_CUT_BEFORE, TARGET_CUT_AFTER, REFUSAL, LOST_ANSWER -> "#7fcf9b";
      case SECOND_PROCESS -> "#999";
      case CLOCK_STEP, STALL -> "#e68acb";
    };
  }
}
