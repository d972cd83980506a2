package io.actionscheduler.callback.common;

import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/** The reasons in exceptions of libraries: the outer ones often say only that something failed. */
public final class Reasons {
  private static final int LONGEST = 1_000;

  private Reasons() {}

  /**
   * The messages of {@code e} and of its causes, the deepest last, with colons between them. One
   * that only repeats those below it is left out; without any, the name of the exception.
   */
  public static String of(Throwable e) {
    Deque<String> deepestFirst = new ArrayDeque<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable at = e; at != null && seen.add(at); at = at.getCause()) {
      String message = message(at);
      if (!message.isBlank()) {
        deepestFirst.push(message.strip());
      }
    }
    Deque<String> told = new ArrayDeque<>();
    for (String message : deepestFirst) {
      if (told.stream().noneMatch(message::contains)) {
        told.push(message);
      }
    }
    String reason = told.isEmpty() ? e.getClass().getSimpleName() : String.join(": ", told);
    return reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + "…";
  }

  /** The message, completed by what only the class of the exception says. */
  private static String message(Throwable e) {
    String message = String.valueOf(e.getMessage());
    if (e.getMessage() == null) {
      return "";
    }
    if (e instanceof NoSuchFileException) {
      return message + " (No such file)";
    }
    if (e instanceof AccessDeniedException) {
      return message + " (Permission denied)";
    }
    return e instanceof UnknownHostException && message.matches("\\S+")
        ? message + " (unknown host)"
        : message;
  }
}
