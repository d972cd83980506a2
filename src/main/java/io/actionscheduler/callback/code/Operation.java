package io.actionscheduler.callback.code;

import io.actionscheduler.callback.CallbackException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@code number_crunching} can compute. Its numbers are limited so that a complete, exact
 * result fits into the stored output. {@link Arithmetic} computes it.
 */
enum Operation {
  /** The {@code n}th Fibonacci number: 0, 1, 1, 2, 3 … from {@code n} = 0 on. */
  FIBONACCI("n", 300_000),
  /** The prime numbers up to and with {@code limit}. */
  PRIME_NUMBERS("limit", 10_000_000),
  /** The product of the numbers from 1 to {@code n}. */
  FACTORIAL("n", 17_000);

  private final String parameter;
  private final int most;

  Operation(String parameter, int most) {
    this.parameter = parameter;
    this.most = most;
  }

  static Optional<Operation> find(String name) {
    return Arrays.stream(values())
        .filter(operation -> operation.toString().equals(name))
        .findFirst();
  }

  /**
   * The one that {@code parameters} ask for.
   *
   * @throws CallbackException when they ask for none, or for one that is unknown
   */
  static Operation of(Parameters parameters) throws CallbackException {
    String written = parameters.text("operation");
    return find(written).orElseThrow(() -> parameters.invalid("operation", written, known()));
  }

  /** The parameter that holds its number. */
  String parameter() {
    return parameter;
  }

  /**
   * The number of {@code parameters} that it is computed for.
   *
   * @throws CallbackException when the number is missing or out of range
   */
  int number(Parameters parameters) throws CallbackException {
    return parameters.number(parameter, 0, most);
  }

  private static String known() {
    return Arrays.stream(values()).map(Operation::toString).collect(Collectors.joining(", "));
  }

  /** Its name in parameters: {@code prime_numbers}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
