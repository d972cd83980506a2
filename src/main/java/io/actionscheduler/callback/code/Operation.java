package io.actionscheduler.callback.code;

import io.actionscheduler.callback.CallbackException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@code number_crunching} computes. Its numbers are limited so that a complete, exact result
 * fits into the stored output.
 */
enum Operation {
  /** The {@code n}th Fibonacci number: 0, 1, 1, 2, 3 … from {@code n} = 0 on. */
  FIBONACCI("n", 0, 300_000) {
    @Override
    String result(int n, Deadline deadline) throws CallbackException {
      return of(n) + " = " + fibonacci(n, deadline);
    }
  },
  /** The prime numbers up to and with {@code limit}. */
  PRIME_NUMBERS("limit", 0, 10_000_000) {
    @Override
    String result(int limit, Deadline deadline) throws CallbackException {
      List<Integer> primes = primes(limit, deadline);
      String counted = of(limit) + ": " + primes.size() + " prime numbers";
      return primes.isEmpty() ? counted : counted + "\n" + shown(primes);
    }
  },
  /** The product of the numbers from 1 to {@code n}. */
  FACTORIAL("n", 0, 17_000) {
    @Override
    String result(int n, Deadline deadline) throws CallbackException {
      return of(n) + " = " + product(1, n, deadline);
    }
  };

  /** This many prime numbers always fit; of more, the first and the last ones are shown. */
  private static final int MOST_SHOWN = 6_000;

  private static final int SHOWN_OF_MORE = 100;

  private final String parameter;
  private final int least;
  private final int most;

  Operation(String parameter, int least, int most) {
    this.parameter = parameter;
    this.least = least;
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
    return parameters.number(parameter, least, most);
  }

  private static String known() {
    return Arrays.stream(values()).map(Operation::toString).collect(Collectors.joining(", "));
  }

  /**
   * The result as a text.
   *
   * @throws CallbackException when the number is missing or out of range, or the time is over
   */
  String result(Parameters parameters, Deadline deadline) throws CallbackException {
    return result(number(parameters), deadline);
  }

  abstract String result(int number, Deadline deadline) throws CallbackException;

  String of(int number) {
    return this + "(" + number + ")";
  }

  /** By doubling: F(2k) and F(2k+1) from F(k) and F(k+1). */
  private static BigInteger fibonacci(int n, Deadline deadline) throws CallbackException {
    BigInteger a = BigInteger.ZERO;
    BigInteger b = BigInteger.ONE;
    for (int bit = 31 - Integer.numberOfLeadingZeros(n | 1); bit >= 0; bit--) {
      deadline.check();
      BigInteger twice = a.multiply(b.shiftLeft(1).subtract(a));
      BigInteger squares = a.multiply(a).add(b.multiply(b));
      boolean odd = (n >> bit & 1) == 1;
      a = odd ? squares : twice;
      b = odd ? twice.add(squares) : squares;
    }
    return a;
  }

  /** The product of {@code from} to {@code to}, halved so that factors are of like size. */
  private static BigInteger product(int from, int to, Deadline deadline) throws CallbackException {
    if (from > to) {
      return BigInteger.ONE;
    }
    if (from == to) {
      deadline.check();
      return BigInteger.valueOf(from);
    }
    int middle = (from + to) >>> 1;
    return product(from, middle, deadline).multiply(product(middle + 1, to, deadline));
  }

  private static List<Integer> primes(int limit, Deadline deadline) throws CallbackException {
    BitSet composite = new BitSet(limit + 1);
    List<Integer> primes = new ArrayList<>();
    for (int n = 2; n <= limit; n++) {
      if (!composite.get(n)) {
        deadline.check();
        primes.add(n);
        for (long multiple = (long) n * n; multiple <= limit; multiple += n) {
          composite.set((int) multiple);
        }
      }
    }
    return primes;
  }

  private static String shown(List<Integer> primes) {
    int size = primes.size();
    return size <= MOST_SHOWN
        ? listed(primes)
        : listed(primes.subList(0, SHOWN_OF_MORE))
            + "\n… "
            + (size - 2 * SHOWN_OF_MORE)
            + " more …\n"
            + listed(primes.subList(size - SHOWN_OF_MORE, size));
  }

  private static String listed(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** Its name in parameters: {@code prime_numbers}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
