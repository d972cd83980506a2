package io.actionscheduler.callback.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.ScriptedSmtp;
import io.actionscheduler.testing.TestCertificate;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a mail server is waited for, and what a hang-up means for the mails behind. */
class EmailPatienceTest {
  @TempDir private static Path folder;
  private static TestCertificate certificate;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = TestCertificate.in(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EHLO", "MAIL FROM", "RCPT TO", "DATA"})
  void aServerThatHangsIsGivenUpInTime(String command) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (ScriptedSmtp smtp =
        new ScriptedSmtp(line -> line.startsWith(command) ? later(end, 10_000) : "")) {
      CallbackException why = deliver(smtp.port(), Map.of("timeout", "200ms"), 1).failed().get(0);
      assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
      end.countDown();
    }
  }

  @ParameterizedTest
  @CsvSource({"none, 500, 2600", "starttls, 1000, 1300", "tls, 1000, 1300"})
  void aServerMayTakeItsTimeToLookAtAWholeMail(String security, long timeout, long takes)
      throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    UnaryOperator<String> looks = line -> line.equals(".") ? later(never, takes) : "";
    Map<String, String> settings =
        Map.of(
            "security",
            security,
            "timeout",
            timeout + "ms",
            "tls_ca",
            certificate.certificate().toString());
    try (ScriptedSmtp smtp =
        security.equals("none")
            ? new ScriptedSmtp(looks)
            : ScriptedSmtp.secured(certificate.server(), security.equals("tls"), looks)) {
      assertThat(deliver(smtp.port(), settings, 1).failed()).isEmpty();
      assertThat(smtp.mails()).hasSize(1);
    }
  }

  @Test
  void anInterruptEndsTheWaitAndWhatIsBehindWasNotSent() throws Exception {
    Thread delivering = Thread.currentThread();
    CountDownLatch end = new CountDownLatch(1);
    UnaryOperator<String> looks =
        line -> {
          if (!line.equals(".")) {
            return "";
          }
          delivering.interrupt();
          return later(end, 10_000);
        };
    try (ScriptedSmtp smtp = new ScriptedSmtp(looks)) {
      Reported reported = deliver(smtp.port(), Map.of(), 5);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(end.getCount()).isEqualTo(1);
      end.countDown();
      assertThat(reported.failed()).hasSize(5).allSatisfy(this::isUnavailable);
      assertThat(reported.failed().get(0).outcomeUnknown()).isTrue();
      assertThat(reported.failed().get(1).outcomeUnknown()).isFalse();
      assertThat(reported.failed().get(4).outcomeUnknown()).isFalse();
      assertThat(smtp.connections()).isEqualTo(1);
    }
  }

  @Test
  void anInterruptBetweenTwoMailsSendsNoOther() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(line -> "")) {
      Reported reported =
          new Reported() {
            @Override
            public void delivered(int index) {
              super.delivered(index);
              Thread.currentThread().interrupt();
            }
          };
      try (BatchCallback callback = callback(smtp.port(), Map.of())) {
        callback.deliver(Deliveries.many(5), reported);
      }
      assertThat(Thread.interrupted()).isTrue();
      assertThat(reported.delivered()).containsExactly(0);
      assertThat(reported.failed()).hasSize(4).allSatisfy(this::isUnavailable);
      assertThat(reported.failed().values()).noneMatch(CallbackException::outcomeUnknown);
      assertThat(smtp.mails()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"RCPT TO:<command1@, 1", "RCPT TO:<command3@, 1", "., 4"})
  void aHangUpBehindARefusalForGoodTakesNobodyElseDown(String command, int refusals)
      throws Exception {
    int[] left = {refusals};
    UnaryOperator<String> script =
        line -> line.startsWith(command) && left[0]-- > 0 ? "550 not that one, hang up" : "";
    try (ScriptedSmtp smtp = new ScriptedSmtp(script)) {
      Reported reported = deliver(smtp.port(), Map.of(), 4);
      assertThat(reported.failed()).hasSize(refusals);
      assertThat(reported.failed().values()).allMatch(why -> why.kind() == Kind.PERMANENT);
      assertThat(smtp.mails()).hasSize(4 - refusals);
    }
  }

  private void isUnavailable(int index, CallbackException why) {
    assertThat(why.kind()).as("fire %s: %s", index, why.getMessage()).isEqualTo(Kind.UNAVAILABLE);
  }

  /** The usual answer, but not before the end, or so many milliseconds. */
  private static String later(CountDownLatch end, long millis) {
    try {
      end.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "";
  }

  private static Reported deliver(int port, Map<String, String> settings, int fires)
      throws Exception {
    try (BatchCallback callback = callback(port, settings)) {
      return Reported.on(callback, Deliveries.many(fires));
    }
  }

  private static BatchCallback callback(int port, Map<String, String> settings) throws Exception {
    Map<String, String> all = new HashMap<>();
    all.put("host", "127.0.0.1");
    all.put("port", Integer.toString(port));
    all.put("security", "none");
    all.put("from", "Scheduler <scheduler@example.com>");
    all.put("recipient", "{command}@example.com");
    all.putAll(settings);
    return new EmailFactory("email")
        .create(new CallbackSettings("mail", "email", "callbacks.mail", all));
  }
}
