package io.actionscheduler.callback.process;

import io.actionscheduler.text.Quoted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names of the variables that hold parameters. Parameters that would become the same variable
 * are numbered: first the one whose name differs only by case, then the others in the order of
 * their names, so that the same names always give the same variables.
 *
 * @param variables by the parameter's name
 * @param shared names that would become the same variable, by that variable; empty for none
 */
record ParameterNames(Map<String, String> variables, Map<String, List<String>> shared) {
  private static final Pattern NO_LETTER = Pattern.compile("[^A-Z0-9_]");

  static ParameterNames of(Collection<String> parameters) {
    Map<String, List<String>> groups = new TreeMap<>();
    for (String name : parameters) {
      groups.computeIfAbsent(plain(name), variable -> new ArrayList<>(1)).add(name);
    }
    Map<String, String> variables = new HashMap<>();
    Map<String, List<String>> shared = new TreeMap<>();
    Set<String> taken = new HashSet<>(groups.keySet());
    groups.forEach(
        (variable, names) -> {
          if (names.size() > 1) {
            names.sort(Comparator.comparing(ParameterNames::isChanged).thenComparing(name -> name));
            shared.put(variable, List.copyOf(names));
          }
          variables.put(names.get(0), variable);
          int number = 2;
          for (String name : names.subList(1, names.size())) {
            while (!taken.add(variable + "_" + number)) {
              number++;
            }
            variables.put(name, variable + "_" + number);
          }
        });
    return new ParameterNames(variables, shared);
  }

  /** The variable that holds the parameter {@code name}. */
  String variable(String name) {
    return variables.get(name);
  }

  /** A warning that names the parameters which share a variable, with the variable of each. */
  String warning() {
    return shared.entrySet().stream()
        .map(each -> warning(each.getKey(), each.getValue()))
        .collect(Collectors.joining("; "));
  }

  private String warning(String variable, List<String> names) {
    return "the parameters "
        + names.stream().map(Quoted::quote).collect(Collectors.joining(", "))
        + " would all be the variable "
        + variable
        + "; they are, in this order, "
        + names.stream().map(this::variable).collect(Collectors.joining(", "))
        + ". Standard input has them under their own names";
  }

  private static String plain(String name) {
    return "PARAMETER_" + NO_LETTER.matcher(name.toUpperCase(Locale.ROOT)).replaceAll("_");
  }

  private static boolean isChanged(String name) {
    return !plain(name).equals("PARAMETER_" + name.toUpperCase(Locale.ROOT));
  }
}
