package io.actionscheduler.callback.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.common.KeptOutput;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberCrunchingTest {
  private static final CodeLimits LIMITS =
      new CodeLimits(Duration.ofMinutes(1), Duration.ofHours(1), 1, 1, 1, 1);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "fibonacci; n; 0; fibonacci(0) = 0",
        "fibonacci; n; 1; fibonacci(1) = 1",
        "fibonacci; n; 2; fibonacci(2) = 1",
        "fibonacci; n; 10; fibonacci(10) = 55",
        "fibonacci; n; 100; fibonacci(100) = 354224848179261915075",
        "factorial; n; 0; factorial(0) = 1",
        "factorial; n; 1; factorial(1) = 1",
        "factorial; n; 25; factorial(25) = 15511210043330985984000000",
        "prime_numbers; limit; 1; prime_numbers(1): 0 prime numbers",
        "prime_numbers; limit; 13; prime_numbers(13): 6 prime numbers|2, 3, 5, 7, 11, 13",
      })
  void resultsAreExact(String operation, String name, long number, String result) throws Exception {
    assertThat(output(operation, name, number)).isEqualTo(result.replace('|', '\n') + "\n");
  }

  @Test
  void theLargestResultsAreWholeAndFitIntoTheOutputThatIsKept() throws Exception {
    BigInteger a = BigInteger.ZERO;
    BigInteger b = BigInteger.ONE;
    for (int i = 0; i < 300_000; i++) {
      BigInteger next = a.add(b);
      a = b;
      b = next;
    }
    assertThat(kept(output("fibonacci", "n", 300_000)))
        .isEqualTo("fibonacci(300000) = " + a + "\n");

    BigInteger product = BigInteger.ONE;
    for (int i = 2; i <= 17_000; i++) {
      product = product.multiply(BigInteger.valueOf(i));
    }
    assertThat(kept(output("factorial", "n", 17_000)))
        .isEqualTo("factorial(17000) = " + product + "\n");
  }

  @Test
  void allPrimeNumbersAreShownWhereTheyFitAndTheEndsOfThemWhereNot() throws Exception {
    String some = kept(output("prime_numbers", "limit", 10_000));
    assertThat(some).startsWith("prime_numbers(10000): 1229 prime numbers\n2, 3, 5, 7, 11, ");
    assertThat(some.lines().skip(1).findFirst().orElseThrow().split(", ")).hasSize(1229);

    assertThat(kept(output("prime_numbers", "limit", 10_000_000)))
        .startsWith("prime_numbers(10000000): 664579 prime numbers\n2, 3, 5, ")
        .contains("\n… 664379 more …\n")
        .endsWith(", 9999971, 9999973, 9999991\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "fibonacci; n; -1; parameters: \"n\": -1 is not allowed; allowed: a whole number from 0 to"
            + " 300000",
        "fibonacci; n; 300001; parameters: \"n\": 300001 is not allowed",
        "fibonacci; limit; 5; parameters: \"n\" is required, and not set; allowed: a whole number",
        "factorial; n; 17001; parameters: \"n\": 17001 is not allowed",
        "prime_numbers; limit; 10000001; parameters: \"limit\": 10000001 is not allowed",
        "sleep; n; 1; parameters: \"operation\": \"sleep\" is not allowed; allowed: fibonacci,"
            + " prime_numbers, factorial",
      })
  void whatIsOutOfBoundsFailsForGood(String operation, String name, long number, String message)
      throws Exception {
    CallbackException why = failure(Map.of("operation", operation, name, number));
    assertThat(why.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(why).hasMessageStartingWith(message);
  }

  @Test
  void numbersAreNeitherTextNorFractions() throws Exception {
    for (Object wrong : List.of("7", 7.5, List.of(7L), true)) {
      assertThat(failure(Map.of("operation", "fibonacci", "n", wrong)).kind())
          .isEqualTo(Kind.PERMANENT);
    }
  }

  @Test
  void aComputationEndsWhenItsTimeIsOver() {
    AtomicLong clock = new AtomicLong();
    // Each look at the clock takes a millisecond.
    Deadline deadline =
        new Deadline(Duration.ofMillis(100), () -> clock.addAndGet(1_000_000), () -> false);
    Parameters parameters = new Parameters(Map.of("limit", 10_000L));
    assertThatThrownBy(() -> Operation.PRIME_NUMBERS.result(parameters, deadline))
        .isInstanceOf(CallbackException.class)
        .hasMessage("ended after its time limit of 0.1 s");
  }

  /** What the history keeps of a text. */
  private static String kept(String text) {
    KeptOutput output = KeptOutput.ofBothEnds();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    output.add(bytes, 0, bytes.length);
    return output.text();
  }

  private static String output(String operation, String name, long number) throws Exception {
    Reported reported = run(Map.of("operation", operation, name, number));
    assertThat(reported.failed()).isEmpty();
    return reported.output(0);
  }

  private static CallbackException failure(Map<String, Object> parameters) throws Exception {
    return run(parameters).failed().get(0);
  }

  private static Reported run(Map<String, Object> parameters) throws Exception {
    return Reported.on(
        new NumberCrunching("number_crunching", LIMITS, 1),
        List.of(Deliveries.of("Job", "", parameters)));
  }
}
