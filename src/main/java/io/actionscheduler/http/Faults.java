package io.actionscheduler.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All faults of a request, each with its place. */
public final class Faults {
  private static final int MOST = 50;

  private final List<Map<String, Object>> all = new ArrayList<>();

  /**
   * Adds a fault of a body.
   *
   * @param pointer where, as a JSON pointer: {@code /retry_policy/max_retries}
   * @param detail value and remedy
   */
  public void add(String pointer, String detail) {
    put("pointer", "#" + pointer, detail);
  }

  /** Adds a fault of a parameter in the address. */
  public void addParameter(String name, String detail) {
    put("parameter", name, detail);
  }

  private void put(String where, String place, String detail) {
    if (all.size() < MOST) {
      Map<String, Object> fault = new LinkedHashMap<>();
      fault.put(where, place);
      fault.put("detail", detail);
      all.add(fault);
    }
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /**
   * Throws a problem if there are faults.
   *
   * @throws Problem 422 that names each of them; 400 where they are in parameters
   */
  public void throwIfAny() throws Problem {
    if (!all.isEmpty()) {
      throw toProblem();
    }
  }

  /** All of them as one answer. */
  public Problem toProblem() {
    String first = all.get(0).get("detail").toString();
    String more = all.size() == 1 ? "" : " (and " + (all.size() - 1) + " more)";
    boolean body = all.get(0).containsKey("pointer");
    return Problem.of(
            body ? 422 : 400,
            (all.get(0).get(body ? "pointer" : "parameter")) + ": " + first + more)
        .with("errors", List.copyOf(all));
  }
}
