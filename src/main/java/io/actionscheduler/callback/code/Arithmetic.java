package io.actionscheduler.callback.code;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The program that computes what {@code number_crunching} asks for, in a process of its own. Its
 * class file alone is put into the folder of a job, so it uses nothing but the JDK, and no lambdas
 * or nested classes, which would be further class files.
 */
final class Arithmetic {
  /** This many prime numbers always fit; of more, the first and the last ones are shown. */
  private static final int MOST_SHOWN = 6_000;

  private static final int SHOWN_OF_MORE = 100;

  private Arithmetic() {}

  /**
   * Prints a result.
   *
   * @param arguments the name of an {@link Operation}, and the number that it is computed for
   */
  public static void main(String[] arguments) {
    String result = result(arguments[0], Integer.parseInt(arguments[1])) + "\n";
    System.out.writeBytes(result.getBytes(StandardCharsets.UTF_8)); // whatever the locale is
    System.out.flush();
  }

  /** The result as a text, with what it is the result of. */
  static String result(String operation, int number) {
    String asked = operation + "(" + number + ")";
    return switch (operation) {
      case "fibonacci" -> asked + " = " + fibonacci(number);
      case "factorial" -> asked + " = " + product(1, number);
      case "prime_numbers" -> asked + ": " + counted(primes(number));
      default -> throw new IllegalArgumentException("no operation is named " + operation);
    };
  }

  /** By doubling: F(2k) and F(2k+1) from F(k) and F(k+1). */
  private static BigInteger fibonacci(int n) {
    BigInteger a = BigInteger.ZERO;
    BigInteger b = BigInteger.ONE;
    for (int bit = 31 - Integer.numberOfLeadingZeros(n | 1); bit >= 0; bit--) {
      BigInteger twice = a.multiply(b.shiftLeft(1).subtract(a));
      BigInteger squares = a.multiply(a).add(b.multiply(b));
      boolean odd = (n >> bit & 1) == 1;
      a = odd ? squares : twice;
      b = odd ? twice.add(squares) : squares;
    }
    return a;
  }

  /** The product of {@code from} to {@code to}, halved so that factors are of like size. */
  private static BigInteger product(int from, int to) {
    if (from > to) {
      return BigInteger.ONE;
    }
    if (from == to) {
      return BigInteger.valueOf(from);
    }
    int middle = (from + to) >>> 1;
    return product(from, middle).multiply(product(middle + 1, to));
  }

  private static List<Integer> primes(int limit) {
    BitSet composite = new BitSet(limit + 1);
    List<Integer> primes = new ArrayList<>();
    for (int n = 2; n <= limit; n++) {
      if (!composite.get(n)) {
        primes.add(n);
        for (long multiple = (long) n * n; multiple <= limit; multiple += n) {
          composite.set((int) multiple);
        }
      }
    }
    return primes;
  }

  private static String counted(List<Integer> primes) {
    String counted = primes.size() + " prime numbers";
    return primes.isEmpty() ? counted : counted + "\n" + shown(primes);
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
    String brackets = numbers.toString();
    return brackets.substring(1, brackets.length() - 1);
  }
}
