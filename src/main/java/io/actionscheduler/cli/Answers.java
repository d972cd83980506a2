package io.actionscheduler.cli;

import io.actionscheduler.text.FireTimes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Answers questions about fire times: one line for each line, in order, on all processors. */
final class Answers {
  private static final int BATCH = 2_000;

  private final FireTimes times;
  private final LineReader questions;
  private final Output out;
  private final List<String> held = new ArrayList<>();

  Answers(FireTimes times, InputStream in, Output out) {
    this.times = times;
    this.questions = new LineReader(in, this::answerHeld);
    this.out = out;
  }

  /** Runs until the input ends; a client that waits for an answer gets it at once. */
  void run() throws IOException {
    for (var line = questions.next(); line.isPresent(); line = questions.next()) {
      held.add(line.get());
      if (held.size() == BATCH) {
        answerHeld();
      }
    }
    answerHeld();
  }

  private void answerHeld() {
    held.parallelStream().map(this::answer).toList().forEach(out::line);
    held.clear();
    out.flush();
  }

  private String answer(String line) {
    return line.length() > LineReader.LONGEST
        ? "{\"id\":null,\"error\":\"a line of more than " + LineReader.LONGEST + " bytes\"}"
        : times.answer(line);
  }
}
